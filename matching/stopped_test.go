package matching_test

import (
	"testing"
	"time"
)

// TestStoppedWorkIsFairlyCounted: work that its client stopped counts for as long as
// it was done, so that nobody has fewer chances by it.
func TestStoppedWorkIsFairlyCounted(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna")
	e := h.worked(anna)
	received := func(want time.Duration) {
		t.Helper()
		if got, err := h.Service.Received(t.Context(), anna, h.only()); err != nil || got != want {
			t.Errorf("it counts %v, %v; want %v", got, err, want)
		}
	}
	h.exec(`UPDATE jobs.engagement SET starts_at = $2, ends_at = $3 WHERE id = $1`, e, h.now.Add(-48*time.Hour), h.now.Add(-44*time.Hour))
	received(4 * time.Hour)
	h.exec(`UPDATE jobs.engagement SET stopped_at = $2, stopped_role_id = (SELECT id FROM members.role WHERE kind = 'client' LIMIT 1) WHERE id = $1`, e, h.now.Add(-47*time.Hour))
	received(time.Hour)
}
