package main

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/animation"
	"github.com/chromedp/chromedp"

	"meent/members"
)

// TestTapWhileAPageComes: a link works from the moment that it is seen. A page that
// fades in would take the tap for itself until it is there, however slowly a browser
// fades.
func TestTapWhileAPageComes(t *testing.T) {
	house := newTestHouse(t)
	p := &contactPhone{visitor: &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}}
	var stop context.CancelFunc
	p.ctx, stop = context.WithTimeout(p.ctx, 60*time.Second)
	t.Cleanup(stop)
	p.run(chromedp.EmulateViewport(390, 844))
	p.signIn(house.someone(t, members.RoleCoach), "code")
	p.run(chromedp.Navigate(house.config.URL+"/home"), animation.Enable(), animation.SetPlaybackRate(0.01)) // a fade of fifteen seconds
	p.tap(`.nav a[href="/caseload"]`)
	p.run(chromedp.WaitVisible(`a[href^="/caseload/"]`, chromedp.ByQuery), chromedp.Sleep(time.Second))
	p.tap(`main a[href^="/caseload/"]`)
	for late := time.Now().Add(4 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		if p.path() != "/caseload" {
			return
		}
	}
	t.Errorf("a tap did nothing: still at %s", p.path())
}
