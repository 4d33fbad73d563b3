package main

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"meent/jobs"
	"meent/members"
)

// workNow lets the first member have work that has just begun.
func (h *testHouse) workNow(t *testing.T) (e jobs.EngagementID) {
	t.Helper()
	client, member := h.someone(t, members.RoleClient), h.actor(t, members.RoleMember)
	h.post(t, client, "Helpen met dozen")
	const now = `
		WITH moved AS (
			UPDATE jobs.shift SET starts_at = $1::timestamptz - interval '5 minutes', ends_at = $1::timestamptz + interval '2 hours', break_minutes = 15 WHERE id = (
				SELECT s.id FROM jobs.shift s JOIN jobs.gig g ON g.id = s.gig_id ORDER BY g.posted_at DESC, s.starts_at LIMIT 1)
			RETURNING id, cooperative_id, starts_at, ends_at)
		INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at)
		SELECT gen_random_uuid(), cooperative_id, id, $2, starts_at, ends_at, 'confirmed', starts_at FROM moved RETURNING id`
	if err := h.db.QueryRow(t.Context(), now, h.now(), member.Member).Scan(&e); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestClockOnAPhone presses "I am here" and "I am done" without internet, on the
// page that was open and on the one that comes from the phone: both are kept, and
// sent once when there is a network.
func TestClockOnAPhone(t *testing.T) {
	house := newTestHouse(t)
	house.stopTasks(t)
	work := house.workNow(t)
	page := "/engagements/" + work.String()
	p := &contactPhone{visitor: &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house, axe: readAxe(t)}}
	var stop context.CancelFunc
	p.ctx, stop = context.WithTimeout(p.ctx, 90*time.Second)
	t.Cleanup(stop)
	p.run(chromedp.EmulateViewport(390, 844))
	p.signIn(house.someone(t, members.RoleMember), "code")
	net := house.between(t) // cookies know no ports
	p.run(chromedp.Navigate(house.config.URL+"/home"), chromedp.Poll(`navigator.serviceWorker.controller?.state === "activated"`, nil, chromedp.WithPollingTimeout(20*time.Second)))
	p.picture("the clock on the first page, 390 px")
	p.noFindings("the clock on the first page")

	net.cut(true)
	p.tap(`form[action="` + page + `/clock"] button[value=in]`)
	p.waits("Bewaard op deze telefoon. We versturen het zodra er internet is.")
	if state, _ := p.clock(work); state != jobs.Confirmed {
		t.Errorf("without a network the work is %q", state)
	}
	net.cut(false)
	p.run(chromedp.Evaluate(`dispatchEvent(new Event("online")); dispatchEvent(new Event("online"))`, nil))
	p.waits("Verstuurd.")
	if state, presses := p.clock(work); state != jobs.Started || presses != 1 {
		t.Errorf("the work is %q after %d presses", state, presses)
	}

	house.skip(time.Hour)
	net.cut(true)
	p.run(chromedp.Navigate(house.config.URL+page), chromedp.WaitVisible(`[data-anybody=work]`))
	if got := p.text("h1"); got != "Geen internet" {
		t.Errorf("without a network the page is %q", got)
	}
	p.picture("the clock without internet, 390 px")
	p.noFindings("the clock without internet")
	p.run(chromedp.SetValue(`[data-anybody=work] [name=break]`, "10", chromedp.ByQuery))
	p.tap(`[data-anybody=work] button[value=out]`)
	p.waits("Bewaard op deze telefoon.")
	net.cut(false)
	p.run(chromedp.Navigate(house.config.URL + page))
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		if state, _ := p.clock(work); state == jobs.Finished {
			break
		}
	}
	if state, presses := p.clock(work); state != jobs.Finished || presses != 2 {
		t.Errorf("the work is %q after %d presses; the phone has %s", state, presses, p.stored())
	}
}

// clock is where the work is, and how often somebody pressed.
func (p *contactPhone) clock(e jobs.EngagementID) (state jobs.EngagementState, presses int) {
	p.t.Helper()
	const query = `SELECT state, num_nonnulls(check_in_id, check_out_id) FROM jobs.engagement WHERE id = $1`
	if err := p.house.db.QueryRow(p.t.Context(), query, e).Scan(&state, &presses); err != nil {
		p.t.Fatal(err)
	}
	return state, presses
}
