package members_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

func TestPublicCooperatives(t *testing.T) {
	h := newHouse(t)
	on := h.cooperative("Waalkracht")
	off := h.cooperative("Maasland")
	h.tx(func(tx pgx.Tx) error { // as one that was there before the switch
		_, err := tx.Exec(t.Context(), `UPDATE members.settings SET public_since = DEFAULT WHERE cooperative_id = $1`, off)
		return err
	})
	if since := h.publicSince(on); since == nil || !since.Equal(h.now) {
		t.Errorf("it shows its work since %v", since)
	}
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

func (h *house) publicSince(c id.Cooperative) (since *time.Time) {
	h.t.Helper()
	if err := h.db.QueryRow(h.t.Context(), `SELECT public_since FROM members.settings WHERE cooperative_id = $1`, c).Scan(&since); err != nil {
		h.t.Fatal(err)
	}
	return since
}

// TestPublicSince: switching on begins at that moment, and other changes do not
// begin it anew.
func TestPublicSince(t *testing.T) {
	h := newHouse(t)
	noor, s := h.office("Waalkracht")
	founded := h.now
	for _, step := range []struct {
		change func(*members.Settings)
		want   func() *time.Time
	}{
		{func(s *members.Settings) { s.TrialDays = 60 }, func() *time.Time { return &founded }},
		{func(s *members.Settings) { s.PublicWork = false }, func() *time.Time { return nil }},
		{func(s *members.Settings) { s.PublicWork = true }, func() *time.Time { return &h.now }},
	} {
		h.now = h.now.Add(time.Hour)
		step.change(&s)
		if err := h.ChangeSettings(t.Context(), noor, s, "Zo is het besloten."); err != nil {
			t.Fatal(err)
		}
		s = h.settings(noor)
		if got, want := h.publicSince(noor.Cooperative), step.want(); (got == nil) != (want == nil) || got != nil && !got.Equal(*want) {
			t.Errorf("it shows its work since %v, want %v", got, want)
		}
	}
}
