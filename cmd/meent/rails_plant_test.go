package main

import "testing"

// agreeRails gives everybody with a coach guard rails in each state that a page
// shows, and the first of them work that waits for the coach.
func (h *testHouse) agreeRails(t *testing.T) {
	t.Helper()
	for _, query := range []string{`
		INSERT INTO coaching.guard_rail (id, cooperative_id, member_id, kind, minutes, review_on, state, by_member, proposed_by, proposed_at, answered_by, answered_at)
		SELECT gen_random_uuid(), l.cooperative_id, l.member_id, 'hours_day', 240, '2001-01-01', 'agreed', false, l.coach_id, now() - interval '9 days', m.role_id, now() - interval '8 days'
		FROM coaching.caseload l JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
		ON CONFLICT DO NOTHING`, `
		INSERT INTO coaching.guard_rail (id, cooperative_id, member_id, kind, groups, review_on, state, by_member, proposed_by, proposed_at)
		SELECT gen_random_uuid(), l.cooperative_id, l.member_id, kind, ARRAY['green', 'cleaning'], '2099-01-01', 'proposed', kind = 'only_groups',
			CASE kind WHEN 'only_groups' THEN m.role_id ELSE l.coach_id END, now() - interval '7 days'
		FROM coaching.caseload l JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id, unnest(ARRAY['only_groups', 'not_groups']) kind
		ON CONFLICT DO NOTHING`, `
		INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until, coach_until)
		SELECT gen_random_uuid(), o.cooperative_id, o.shift_id, l.member_id, 'waiting_coach', o.points, o.weights_version, o.explanation, o.sent_at, o.until + interval '9 days', o.until + interval '8 days'
		FROM coaching.caseload l CROSS JOIN LATERAL (SELECT * FROM matching.offer o WHERE o.cooperative_id = l.cooperative_id AND NOT EXISTS (
			SELECT FROM matching.offer p WHERE p.shift_id = o.shift_id AND p.member_id = l.member_id) ORDER BY o.sent_at DESC LIMIT 1) o`} {
		if _, err := h.db.Exec(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
}
