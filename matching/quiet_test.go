package matching_test

import (
	"testing"
	"time"

	"meent/matching"
	"meent/members"
)

// quietHours are from ten in the evening until eight.
func quietHours() *members.Span { return &members.Span{From: 88, Until: 32} }

// due gives when the newest news of a kind comes, and zero when there is none.
func (h *house) due(kind string) (due time.Time) {
	h.t.Helper()
	const query = `SELECT coalesce(max(due_at), 'epoch') FROM tasks.task WHERE kind = $1`
	h.must(h.db.QueryRow(h.t.Context(), query, kind).Scan(&due))
	if due.Unix() == 0 {
		return time.Time{}
	}
	return due
}

// TestOfferWaitsForTheMorning: the offer is there at once, and its news when
// quiet hours end; for who has none, at once.
func TestOfferWaitsForTheMorning(t *testing.T) {
	for name, quiet := range map[string]*members.Span{"quiet": quietHours(), "always": nil} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			anna := h.member("Anna", "window-cleaning", "weeding")
			h.tell(anna, members.ContactWays{Channel: members.ByMail, Quiet: quiet, MostOffers: 3})
			h.now = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC) // 23.00
			h.post(80*time.Hour, 1)
			h.run()
			if got := h.state(anna); got != matching.Sent {
				t.Fatalf("the offer is %q", got)
			}
			want := h.now
			if quiet != nil {
				want = time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC)
			}
			if got := h.due("matching.offer_sent"); !got.Equal(want) {
				t.Errorf("the news come at %v, want %v", got, want)
			}
		})
	}
}

// TestDecisionHurriesBeforeWork: whether somebody works in the morning they hear
// at night; whether they work next week, in the morning.
func TestDecisionHurriesBeforeWork(t *testing.T) {
	for name, tt := range map[string]struct {
		after time.Duration // until the shift, from half past ten in the evening
		waits bool
	}{
		"half past seven":         {9 * time.Hour, false},
		"half past nine":          {11 * time.Hour, false}, // known at half past seven
		"eleven":                  {12*time.Hour + 30*time.Minute, true},
		"three days from then on": {80 * time.Hour, true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			anna := h.member("Anna", "window-cleaning", "weeding")
			h.now = time.Date(2026, 11, 24, 21, 30, 0, 0, time.UTC)
			h.post(tt.after, 1)
			h.run()
			offers := h.offers(anna)
			if len(offers) != 1 {
				t.Fatalf("%d offers", len(offers))
			}
			h.must(h.Accept(t.Context(), anna, offers[0].ID))
			h.tell(anna, members.ContactWays{Channel: members.ByMail, Quiet: quietHours(), MostOffers: 3})
			h.now = offers[0].Until
			if clock := h.now.UTC().Hour(); clock >= 7 && clock < 21 {
				t.Fatalf("the window closes at %v, outside quiet hours", h.now)
			}
			h.run()
			if got := h.state(anna); got != matching.Confirmed {
				t.Fatalf("the offer is %q", got)
			}
			want := h.now
			if tt.waits {
				want = time.Date(h.now.Year(), h.now.Month(), h.now.Day(), 7, 0, 0, 0, time.UTC)
				if want.Before(h.now) {
					want = want.Add(24 * time.Hour)
				}
			}
			if got := h.due("matching.offer_decided"); !got.Equal(want) {
				t.Errorf("decided at %v, told at %v, want %v", h.now, got, want)
			}
		})
	}
}
