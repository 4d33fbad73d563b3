package jobs_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// TestChangeRules is the whole table.
func TestChangeRules(t *testing.T) {
	want := map[jobs.State][]jobs.Freedom{ // texts, pictures, pay, asking, the day, the place
		jobs.Draft:     {jobs.Free, jobs.Free, jobs.Free, jobs.Free, jobs.Free, jobs.Free},
		jobs.Open:      {jobs.Told, jobs.Told, jobs.Up, jobs.Never, jobs.Told, jobs.Never},
		jobs.Paused:    {jobs.Told, jobs.Told, jobs.Up, jobs.Never, jobs.Told, jobs.Never},
		jobs.Done:      {jobs.Never, jobs.Never, jobs.Never, jobs.Never, jobs.Never, jobs.Never},
		jobs.Cancelled: {jobs.Never, jobs.Never, jobs.Never, jobs.Never, jobs.Never, jobs.Never},
	}
	for _, state := range jobs.States() {
		for i, part := range jobs.Parts() {
			if got := state.Change(part); got != want[state][i] {
				t.Errorf("%s of a gig that is %s may change %q, want %q", part, state, got, want[state][i])
			}
		}
	}
}

// opened is an open gig of the client at 16.50 an hour, in three days.
func (h *house) opened() jobs.GigID {
	h.t.Helper()
	gig := h.begin(h.client, h.client.Client)
	if err := errors.Join(h.ChangeWhat(h.ctx(), h.client, gig, h.what()), h.ChangeWhen(h.ctx(), h.client, gig, h.when(3)),
		h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: 1650}), h.Open(h.ctx(), h.client, gig)); err != nil {
		h.t.Fatal(err)
	}
	return gig
}

func (h *house) told(gig jobs.GigID) (tell bool) {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) (err error) {
		tell, err = h.ToldTx(h.ctx(), tx, jobs.GigTextChanged{ID: gig, Cooperative: h.client.Cooperative})
		return err
	})
	return tell
}

func TestOpenGigChanges(t *testing.T) {
	h := newHouse(t)
	gig := h.opened()
	if err := errors.Join(h.ChangeWhat(h.ctx(), h.client, gig, h.what()), h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: 1650})); err != nil || h.told(gig) {
		t.Errorf("nothing changed, and it is told: %v", err)
	}
	again := h.what()
	again.Title, again.Language = "Ramen zemen", members.English
	h.now = h.now.Add(time.Hour)
	if err := h.ChangeWhat(h.ctx(), h.coordinator, gig, again); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Hour)
	if err := h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: 1700}); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Hour)
	h.addPhoto(gig, "De ramen")
	g, err := h.Gig(h.ctx(), h.member, gig)
	if err != nil || g.Title != "Ramen zemen" || g.Language != members.Dutch || g.Rate != 1700 || len(g.Changes) != 3 || !g.Changes[0].Photos ||
		g.Changes[1].Rate != 1650 || g.Changes[1].Title != "" || g.Changes[2].Title != "Ramen lappen" || g.Changes[2].Description != "" {
		t.Errorf("a member sees %+v, %v", g, err)
	}
	if n := h.count(`SELECT count(*) FROM members.audit WHERE what = 'gig_changed'`); n != 3 {
		t.Errorf("%d deeds were written", n)
	}
	if n := h.count(`SELECT count(*) FROM tasks.task WHERE kind = 'jobs.gig_text_changed'`); n != 2 {
		t.Errorf("%d tasks tell of it, want one today and one tomorrow", n)
	}
}

// TestToldOnceADay: what changes after that is told the next day, and only then.
func TestToldOnceADay(t *testing.T) {
	h := newHouse(t)
	gig := h.opened()
	raise := func(rate int) {
		t.Helper()
		h.now = h.now.Add(time.Minute)
		if err := h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: payments.Cents(1650 + rate)}); err != nil {
			t.Fatal(err)
		}
	}
	raise(10)
	steps := []bool{h.told(gig), h.told(gig)}
	raise(20)
	steps = append(steps, h.told(gig))
	h.now = h.now.Add(24 * time.Hour)
	steps = append(steps, h.told(gig), h.told(gig))
	h.now = h.now.Add(24 * time.Hour)
	steps = append(steps, h.told(gig))
	if want := []bool{true, false, false, true, false, false}; !slices.Equal(steps, want) {
		t.Errorf("told: %v, want %v", steps, want)
	}
}

