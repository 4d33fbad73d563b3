package main

import (
	"testing"
	"time"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// saveSearches lets the first member keep what they look for.
func (h *testHouse) saveSearches(t *testing.T) {
	t.Helper()
	queue := tasks.New(h.db, tasks.Config{Now: h.now})
	people := members.New(h.db, queue, h.now, nil, h.keyring)
	gigs := jobs.New(h.db, queue, people, payments.New(h.db, queue, people, nil, h.now, nil), h.now, nil)
	by := h.as(t, people, h.someone(t, members.RoleMember))
	for _, search := range []jobs.Saved{{CanDo: true}, {Wish: jobs.Wish{Text: "planten", Groups: []string{"green"}, Loads: jobs.Loads(),
		Days: []time.Weekday{time.Monday, time.Thursday}, Parts: []jobs.DayPart{jobs.Morning}, LeastPay: 1600, Support: true, Others: true, Metres: 6000}}} {
		if _, err := gigs.SaveSearch(t.Context(), by, search); err != nil {
			t.Fatal(err)
		}
	}
}
