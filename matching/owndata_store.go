package matching

import (
	"meent/internal/owndata"
	"meent/members"
)

func ownQueries() []owndata.Query {
	const of = `
		JOIN jobs.shift s ON s.cooperative_id = t.cooperative_id AND s.id = t.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.client cl ON cl.cooperative_id = g.cooperative_id AND cl.id = g.client_id`
	return []owndata.Query{
		{Name: "offers", From: "matching.offer", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, g.title, s.starts_at, s.ends_at, t.asked, t.state, t.points, t.explanation, t.weights_version,
				t.sent_at, t.until, t.answered_at, hp.name AS helper, t.decided_at, t.reason, t.refused_why, t.refused_text, 'offer.refused_text@' || t.id AS "refused_text@",
				t.coach_until, t.passed_on_at, t.held_back_at, t.held_why, 'offer.held_why@' || t.id AS "held_why@",
				chooser.name AS chosen_by, t.chosen_why, 'offer.chosen_why@' || t.id AS "chosen_why@"
			FROM matching.offer t` + of + `
			LEFT JOIN members.role chr ON chr.cooperative_id = t.cooperative_id AND chr.id = t.chosen_by
			LEFT JOIN members.person chooser ON chooser.id = chr.person_id
			LEFT JOIN members.role hr ON hr.cooperative_id = t.cooperative_id AND hr.id = t.helper_id
			LEFT JOIN members.person hp ON hp.id = hr.person_id` + members.OwnRows + `ORDER BY t.sent_at, t.id`},
		{Name: "whys_asked", From: "matching.review", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, g.title, s.starts_at, t.rules, t.shows, t.words, 'matching.review.words@' || t.id AS "words@", t.asked_at, t.due_at,
				lp.name AS taken_by, t.outcome, t.answer, 'matching.review.answer@' || t.id AS "answer@", t.answered_at
			FROM matching.review t` + of + `
			JOIN members.role lr ON lr.cooperative_id = t.cooperative_id AND lr.id = t.looker_id
			JOIN members.person lp ON lp.id = lr.person_id` + members.OwnRows + `ORDER BY t.asked_at, t.id`},
		{Name: "whys_looked", From: "matching.review", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, g.title, s.starts_at, t.asked_at, t.due_at, t.outcome, t.answered_at
			FROM matching.review t` + of + `
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id = t.looker_id
			WHERE r.person_id = $1 ORDER BY t.asked_at, t.id`},
		{Name: "offers_coached", From: "matching.offer", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, g.title, s.starts_at, t.passed_on_at, t.held_back_at
			FROM matching.offer t` + of + `
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id = t.coach_id
			WHERE r.person_id = $1 ORDER BY coalesce(t.passed_on_at, t.held_back_at), t.id`},
		{Name: "offers_chosen", From: "matching.offer", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, g.title, s.starts_at, t.sent_at
			FROM matching.offer t` + of + `
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id = t.chosen_by
			WHERE r.person_id = $1 ORDER BY t.sent_at, t.id`},
		{Name: "asks_decided", From: "matching.offer", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, g.title, s.starts_at, t.decided_at
			FROM matching.offer t` + of + `
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id = t.decided_by
			WHERE r.person_id = $1 ORDER BY t.decided_at, t.id`},
		{Name: "weights_decided", From: "matching.weights", SQL: `
			SELECT c.name AS cooperative, t.version, t.fit, t.growth, t.near, t.calm, t.room, t.known, t.fair, t.since, t.why
			FROM matching.weights t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id = t.by_role_id
			WHERE r.person_id = $1 ORDER BY t.since, t.version`},
	}
}
