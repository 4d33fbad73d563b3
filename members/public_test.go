package members_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

func TestPublicCooperatives(t *testing.T) {
	h := newHouse(t)
	on := h.cooperative("Waalkracht")
	off := h.cooperative("Maasland")
	h.tx(func(tx pgx.Tx) error { // as one that was there before the switch
		_, err := tx.Exec(t.Context(), `UPDATE members.settings SET public_work = DEFAULT WHERE cooperative_id = $1`, off)
		return err
	})
	found, err := h.FindPublic(t.Context(), on)
	if err != nil || found.Name != "Waalkracht" || !found.Founded.Equal(h.now) {
		t.Errorf("FindPublic = %+v, %v", found, err)
	}
	for name, c := range map[string]id.Cooperative{"switched off": off, "none": {}} {
		if _, err := h.FindPublic(t.Context(), c); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, err := h.ListPublic(t.Context()); err != nil || len(list) != 1 || list[0].ID != on {
		t.Errorf("ListPublic = %+v, %v", list, err)
	}
}
