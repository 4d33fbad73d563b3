package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"meent/members"
)

// TestMemberFindsWorkAndAsks plays it in a browser: a member without script
// searches and asks, the client says yes, and the seat is the member's. Then
// searching no longer finds the day. At last the member looks around with script,
// is told by mail of what was not there yet, asks for it, and gets it too.
func TestMemberFindsWorkAndAsks(t *testing.T) {
	house := newTestHouse(t)
	first, _ := house.postQuiet(t)
	house.indexed(t, first) // behind what the demo began with
	gig, _ := house.postQuiet(t)
	// Only told: half a second is held by TestFoundWithinHalfASecond, without the rest of the house.
	t.Logf("a gig is in the index %v after it was posted", house.indexed(t, gig))
	v := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}
	v.run(emulation.SetScriptExecutionDisabled(true))
	v.signIn(house.someone(t, members.RoleMember), "code")
	page := v.first("/gigs?q=zeldzame+plant", "/gigs/"+gig.String())
	v.run(chromedp.Navigate(house.config.URL + page))
	ask, offer := v.askHere()
	v.signOut()

	v.run(emulation.SetScriptExecutionDisabled(false))
	v.signIn(house.someone(t, members.RoleClient), "code")
	v.saysYesTo(ask)
	v.signOut()

	v.signIn(house.someone(t, members.RoleMember), "code")
	v.hasIt(offer)
	v.looksAround()
	ask, offer = v.isToldAndAsks()
	v.comeBack(house.someone(t, members.RoleClient))
	v.saysYesTo(ask)
	v.comeBack(house.someone(t, members.RoleMember))
	v.hasIt(offer)
}

// saysYesTo is the client's, who then reads who comes.
func (v *visitor) saysYesTo(ask string) {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + v.first("/home", "/asks/"+ask)))
	v.tabTo(`form[action$="/yes"] button`)
	v.press("\r", "/asks/"+ask)
	if text := v.text("main"); !strings.Contains(text, "Dit lid komt werken.") || !strings.Contains(text, v.house.someone(v.t, members.RoleMember).Name) {
		v.t.Errorf("after the yes the client reads:\n%s", text)
	}
}

// hasIt is what the member reads where the ask stands.
func (v *visitor) hasIt(offer string) {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + offer))
	if text := v.text("main"); !strings.Contains(text, "Dit werk is van jou.") {
		v.t.Errorf("the member reads:\n%s", text)
	}
}

// askHere asks for the first time on the page of a gig, and gives the id of
// what was asked and where it stands.
func (v *visitor) askHere() (ask, offer string) {
	v.t.Helper()
	v.tabTo(`form[action$="/ask"] button`)
	answer, err := chromedp.RunResponse(v.ctx, chromedp.KeyEvent("\r"))
	offer = v.path()
	ask, ok := strings.CutPrefix(offer, "/offers/")
	if err != nil || answer.Status != http.StatusOK || !ok {
		v.t.Fatalf("asking led to %s, %v", offer, err)
	}
	if text := v.text("main"); !strings.Contains(text, "gevraagd") {
		v.t.Errorf("after asking the page says:\n%s", text)
	}
	return ask, offer
}