// TestOpenGigRefuses what members were asked for, and a lower rate; nothing of what
// was sent with it is written.
func TestOpenGigRefuses(t *testing.T) {
	h := newHouse(t)
	gig := h.opened()
	no := false
	for name, change := range map[string]func(*jobs.What){
		"load asked_already":    func(w *jobs.What) { w.Load = jobs.Heavy },
		"support asked_already": func(w *jobs.What) { w.Support = &no },
		"others asked_already":  func(w *jobs.What) { w.Others = &no },
		"skills asked_already":  func(w *jobs.What) { w.Skills = append(w.Skills, "mopping") },
		"others not_a_choice":   func(w *jobs.What) { w.Others = nil },
		"description missing":   func(w *jobs.What) { w.Description = "" },
		"title unreadable":      func(w *jobs.What) { w.Title = "\xff" },
		"skills not_a_choice":   func(w *jobs.What) { w.Skills = []string{"flying"} },
	} {
		w := h.what()
		w.Title = "Anders"
		change(&w)
		if got := fields(h.ChangeWhat(h.ctx(), h.client, gig, w)); !slices.Equal(got, []string{name}) {
			t.Errorf("%q, want %q", got, name)
		}
	}
	same := h.what()
	same.Skills = []string{"window-cleaning", "window-cleaning"}
	if err := h.ChangeWhat(h.ctx(), h.client, gig, same); err != nil {
		t.Errorf("the same skills in another order gave %v", err)
	}
	for rate, want := range map[int]string{1649: "rate not_lower", 1400: "rate below_floor", 0: "rate below_floor", 20001: "rate too_much"} {
		if got := fields(h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: payments.Cents(rate)})); !slices.Equal(got, []string{want}) {
			t.Errorf("%d gave %q, want %s", rate, got, want)
		}
	}
	for name, by := range map[string]members.Actor{"a rival": h.rival, "a member": h.member, "another office": h.otherOffices} {
		if err := errors.Join(h.ChangeWhat(h.ctx(), by, gig, h.what())); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s changes it: %v", name, err)
		}
	}
	g, _ := h.Gig(h.ctx(), h.client, gig)
	if got := fmt.Sprintln(g.Title, g.Rate, len(g.Changes)); got != "Ramen lappen 16.50 0\n" {
		t.Errorf("it is now %s", got)
	}
	if _, err := h.db.Exec(h.ctx(), `UPDATE jobs.gig SET state = 'done' WHERE id = $1`, gig); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{"what": h.ChangeWhat(h.ctx(), h.client, gig, h.what()), "price": h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: 1800}),
		"photo": h.AddPhoto(h.ctx(), h.client, gig, jobs.NewPhoto{Data: picture(t), Alt: "x"}), "open": h.Open(h.ctx(), h.client, gig)} {
		if !errors.Is(err, jobs.ErrGigOver) {
			t.Errorf("%s of a gig that is over gave %v", name, err)
		}
	}
}

// TestErasedHouseholdLeavesNoPhoto: what a gig of a household showed and said before
// goes with its only person; another client's stays.
func TestErasedHouseholdLeavesNoPhoto(t *testing.T) {
	h := newHouse(t)
	gig := h.opened()
	h.addPhoto(gig, "De ramen")
	other := h.begin(h.rival, h.rival.Client)
	if err := h.AddPhoto(h.ctx(), h.rival, other, jobs.NewPhoto{Data: picture(t), Alt: "De tuin"}); err != nil {
		t.Fatal(err)
	}
	again := h.what()
	again.Description = "Je lapt de ramen van mevrouw Jansen."
	if err := h.ChangeWhat(h.ctx(), h.client, gig, again); err != nil {
		t.Fatal(err)
	}
	if _, err := h.db.Exec(h.ctx(), `UPDATE members.client SET kind = 'household'`); err != nil {
		t.Fatal(err)
	}
	h.tx(func(tx pgx.Tx) error { return h.EraseTx(h.ctx(), tx, members.Erasing{Person: h.client.Person}) })
	if n := h.count(`SELECT count(*) FROM jobs.gig_photo WHERE gig_id = $1`, gig) + h.count(`SELECT count(*) FROM jobs.gig_change`); n != 0 {
		t.Errorf("%d rows are left of what the gig showed and said", n)
	}
	if n := h.count(`SELECT count(*) FROM jobs.gig_photo`); n != 1 {
		t.Errorf("another client has %d photos, want 1", n)
	}
	if g, err := h.Gig(h.ctx(), h.client, gig); err != nil || g.Description != "–" || g.Address != "" {
		t.Errorf("it says %q at %q, %v", g.Description, g.Address, err)
	}
}
