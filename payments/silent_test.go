package payments_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

// TestSilent: what was not answered for a day is listed for the office, and nobody else.
func TestSilent(t *testing.T) {
	h := ready(t)
	h.fillIn(h.checkout(h.billed()))
	h.loseThree("/v1/transfers", stripesim.LoseAfter)
	h.pass(23 * time.Hour)
	if list, err := h.Silent(t.Context(), h.coordinator); err != nil || len(list) != 0 {
		t.Errorf("before a day is over: %+v, %v", list, err)
	}
	asked := h.now()
	h.pass(2 * time.Hour)
	list, err := h.Silent(t.Context(), h.coordinator)
	if err != nil || len(list) != 1 || list[0].Kind != "transfer" || list[0].Tries != 1 || !list[0].Since.Before(asked) {
		t.Errorf("after a day: %+v, %v", list, err)
	}
	if list, err := h.Silent(t.Context(), h.client); !errors.Is(err, members.ErrNotFound) || list != nil {
		t.Errorf("a client reads %+v, %v", list, err)
	}
}

// knownErrands holds that all that was asked of the gateway has its word.
func (h *house) knownErrands() {
	h.Helper()
	var kinds []string
	h.must(h.db.QueryRow(h.Context(), `SELECT array_agg(DISTINCT kind) FROM payments.errand`).Scan(&kinds))
	for _, kind := range kinds {
		if !slices.Contains(payments.ErrandKinds(), kind) {
			h.Errorf("%q is none of %q", kind, payments.ErrandKinds())
		}
	}
}
