package matching_test

import (
	"testing"
	"time"

	"meent/matching"
)

// TestWaits: a gig with a free seat waits from its posting, one whose seats are all
// taken waited until the last was agreed, and what is called off waits for nobody.
func TestWaits(t *testing.T) {
	w := newWild(t, 61, 8, 6)
	waits := func() matching.Waits {
		t.Helper()
		got, err := w.Service.Waits(t.Context())
		w.must(err)
		return got
	}
	w.exec(`UPDATE jobs.gig SET state = 'open', posted_at = $1`, w.now.Add(-3*time.Hour))
	w.exec(`UPDATE jobs.engagement SET seat = 'work'`)
	w.exec(`UPDATE jobs.shift s SET seats = 20, buddy_seats = 0`)
	if got := waits(); got != (matching.Waits{Oldest: 3 * time.Hour}) {
		t.Errorf("nothing is filled: %+v", got)
	}
	const taken = `(SELECT count(*) FROM jobs.engagement e WHERE e.shift_id = s.id AND e.state NOT IN ('cancelled', 'absent') AND e.called_off_at IS NULL)`
	w.exec(`UPDATE jobs.engagement SET confirmed_at = $1`, w.now.Add(-time.Hour))
	w.exec(`UPDATE jobs.shift s SET seats = greatest(1, ` + taken + `)`)
	w.exec(`DELETE FROM jobs.shift s WHERE ` + taken + ` = 0 AND NOT EXISTS (SELECT FROM jobs.engagement e WHERE e.shift_id = s.id) AND NOT EXISTS (SELECT FROM matching.offer o WHERE o.shift_id = s.id)`)
	w.exec(`UPDATE jobs.gig g SET state = 'cancelled' WHERE EXISTS (SELECT FROM jobs.shift s WHERE s.gig_id = g.id AND ` + taken + ` = 0)`)
	if got := waits(); got.Filled < 1 || got.Half != 2*time.Hour || got.Most != 2*time.Hour || got.Oldest != 0 {
		t.Errorf("all are filled: %+v", got)
	}
	w.exec(`UPDATE jobs.gig SET posted_at = $1`, w.now.Add(-29*24*time.Hour))
	if got := waits(); got != (matching.Waits{}) {
		t.Errorf("long ago: %+v", got)
	}
}
