package main

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"meent/members"
)

// waitingPage is a page with so many of what stands there only while money waits.
type waitingPage struct {
	path, what string
	times      int
}

// lookAtMoneyThatWaits looks at pages of money as each of the three reads them while
// it waits; the member's first while payouts are stopped.
func lookAtMoneyThatWaits(t *testing.T, house *testHouse, browser context.Context, axe string) {
	w := house.moneyWaits(t)
	as := func(t *testing.T, kind members.RoleKind) *visitor {
		v := &visitor{t: t, ctx: newTab(t, browser), house: house, axe: axe}
		v.comeBack(house.someone(t, kind))
		return v
	}
	t.Run("as client", func(t *testing.T) { as(t, members.RoleClient).lookAtWaiting(w.ofClient()...) })
	t.Run("as coordinator", func(t *testing.T) {
		office := as(t, members.RoleCoordinator)
		office.lookAtWaiting(w.ofOffice()...)
		office.wrongAt("/advances", `form[action$="/refuse"] button`)
		office.wrongAt("/money/disputes", `button[value="hand"]`)
	})
	t.Run("as member", func(t *testing.T) {
		member := as(t, members.RoleMember)
		member.lookAtWaiting(waitingPage{"/pay/" + w.offered, `#pay-of > .card:nth-of-type(2) p`, 1}, // only why not
			waitingPage{"/pay/" + w.stopped, `#pay-now .lead`, 1}, waitingPage{"/pay/" + w.stopped, `#pay-now strong`, 0}) // no day is promised
		house.goOn(t)
		member.lookAtWaiting(w.ofMember()...)
		member.wrongAt("/pay/"+w.offered, `form[action$="/advance"] button`)
	})
}

func (w waitingMoney) ofClient() []waitingPage {
	return []waitingPage{
		{"/home", `a[href="/gigs/` + w.gig + `#deposit"]`, 1},
		{"/gigs/" + w.gig, `form[action$="/deposit"], #gig-deposit li`, 5},
		{"/bills/" + w.bill, `form[action$="/pay"]`, 1},
	}
}

func (w waitingMoney) ofOffice() []waitingPage {
	return []waitingPage{
		{"/home", `a[href="/money/stops"], a[href="/payouts#held"]`, 2},
		{"/money", `a[href="/money/stops"].button, .figures a[href="/advances"], .figures a[href="/money/limits"], .figures a[href="/payouts"], #silent li`, 7},
		{"/money/differences", `form[action$="/take"]`, 2},
		{"/advances", `form[action$="/approve"], form[action$="/cover"]`, 4},
		{"/advances", `li.card.waits .status`, 1}, // one's own wish
		{"/money/stops", `li.card.waits`, 3},
		{"/money/stops", `form[action$="/resume"]`, 2},
		{"/money/manual", `form[action^="/money/manual/"]`, 3},
		{"/money/limits", `form[action^="/money/limits/"]`, 2},
		{"/payouts", `form[action$="/release"]`, 3},
		{"/money/disputes", `form[action^="/money/returns/"]`, 6},
		{"/gigs/" + w.gig, `#gig-deposit li`, 4},
	}
}

func (w waitingMoney) ofMember() []waitingPage {
	return []waitingPage{
		{"/pay/" + w.offered, `form[action$="/advance"]`, 2}, // of both bills
		{"/pay/" + w.asked, `form[action$="/advance/back"]`, 1},
		{"/pay/" + w.refused, `#pay-of .card`, 2},
		{"/pay/" + w.out, `#pay-of .card`, 2},
		{"/pay/" + w.partly, `#pay-of .card`, 2},
		{"/pay/" + w.held, `#pay-of .card`, 1},
		{"/pay", `a[href="/pay/` + w.held + `"]`, 1},
	}
}

// lookAtWaiting looks at each page as it is, and with all opened that a press opens.
func (v *visitor) lookAtWaiting(pages ...waitingPage) {
	v.t.Helper()
	for _, p := range pages {
		at, found := v.lookAt(p.path), 0
		at.run(chromedp.Evaluate(fmt.Sprintf(`document.querySelectorAll(%q).length`, "main :is("+p.what+")"), &found))
		if found != p.times {
			v.t.Errorf("%s shows %d of %s, want %d:\n%s", p.path, found, p.what, p.times, at.text("main"))
		}
		if at.openAll() {
			at.lookAround(p.path+" all open", narrow())
		}
	}
}

// openAll reports whether anything was closed.
func (v *visitor) openAll() (any bool) {
	v.t.Helper()
	v.run(chromedp.Evaluate(`[...document.querySelectorAll("main details:not([open])")].map(d => d.open = true).length > 0`, &any))
	return any
}

// wrongAt sends a form of a page as it stands there, empty.
func (v *visitor) wrongAt(path, button string) {
	v.t.Helper()
	v.run(chromedp.EmulateViewport(390, 900), chromedp.Navigate(v.house.config.URL+path))
	v.openAll()
	v.refusedAt(path, "main "+button)
}
