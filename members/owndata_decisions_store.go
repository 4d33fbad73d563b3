package members

import "meent/internal/owndata"

// ownDecisions are what was decided about the person, and what they did. What
// they did for others is theirs without whom it was for, and without the reason:
// that is the other's.
func ownDecisions() []owndata.Query {
	return []owndata.Query{
		{Name: "restrictions", From: "members.restriction", SQL: `
			SELECT c.name AS cooperative, b.name AS by, t.why AS reason, 'restriction.why@' || t.id AS "reason@", t.at,
				l.name AS lifted_by, t.lifted_why, 'restriction.lifted_why@' || t.id AS "lifted_why@", t.lifted_at
			FROM members.restriction t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.person b ON b.id = t.by_id
			LEFT JOIN members.person l ON l.id = t.lifted_by
			WHERE t.person_id = $1 ORDER BY t.at`},
		{Name: "restrictions_made", From: "members.restriction", SQL: `
			SELECT c.name AS cooperative, CASE WHEN t.by_id = $1 THEN t.at END AS at, CASE WHEN t.lifted_by = $1 THEN t.lifted_at END AS lifted_at
			FROM members.restriction t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			WHERE t.by_id = $1 OR t.lifted_by = $1 ORDER BY t.at, t.id`},
		{Name: "refusals", From: "members.client_refusal", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, b.name AS by, t.code, t.why AS reason, 'client_refusal.why@' || t.id AS "reason@", t.at, t.until, t.ended_at, t.ended_how
			FROM members.client_refusal t
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id
			JOIN members.person b ON b.id = t.by_id` + OwnRows + `ORDER BY t.at, t.id`},
		{Name: "refusals_made", From: "members.client_refusal", SQL: `
			SELECT c.name AS cooperative, t.code, t.at, t.until, t.ended_at
			FROM members.client_refusal t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			WHERE t.by_id = $1 ORDER BY t.at, t.id`},
		{Name: "reviews", From: "members.review", SQL: `
			SELECT c.name AS cooperative, t.words, 'review.words@' || t.id AS "words@", t.state, t.asked_at, t.due_at, tb.name AS taken_by, t.taken_at, t.outcome,
				t.answer, 'review.answer@' || t.id AS "answer@", t.answered_at
			FROM members.review t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			LEFT JOIN members.person tb ON tb.id = t.taken_by
			WHERE t.asked_by = $1 ORDER BY t.asked_at`},
		{Name: "reviews_of_mine", From: "members.review", SQL: `
			SELECT c.name AS cooperative, t.decided_by = $1 AS i_decided, t.taken_by = $1 AS i_looked, t.state, t.asked_at, t.due_at, t.answered_at
			FROM members.review t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			WHERE t.decided_by = $1 OR t.taken_by = $1 ORDER BY t.asked_at, t.id`},
		{Name: "clients_decided", From: "members.client", SQL: `
			SELECT c.name AS cooperative, t.state, t.decided_at FROM members.client t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			WHERE t.decided_by = $1 ORDER BY t.decided_at, t.id`},
		{Name: "members_moved", From: "members.member", SQL: `
			SELECT c.name AS cooperative, count(*) AS members FROM members.member t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id = t.moved_by
			WHERE r.person_id = $1 GROUP BY c.name ORDER BY c.name`},
		{Name: "deeds", From: "members.audit members.audit_why", SQL: `
			SELECT c.name AS cooperative, t.at, t.what, CASE WHEN t.helper_id IS DISTINCT FROM $1 THEN b.name END AS by, t.by_kind AS role, h.name AS helper, w.sealed AS reason, 'audit_why@' || t.cooperative_id || ':' || t.seq AS "reason@"
			FROM members.audit t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			LEFT JOIN members.person b ON b.id = t.by_id
			LEFT JOIN members.person h ON h.id = t.helper_id
			LEFT JOIN members.audit_why w ON w.cooperative_id = t.cooperative_id AND w.seq = t.seq AND t.for_id = $1
			WHERE t.for_id = $1 OR t.by_id = $1 OR t.helper_id = $1 ORDER BY t.at, t.cooperative_id, t.seq`},
		{Name: "tasks_decided", From: "tasks.intervention", SQL: `
			SELECT c.name AS cooperative, t.kind AS task, t.act, t.reason, t.at FROM tasks.intervention t
			LEFT JOIN members.cooperative c ON c.id = t.cooperative_id
			WHERE t.person_id = $1 ORDER BY t.at, t.id`},
	}
}
