package main

import (
	"testing"
	"time"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/payments"
)

// memberAsks lets the first member ask for work of the first client, which
// waits for an answer, and gives its id.
func (h *testHouse) memberAsks(t *testing.T) matching.OfferID {
	t.Helper()
	gig, shift := h.postQuiet(t)
	queue := tasks.New(h.db, tasks.Config{Now: h.now})
	asks := matching.New(h.db, queue, h.jobs(), h.now, nil)
	offer, asked, err := asks.Ask(t.Context(), h.actor(t, members.RoleMember), shift)
	if err != nil || !asked {
		t.Fatalf("asking for %s: %v, %v", gig, asked, err)
	}
	return offer
}

func (h *testHouse) jobs() *jobs.Service {
	queue := tasks.New(h.db, tasks.Config{Now: h.now})
	people := members.New(h.db, queue, h.now, nil, h.keyring)
	return jobs.New(h.db, queue, people, payments.New(h.db, queue, people, nil, h.now, nil), h.now, nil)
}

// actor is the first of the demo people in this role.
func (h *testHouse) actor(t *testing.T, kind members.RoleKind) members.Actor {
	t.Helper()
	one := h.someone(t, kind)
	as, err := members.New(h.db, nil, h.now, nil).Actor(t.Context(), one.Person, one.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	return as
}

// postQuiet posts a gig of two mornings where the first member lives, for which
// nobody is asked, and gives its second shift.
func (h *testHouse) postQuiet(t *testing.T) (jobs.GigID, jobs.ShiftID) {
	t.Helper()
	return h.postQuietly(t, "Zeldzame planten verzorgen")
}

func (h *testHouse) postQuietly(t *testing.T, title string) (jobs.GigID, jobs.ShiftID) {
	t.Helper()
	client, member := h.actor(t, members.RoleClient), h.actor(t, members.RoleMember)
	var place string
	if err := h.db.QueryRow(t.Context(), `SELECT place_code FROM members.member WHERE id = $1`, member.Member).Scan(&place); err != nil {
		t.Fatal(err)
	}
	morning := h.now().Truncate(24 * time.Hour).Add(21*24*time.Hour + 5*time.Hour)
	n := jobs.NewGig{Client: client.Client, Title: title, Description: "Je geeft de planten water.", Language: members.Dutch,
		PlaceCode: place, Address: "Lindenlaan 14", Rate: 1700, Load: jobs.Light, Asks: morning,
		Needs: jobs.Asks{Abilities: []string{"indoors", "outdoors", "own-pace"}}} // whatever a member must have
	for day := range 2 {
		starts := morning.Add(time.Duration(day) * 24 * time.Hour)
		n.Shifts = append(n.Shifts, jobs.NewShift{Starts: starts, Ends: starts.Add(2 * time.Hour), Seats: 1})
	}
	work := h.jobs()
	gig, err := work.Post(t.Context(), client, n)
	if err != nil {
		t.Fatal(err)
	}
	found, err := work.Gig(t.Context(), client, gig)
	if err != nil {
		t.Fatal(err)
	}
	return gig, found.Shifts[1].ID
}

// memberAsksWhy lets the member ask a person about a shift of other work, and leaves
// the office somebody to choose for it.
func (h *testHouse) memberAsksWhy(t *testing.T) {
	t.Helper()
	_, shift := h.postQuietly(t, "Bloemen water geven")
	asks := matching.New(h.db, tasks.New(h.db, tasks.Config{Now: h.now}), h.jobs(), h.now, nil)
	if _, err := asks.AskReview(t.Context(), h.actor(t, members.RoleMember), matching.NewReview{Shift: shift, Words: "Waarom kreeg ik dit werk niet?"}); err != nil {
		t.Fatal(err)
	}
	h.quiet = shift.String()
}
