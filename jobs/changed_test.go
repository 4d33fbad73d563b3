package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"meent/jobs"
)

// inStep fails when the index holds something else than it should.
func (h *house) inStep(t *testing.T, index jobs.Index, after string) {
	t.Helper()
	held, err := index.(jobs.Digester).Digests(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	docs, err := h.AllDocuments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	right := len(held) == len(docs)
	for _, d := range docs {
		right = right && held[d.Gig] == d.Digest()
	}
	if !right {
		t.Errorf("after %s the index is not in step: it holds %d, and should %d", after, len(held), len(docs))
	}
}

// TestEveryVerbTellsTheIndex: whatever changes what the index knows, it follows.
func TestEveryVerbTellsTheIndex(t *testing.T) {
	h := newHouse(t)
	index, ctx := h.index(t), t.Context()
	did := func(what string, errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		h.follow(t, index)
		h.inStep(t, index, what)
	}
	gig := h.titled("Ramen lappen", 0)
	did("posting")
	draft := h.begin(h.client, h.client.Client)
	did("a draft", h.ChangeWhat(ctx, h.client, draft, h.what()), h.ChangeWhen(ctx, h.client, draft, h.when(3, 4)), h.ChangePrice(ctx, h.client, draft, jobs.Rates{Rate: 1650}))
	did("work at home", h.ChangeMeeting(ctx, h.client, draft, jobs.Meeting{Remote: true}))
	did("opening", h.Open(ctx, h.client, draft))
	said := h.what()
	said.Title, said.Description = "Tegels leggen", "Je legt tegels."
	did("another text", h.ChangeWhat(ctx, h.client, draft, said))
	did("more pay", h.ChangePrice(ctx, h.client, draft, jobs.Rates{Rate: 1800}))
	did("a meeting point", h.ChangeMeeting(ctx, h.client, gig, jobs.Meeting{Point: "De balie"}))
	later := h.now.Add(5 * 24 * time.Hour)
	did("more shifts", h.AddShifts(ctx, h.client, gig, jobs.Adding{Shifts: []jobs.NewShift{{Starts: later, Ends: later.Add(45 * time.Minute), Seats: 1}}}))
	shifts := h.found1(gig).Shifts
	first, second := shifts[0].ID, shifts[1].ID
	did("fewer seats", h.ChangeSeats(ctx, h.client, first, jobs.SeatChange{Seats: 1}))
	on := h.engagedOn(first, h.member.Member)
	did("a full shift")
	did("calling off", h.CallOff(ctx, h.member, on, jobs.OffReason{Why: jobs.OffIll}))
	work := h.engagedOn(first, h.newMember("sam"))
	did("another full shift")
	did("more seats", h.ChangeSeats(ctx, h.client, first, jobs.SeatChange{Seats: 3}))
	did("work that is called off", h.CallOffWork(ctx, h.client, work, 1_000_000))
	did("a shift that is called off", h.CallOffShift(ctx, h.client, first, 1_000_000))
	soonest := h.found1(draft).Shifts[0]
	_, err := h.MoveShift(ctx, h.client, soonest.ID, jobs.NewTime{Starts: soonest.Starts.Add(time.Hour), Ends: soonest.Ends.Add(time.Hour)}, 0)
	did("a shift at another time", err)
	removed := h.found1(draft).Shifts[0].ID
	did("a shift that is removed", h.RemoveShift(ctx, h.client, removed))
	did("a pause", h.Pause(ctx, h.client, draft))
	did("going on", h.Resume(ctx, h.client, draft))
	did("cancelling", h.CancelGig(ctx, h.client, draft, 1_000_000))
	last := h.engagedOn(second, h.member.Member)
	did("the last seat")
	h.now = later.Add(-5 * time.Minute) // nobody is looked for any more, but the seat is free
	did("time that passes")
	did("calling off late", h.CallOff(ctx, h.member, last, jobs.OffReason{Why: jobs.OffIll}))
	h.now = later.Add(2 * time.Minute)
	did("the beginning")
	h.now = later.Add(25 * time.Hour)
	did("finishing", h.Finish(ctx, h.client, gig))
	if len(h.found1(gig).Shifts) == 0 {
		t.Error("the gig has gone")
	}
}

// TestIndexKeepsTheLastOfTwo: while a slow one puts a gig as it read it, the gig
// is changed, and somebody else puts that first.
func TestIndexKeepsTheLastOfTwo(t *testing.T) {
	h := newHouse(t)
	gig := h.titled("Ramen lappen", 0)
	index := &overtaken{Index: h.index(t)}
	index.before = func() {
		h.exec(`UPDATE jobs.gig SET title = 'Tegels leggen' WHERE id = $1`, gig)
		if err := h.followed(index.Index, gig); err != nil {
			t.Error(err)
		}
	}
	if err := h.followed(index, gig); err != nil {
		t.Fatal(err)
	}
	h.inStep(t, index.Index, "two who put one gig")
	index.before, index.always = func() { h.exec(`UPDATE jobs.gig SET rate_cents = rate_cents + 1 WHERE id = $1`, gig) }, true
	if err := h.followed(index, gig); err == nil {
		t.Error("a gig that never rests is in step")
	}
}

// overtaken does something before the first Put, or before each.
type overtaken struct {
	jobs.Index
	before func()
	always bool
	done   bool
}

func (o *overtaken) Put(ctx context.Context, docs []jobs.Document) error {
	if !o.done || o.always {
		o.done = true
		o.before()
	}
	return o.Index.Put(ctx, docs)
}
