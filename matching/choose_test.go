package matching_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"meent/internal/check"
	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// TestOfferTo: a coordinator asks somebody, who answers as to any other offer.
func TestOfferTo(t *testing.T) {
	h := newHouse(t)
	anna, bea, cas := h.member("anna", "weeding"), h.member("bea", "weeding"), h.member("cas", "cooking-groups")
	_, shift := h.quiet(72*time.Hour, 1)
	noor := h.coordinator()
	list, err := h.Fitting(t.Context(), noor, shift, 10)
	if err != nil || len(list) != 2 || list[0].Explanation.Total == 0 {
		t.Fatalf("fitting are %+v, %v", list, err)
	}
	h.must(h.OfferTo(t.Context(), noor, shift, bea.Member, "Zij wil graag bij deze klant beginnen."))
	h.run()
	offers := h.offers(bea)
	if len(offers) != 1 || offers[0].State != matching.Sent || offers[0].Explanation.Total == 0 {
		t.Fatalf("bea has %+v", offers)
	}
	if len(h.told) != 1 || h.told[0] != "matching.offer_sent" {
		t.Errorf("told were %v", h.told)
	}
	for _, tt := range []struct {
		name string
		by   members.Actor
		to   members.Actor
		want error
	}{
		{"again", noor, bea, matching.ErrAskedBefore},
		{"who cannot", noor, cas, matching.ErrCannotCome},
		{"by a client", h.client, anna, members.ErrNotFound},
		{"by a member", anna, anna, members.ErrNotFound},
		{"nobody", noor, members.Actor{}, members.ErrNotFound},
	} {
		if err := h.OfferTo(t.Context(), tt.by, shift, tt.to.Member, "Zij wil graag bij deze klant beginnen."); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if err := h.OfferTo(t.Context(), noor, jobs.ShiftID{}, anna.Member, "Zij wil graag bij deze klant beginnen."); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("no shift: %v", err)
	}
	h.must(h.Accept(t.Context(), bea, offers[0].ID))
	h.later(25 * time.Hour)
	if got := h.state(bea); got != matching.Confirmed {
		t.Errorf("after the window bea is %s", got)
	}
	if err := h.OfferTo(t.Context(), noor, shift, anna.Member, "Zij wil graag bij deze klant beginnen."); !errors.Is(err, jobs.ErrNoSeat) {
		t.Errorf("on a full shift: %v", err)
	}
	counts, err := h.OffersOf(t.Context(), noor, []jobs.ShiftID{shift})
	if err != nil || counts[shift][matching.Confirmed] != 1 {
		t.Errorf("counts %v, %v", counts, err)
	}
}

// TestChosenByHand: who chose, and why, stands with the offer, sealed; the points are
// those of everybody, a rule is not passed over, and it can be computed again.
func TestChosenByHand(t *testing.T) {
	h := newHouse(t)
	bea, cas := h.member("bea", "weeding"), h.member("cas", "cooking-groups")
	_, shift := h.quiet(72*time.Hour, 1)
	noor := h.coordinator()
	for _, why := range []string{"", "  ", strings.Repeat("x", matching.MostChosenWhy+1)} {
		var problems check.Problems
		if err := h.OfferTo(t.Context(), noor, shift, bea.Member, why); !errors.As(err, &problems) || !problems.At("why") {
			t.Errorf("with %d characters: %v", len(why), err)
		}
	}
	const why = "Zij vroeg al lang om dit werk."
	list, err := h.Fitting(t.Context(), noor, shift, 10)
	h.must(err)
	h.must(h.OfferTo(t.Context(), noor, shift, bea.Member, why))
	if err := h.OfferTo(t.Context(), noor, shift, cas.Member, why); !errors.Is(err, matching.ErrCannotCome) {
		t.Errorf("a rule is passed over: %v", err)
	}
	o, err := h.Offer(t.Context(), bea, h.offers(bea)[0].ID)
	if err != nil || o.ChosenBy != noor.Name || o.ChosenWhy != why || !o.Explanation.Chosen {
		t.Errorf("bea reads %+v, %v", o.Chosen, err)
	}
	if o.Explanation.Total != list[0].Explanation.Total || list[0].Place != 1 {
		t.Errorf("points %d, and %d in the list at place %d", o.Explanation.Total, list[0].Explanation.Total, list[0].Place)
	}
	var plain bool
	h.must(h.db.QueryRow(t.Context(), `SELECT chosen_why = convert_to($1, 'UTF8') FROM matching.offer WHERE id = $2`, why, o.ID).Scan(&plain))
	if plain {
		t.Error("the reason is kept in plain words")
	}
	if r, err := h.Replay(t.Context(), o.ID); err != nil || !r.Same {
		t.Errorf("computed again: %+v, %v", r, err)
	}
}
