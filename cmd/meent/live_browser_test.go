package main

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// TestPageChangesByItself lets a client's page show a gig that is posted while
// somebody looks at it, and nobody touches the page.
func TestPageChangesByItself(t *testing.T) {
	house := newTestHouse(t)
	v := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}
	client := house.someone(t, members.RoleClient)
	v.signIn(client, "code")
	v.run(chromedp.WaitReady(`[data-following]`), chromedp.Evaluate(`window.untouched = true`, nil))
	house.post(t, client, "Nieuwe klus van vandaag")
	v.run(chromedp.WaitVisible(`//*[@id="open-gigs"]//a[text()="Nieuwe klus van vandaag"]`))
	var untouched bool
	v.run(chromedp.Evaluate(`window.untouched === true`, &untouched))
	if !untouched {
		t.Error("the page was loaded anew")
	}
	if said := v.text("#announce"); said != "De lijst met klussen is bijgewerkt." {
		t.Errorf("a screen reader hears %q", said)
	}
}

// post posts a gig of tomorrow as this client's contact.
func (h *testHouse) post(t *testing.T, client members.PersonRole, title string) {
	t.Helper()
	queue := tasks.New(h.db, tasks.Config{Now: h.now})
	people := members.New(h.db, queue, h.now, nil)
	by, err := people.Actor(t.Context(), client.Person, client.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	starts := h.now().Add(24 * time.Hour)
	_, err = jobs.New(h.db, queue, people, payments.New(h.db, nil, people, nil, h.now, nil), h.now, nil).Post(t.Context(), by, jobs.NewGig{
		Client: by.Client, Title: title, Description: "Je helpt een ochtend mee.", Language: members.Dutch, PlaceCode: "nijmegen",
		Rate: 1600, Load: jobs.Light, Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(2 * time.Hour), Seats: 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
}
