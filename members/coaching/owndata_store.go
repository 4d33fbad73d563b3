package coaching

import (
	"meent/internal/owndata"
	"meent/members"
)

func ownQueries() []owndata.Query {
	const byRole = `
		JOIN members.cooperative c ON c.id = t.cooperative_id
		JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id = t.`
	return []owndata.Query{
		{Name: "coach", From: "coaching.caseload", SQL: `
			SELECT c.name AS cooperative, b.name AS coach, t.since FROM coaching.caseload t
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.coach_id
			JOIN members.person b ON b.id = br.person_id` + members.OwnRows + `ORDER BY t.since`},
		{Name: "questions", From: "coaching.question", SQL: `
			SELECT c.name AS cooperative, t.page, t.text, 'question.text@' || t.id AS "text@", t.state, t.asked_at, t.answer_before, t.passed_on_at,
				b.name AS answered_by, t.answered_at, t.answer, 'question.answer@' || t.id AS "answer@"
			FROM coaching.question t
			LEFT JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.answered_by
			LEFT JOIN members.person b ON b.id = br.person_id` + members.OwnRows + `ORDER BY t.asked_at, t.id`},
		{Name: "reports", From: "coaching.report", SQL: `
			SELECT c.name AS cooperative, t.kind, t.text, 'report.text@' || t.id AS "text@", t.state, t.reported_at, t.look_before, t.waited_at,
				b.name AS taken_by, t.taken_at, t.done, 'report.done@' || t.id AS "done@", t.closed_at
			FROM coaching.report t
			LEFT JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.taken_by
			LEFT JOIN members.person b ON b.id = br.person_id` + members.OwnRows + `ORDER BY t.reported_at, t.id`},
		{Name: "releases", From: "coaching.release", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, t.state, t.until, t.alone, t.sentence, 'release.sentence@' || t.id AS "sentence@",
				bb.name AS begun_by, t.begun_at, t.member_at, t.coach_at, t.released_at, eb.name AS ended_by, t.ended_at
			FROM coaching.release t
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.begun_by
			JOIN members.person bb ON bb.id = br.person_id
			LEFT JOIN members.role er ON er.cooperative_id = t.cooperative_id AND er.id = t.ended_by
			LEFT JOIN members.person eb ON eb.id = er.person_id` + members.OwnRows + `ORDER BY t.begun_at, t.id`},
		{Name: "releases_helped", From: "coaching.release", SQL: `
			SELECT c.name AS cooperative, t.begun_by = r.id AS i_began, t.ended_by = r.id AS i_ended, t.begun_at, CASE WHEN t.coach_id = r.id THEN t.coach_at END AS coach_at, t.ended_at
			FROM coaching.release t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.kind = 'coach' AND (t.begun_by = r.id OR t.coach_id = r.id OR t.ended_by = r.id)
			WHERE r.person_id = $1 ORDER BY t.begun_at, t.id`},
		{Name: "facts", From: "coaching.fact", SQL: `
			SELECT c.name AS cooperative, t.kind, t.at, t.minutes FROM coaching.fact t` + members.OwnRows + `ORDER BY t.at, t.seq`},
		{Name: "caseload", From: "coaching.caseload", SQL: `
			SELECT c.name AS cooperative, t.since FROM coaching.caseload t` + byRole + `coach_id WHERE r.person_id = $1 ORDER BY t.since, t.member_id`},
		{Name: "questions_to_me", From: "coaching.question", SQL: `
			SELECT c.name AS cooperative, t.state, t.asked_at, t.answer_before FROM coaching.question t` + byRole + `coach_id WHERE r.person_id = $1 ORDER BY t.asked_at, t.id`},
		{Name: "questions_answered", From: "coaching.question", SQL: `
			SELECT c.name AS cooperative, t.asked_at, t.answered_at FROM coaching.question t` + byRole + `answered_by WHERE r.person_id = $1 ORDER BY t.answered_at, t.id`},
		{Name: "reports_handled", From: "coaching.report", SQL: `
			SELECT c.name AS cooperative, t.taken_by = r.id AS i_took, t.closed_by = r.id AS i_closed, t.reported_at, t.taken_at, t.closed_at FROM coaching.report t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND (t.taken_by = r.id OR t.closed_by = r.id) WHERE r.person_id = $1 ORDER BY t.taken_at, t.id`},
	}
}
