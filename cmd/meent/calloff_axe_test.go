package main

import (
	"testing"

	"meent/members"
)

// lookAtCallOff looks at work that is still to come, and calls it off; and at work
// that began, to which nobody came.
func (v *visitor) lookAtCallOff(kind members.RoleKind) {
	v.t.Helper()
	if kind != members.RoleClient {
		return
	}
	coming, begun := v.house.comingWork(v.t)
	for _, page := range []string{coming, coming + "/cancel", begun + "/missed"} {
		v.lookAt("/engagements/" + page)
	}
}

// comingWork lets somebody else come to the first open shift of the first client,
// and finds work of that client that is over and of which nobody wrote hours.
func (h *testHouse) comingWork(t *testing.T) (coming, begun string) {
	t.Helper()
	as := h.someone(t, members.RoleClient)
	var client string
	const whose = `SELECT client_id FROM members.role WHERE id = $1`
	if err := h.db.QueryRow(t.Context(), whose, as.Role.ID).Scan(&client); err != nil {
		t.Fatal(err)
	}
	const engaged = `
		INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at)
		SELECT gen_random_uuid(), s.cooperative_id, s.id, m.id, s.starts_at, s.ends_at, 'confirmed', $2
		FROM jobs.shift s JOIN jobs.gig g ON g.id = s.gig_id AND g.state = 'open'
		JOIN members.member m ON m.cooperative_id = s.cooperative_id AND m.id NOT IN (SELECT member_id FROM jobs.engagement)
		WHERE g.client_id = $1 AND s.starts_at > $2 ORDER BY s.starts_at, m.id LIMIT 1 RETURNING id`
	if err := h.db.QueryRow(t.Context(), engaged, client, h.now()).Scan(&coming); err != nil {
		t.Fatal(err)
	}
	const over = `
		SELECT e.id FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id JOIN jobs.gig g ON g.id = s.gig_id
		WHERE g.client_id = $1 AND e.state = 'confirmed' AND e.starts_at < $2
		AND NOT EXISTS (SELECT FROM jobs.timesheet t WHERE t.engagement_id = e.id) ORDER BY e.starts_at DESC LIMIT 1`
	if err := h.db.QueryRow(t.Context(), over, client, h.now()).Scan(&begun); err != nil {
		t.Fatal(err)
	}
	return coming, begun
}
