package jobs_test

import (
	"errors"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

// TestRemovedTimesKeepNoGigOpen, nor can what is called off be changed.
func TestRemovedTimesKeepNoGigOpen(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(48*time.Hour, 1)
	var gig jobs.GigID
	if err := h.db.QueryRow(h.ctx(), `SELECT gig_id FROM jobs.shift WHERE id = $1`, shift).Scan(&gig); err != nil {
		t.Fatal(err)
	}
	if err := h.Finish(h.ctx(), h.client, gig); !errors.Is(err, jobs.ErrShiftsToCome) {
		t.Errorf("with a time to come: %v", err)
	}
	if err := h.RemoveShift(h.ctx(), h.client, shift); err != nil {
		t.Fatal(err)
	}
	if err := h.Finish(h.ctx(), h.client, gig); err != nil {
		t.Errorf("without one: %v", err)
	}
	off := h.shift(48*time.Hour, 1)
	if err := h.CallOffShift(h.ctx(), h.client, off, 100_000); err != nil {
		t.Fatal(err)
	}
	if err := h.RemoveShift(h.ctx(), h.client, off); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("taking out what is called off: %v", err)
	}
}
