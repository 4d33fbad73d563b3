package main

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"meent/internal/mail"
)

// looksAround types with a fault, chooses, looks at the map, and reads why other
// work is not for them now.
func (v *visitor) looksAround() {
	v.t.Helper()
	const there = `//*[@id="found"]//h2[contains(., "Zeldzame planten")]`
	v.run(chromedp.Navigate(v.house.config.URL+"/gigs"), chromedp.WaitReady(`form[data-find]`),
		chromedp.SendKeys(`#q`, "zeldsame plantn"), chromedp.WaitVisible(there),
		chromedp.EmulateViewport(390, 844), key(`.filters > summary`, kb.Enter), key(`#facet-load summary`, kb.Enter), key(`#load-light`, " "),
		chromedp.WaitVisible(`//nav[@class="chips"]//a[contains(., "Licht werk")]`), chromedp.WaitVisible(`//*[@id="show-found"][starts-with(., "Toon 2")]`))
	v.picture("filters open")
	v.run(chromedp.Evaluate(`document.getElementById("found").dataset.before = "yes"`, nil), key(`.panel .show button`, kb.Enter),
		chromedp.WaitReady(`details.filters:not([open])`, chromedp.ByQuery), chromedp.WaitReady(`#found:not([data-before])`, chromedp.ByQuery), chromedp.WaitVisible(there),
		chromedp.EmulateViewport(1280, 900))
	v.presses(`#found .switches a[href*="view=map"]`)
	v.run(chromedp.WaitVisible(`svg.map a`))
	v.presses(`table.places a`)
	const reason = `//*[@id="found"]//details[contains(., "Hiervoor moet je iets kunnen wat niet in je profiel staat.")]`
	v.run(chromedp.WaitVisible(there), chromedp.Navigate(v.house.config.URL+"/gigs?can=0"), chromedp.Click(reason+`/summary`), chromedp.WaitVisible(reason+`//li`))
}

// key presses a key where something is, once it can have the focus. A click goes to where
// it was, and pages move while they are looked at.
func key(selector, key string) chromedp.Action {
	const ready = `document.querySelector(%q)?.checkVisibility() === true`
	return chromedp.Tasks{chromedp.Poll(fmt.Sprintf(ready, selector), nil), chromedp.Focus(selector, chromedp.ByQuery), chromedp.KeyEvent(key)}
}

// isToldAndAsks saves a search that finds nothing, gets the mail of the day when
// there is something, opens it, and asks for it.
func (v *visitor) isToldAndAsks() (ask, offer string) {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + "/gigs?q=kabouters"))
	if text := v.text(`#found form[action="/searches"] button`); text != "Vertel het me als er iets is" {
		v.t.Fatalf("an empty list offers %q", text)
	}
	v.presses(`#found form[action="/searches"] button`)
	if text := v.text("main"); v.path() != "/searches" || !strings.Contains(text, "kabouters") {
		v.t.Fatalf("saving led to %s:\n%s", v.path(), text)
	}
	gig, _ := v.house.postQuietly(v.t, "Kabouters schilderen")
	v.house.indexed(v.t, gig)
	v.house.skip(9*time.Hour + 30*time.Minute) // each is told at a time of their own until half past six
	news := v.house.waitForNews(v)
	link := regexp.MustCompile(`/gigs/[0-9a-f-]{36}`).FindString(news.Text)
	if link != "/gigs/"+gig.String() || !strings.Contains(news.Text, "Kabouters schilderen") {
		v.t.Fatalf("the mail of the day:\n%s", news.Text)
	}
	v.run(chromedp.Navigate(v.house.config.URL + link))
	return v.askHere()
}

// waitForNews waits for the mail about new work.
func (h *testHouse) waitForNews(v *visitor) mail.Stored {
	v.t.Helper()
	for late := time.Now().Add(30 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		list, err := h.mailbox.List(v.t.Context(), mail.MailboxSize)
		if err != nil {
			v.t.Fatal(err)
		}
		for _, one := range list {
			if one.Subject == "Er is nieuw werk" {
				return one
			}
		}
	}
	v.t.Fatal("no news came within 30 s")
	return mail.Stored{}
}
