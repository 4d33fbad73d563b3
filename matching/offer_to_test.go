package matching_test

import (
	"errors"
	"testing"
	"time"

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
	h.must(h.OfferTo(t.Context(), noor, shift, bea.Member))
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
		if err := h.OfferTo(t.Context(), tt.by, shift, tt.to.Member); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if err := h.OfferTo(t.Context(), noor, jobs.ShiftID{}, anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("no shift: %v", err)
	}
	h.must(h.Accept(t.Context(), bea, offers[0].ID))
	h.later(25 * time.Hour)
	if got := h.state(bea); got != matching.Confirmed {
		t.Errorf("after the window bea is %s", got)
	}
	if err := h.OfferTo(t.Context(), noor, shift, anna.Member); !errors.Is(err, jobs.ErrNoSeat) {
		t.Errorf("on a full shift: %v", err)
	}
	counts, err := h.OffersOf(t.Context(), noor, []jobs.ShiftID{shift})
	if err != nil || counts[shift][matching.Confirmed] != 1 {
		t.Errorf("counts %v, %v", counts, err)
	}
}

// TestNobodyElseSeesWhoFits: nor counts of offers.
func TestNobodyElseSeesWhoFits(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(72*time.Hour, 1)
	for _, by := range []members.Actor{h.client, anna} {
		if _, err := h.Fitting(t.Context(), by, shift, 10); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %s reads who fits: %v", by.Kind, err)
		}
		if _, err := h.OffersOf(t.Context(), by, []jobs.ShiftID{shift}); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %s reads counts: %v", by.Kind, err)
		}
	}
}
