package matching_test

import (
	"errors"
	"testing"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/payments"
)

// TestChangeIsTold to whoever was asked and did not say no, once a day.
func TestChangeIsTold(t *testing.T) {
	h := newHouse(t)
	anna, bram := h.member("anna", "window-cleaning"), h.member("bram", "window-cleaning")
	h.post(72*time.Hour, 3)
	offers := h.offers(bram)
	if len(offers) != 1 || len(h.offers(anna)) != 1 {
		t.Fatalf("asked are %v", offers)
	}
	h.must(h.Decline(t.Context(), bram, offers[0].ID, ""))
	gig := offers[0].Gig
	concerned := len(h.asked([]members.Actor{anna, bram})) - 1
	raise := func(rate payments.Cents) {
		t.Helper()
		h.must(h.jobs.ChangePrice(t.Context(), h.client, gig, jobs.Rates{Rate: rate}))
	}
	count := func() (n int) {
		for _, kind := range h.told {
			if kind == (matching.ChangeTold{}).Kind() {
				n++
			}
		}
		return n
	}
	raise(1700)
	h.run()
	if n := count(); n != 0 {
		t.Errorf("told %d times at once; more may change", n)
	}
	raise(1710)
	h.later(11 * time.Minute)
	if n := count(); n != concerned {
		t.Errorf("told %d, want %d", n, concerned)
	}
	raise(1720)
	h.later(time.Hour)
	if n := count(); n != concerned {
		t.Errorf("told again on the same day: %d", n)
	}
	h.later(22 * time.Hour)
	if n := count(); n > 2*concerned || n < concerned {
		t.Errorf("told %d in all", n)
	}
	if offer := h.offers(anna); len(offer) != 1 || offer[0].Rate != 1720 {
		t.Errorf("the offer shows %v", offer)
	}
}

// TestChangedConcernsOnlyThem: the mail is for whom it concerns, in their own house.
func TestChangedConcernsOnlyThem(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "window-cleaning")
	h.post(72*time.Hour, 1)
	told := matching.ChangeTold{Gig: h.offers(anna)[0].Gig, Member: anna.Member, Cooperative: h.client.Cooperative}
	gig, who, err := h.Changed(t.Context(), told)
	if err != nil || gig.Title != "Ramen lappen" || !gig.Open || who.ID != anna.Person {
		t.Errorf("told is %v of %v, %v", who, gig, err)
	}
	other, elsewhere, none := told, told, told
	other.Member, elsewhere.Cooperative, none.Gig = h.member("bram").Member, id.NewCooperative(nil), id.New[jobs.Gig](nil)
	for name, one := range map[string]matching.ChangeTold{"another member": other, "another house": elsewhere, "no gig": none} {
		if _, _, err := h.Changed(t.Context(), one); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s gave %v", name, err)
		}
	}
	h.must(h.Decline(t.Context(), anna, h.offers(anna)[0].ID, ""))
	if _, _, err := h.Changed(t.Context(), told); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("after a no it gave %v", err)
	}
}
