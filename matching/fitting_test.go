package matching_test

import (
	"errors"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

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
