package main

import "testing"

// tellOfDays lets clients tell how their gigs go on the day itself, and who works
// there say that they read it.
func (h *testHouse) tellOfDays(t *testing.T) {
	t.Helper()
	for _, query := range []string{`
		INSERT INTO jobs.gig_meeting (cooperative_id, gig_id, point, contact_name, contact_phone, travel, travel_text, briefing, accompanied)
		SELECT cooperative_id, id, 'Bij de fontein', 'Piet', '026 123 45 67', 'group', 'Om 8.30 uur bij het station', 'Neem schoenen mee.', true
		FROM jobs.gig WHERE state <> 'draft' ON CONFLICT DO NOTHING`, `
		INSERT INTO jobs.briefing_read (cooperative_id, gig_id, member_id, version, read_at)
		SELECT DISTINCT e.cooperative_id, s.gig_id, e.member_id, 1, now() FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id ON CONFLICT DO NOTHING`} {
		if _, err := h.db.Exec(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
}
