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
		{Name: "handovers", From: "coaching.handover", SQL: `
			SELECT c.name AS cooperative, fb.name AS from_coach, b.name AS to_coach, t.reason, t.words, 'handover.words@' || t.id AS "words@", t.day, t.ticked, t.state,
				t.proposed_at, pb.name AS by, t.answered_at, t.closed_at
			FROM coaching.handover t
			JOIN members.role fr ON fr.cooperative_id = t.cooperative_id AND fr.id = t.from_id
			JOIN members.person fb ON fb.id = fr.person_id
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.to_id
			JOIN members.person b ON b.id = br.person_id
			JOIN members.role pr ON pr.cooperative_id = t.cooperative_id AND pr.id = t.proposed_by
			JOIN members.person pb ON pb.id = pr.person_id` + members.OwnRows + `ORDER BY t.proposed_at, t.id`},
		{Name: "stand_ins", From: "coaching.stand_in", SQL: `
			SELECT c.name AS cooperative, cb.name AS coach, b.name AS colleague, t.begins AS from_day, t.until, t.named_at, t.ended_at
			FROM coaching.stand_in t
			JOIN members.role cr ON cr.cooperative_id = t.cooperative_id AND cr.id = t.coach_id
			JOIN members.person cb ON cb.id = cr.person_id
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.colleague_id
			JOIN members.person b ON b.id = br.person_id` + members.OwnRows + `ORDER BY t.begins, t.id`},
		// Whom they asked and who said nothing, or no, is not theirs to know: that they
		// asked stands among their deeds.
		{Name: "buddies", From: "coaching.buddy", SQL: `
			SELECT c.name AS cooperative, b.name AS buddy, t.state, t.asked_at, t.until, t.closed_at FROM coaching.buddy t
			JOIN members.member bm ON bm.cooperative_id = t.cooperative_id AND bm.id = t.buddy_id
			JOIN members.role br ON br.cooperative_id = bm.cooperative_id AND br.id = bm.role_id
			JOIN members.person b ON b.id = br.person_id` + members.OwnRows + `AND (t.until IS NOT NULL OR t.buddy_yes AND t.asked_by <> r.id) ORDER BY t.asked_at, t.id`},
		{Name: "buddy_messages", From: "coaching.buddy_message", SQL: `
			SELECT c.name AS cooperative, x.by_member AS i_wrote, x.text, 'buddy_message.text@' || x.id AS "text@", x.sent_at FROM coaching.buddy t
			JOIN coaching.buddy_message x ON x.cooperative_id = t.cooperative_id AND x.pair_id = t.id` + members.OwnRows + `ORDER BY x.sent_at, x.id`},
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
		{Name: "rails", From: "coaching.guard_rail", SQL: `
			SELECT c.name AS cooperative, t.kind, t.minutes, t.metres, t.groups, t.review_on, t.reason, 'guard_rail.reason@' || t.id AS "reason@", t.state, t.by_member,
				b.name AS proposed_by, t.proposed_at, ab.name AS answered_by, t.answered_at, cb.name AS closed_by, t.closed_at
			FROM coaching.guard_rail t
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.proposed_by
			JOIN members.person b ON b.id = br.person_id
			LEFT JOIN members.role ar ON ar.cooperative_id = t.cooperative_id AND ar.id = t.answered_by
			LEFT JOIN members.person ab ON ab.id = ar.person_id
			LEFT JOIN members.role cr ON cr.cooperative_id = t.cooperative_id AND cr.id = t.closed_by
			LEFT JOIN members.person cb ON cb.id = cr.person_id` + members.OwnRows + `ORDER BY t.proposed_at, t.id`},
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
		{Name: "contacts", From: "coaching.contact", SQL: `
			SELECT c.name AS cooperative, b.name AS coach, t.kind, t.at, t.minutes, t.why, 'contact.why@' || t.id AS "why@", t.next, 'contact.next@' || t.id AS "next@", t.logged_at
			FROM coaching.contact t
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.coach_id
			JOIN members.person b ON b.id = br.person_id` + members.OwnRows + `ORDER BY t.at, t.id`},
		{Name: "goals_with_coach", From: "coaching.goal", SQL: `
			SELECT c.name AS cooperative, t.text, 'goal.text@' || t.id AS "text@", t.state, t.aim_on, b.name AS written_by, t.made_at, t.ended_at
			FROM coaching.goal t
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.made_by
			JOIN members.person b ON b.id = br.person_id` + members.OwnRows + `ORDER BY t.made_at, t.id`},
		{Name: "goal_steps", From: "coaching.goal_step", SQL: `
			SELECT c.name AS cooperative, t.text, 'goal_step.text@' || t.id AS "text@", t.made_at, t.done_at FROM coaching.goal_step t` + members.OwnRows + `ORDER BY t.made_at, t.id`},
		{Name: "work_steps", From: "coaching.work_step", SQL: `
			SELECT c.name AS cooperative, t.step, t.was AS step_before, b.name AS by, t.at, t.why AS reason, 'work_step.why@' || t.id AS "reason@"
			FROM coaching.work_step t
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.by_role_id
			JOIN members.person b ON b.id = br.person_id` + members.OwnRows + `ORDER BY t.at, t.id`},
		{Name: "rungs", From: "coaching.rung", SQL: `
			SELECT c.name AS cooperative, t.step, t.occasion, t.state, b.name AS proposed_by, t.proposed_at, t.settled_at
			FROM coaching.rung t
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.proposed_by
			JOIN members.person b ON b.id = br.person_id` + members.OwnRows + `ORDER BY t.proposed_at, t.id`},
		{Name: "self_scores", From: "coaching.self_score", SQL: `
			SELECT c.name AS cooperative, t.week, t.feel, t.work, t.next, t.given_at FROM coaching.self_score t` + members.OwnRows + `ORDER BY t.week`},
		{Name: "statements", From: "coaching.statement", SQL: `
			SELECT c.name AS cooperative, b.name AS coach, t.funder, coalesce(t.funder_name, u.name) AS funder_name, t.from_day, t.until_day, t.state,
				t.summary, 'statement.summary@' || t.id AS "summary@", t.content, 'statement.content@' || t.id AS "content@",
				t.begun_at, t.moved_at, t.coach_signed_at, t.member_signed_at
			FROM coaching.statement t
			LEFT JOIN members.municipality u ON u.cooperative_id = t.cooperative_id AND u.id = t.municipality_id
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.coach_id
			JOIN members.person b ON b.id = br.person_id` + members.OwnRows + `ORDER BY t.begun_at, t.id`},
		{Name: "satisfaction", From: "coaching.satisfaction", SQL: `
			SELECT c.name AS cooperative, t.by_kind, l.name AS client, t.asked_at, t.agreed_at, t.refused_at, t.given_at, t.reach, t.clear, t.help, t.result, t.overall,
				t.words, 'satisfaction.words@' || t.id AS "words@"
			FROM coaching.satisfaction t
			LEFT JOIN members.client l ON l.cooperative_id = t.cooperative_id AND l.id = t.client_id` + members.OwnRows + `ORDER BY t.asked_at, t.id`},
		{Name: "statements_by_me", From: "coaching.statement", SQL: `
			SELECT c.name AS cooperative, t.funder, t.from_day, t.until_day, t.state, t.begun_at, t.coach_signed_at FROM coaching.statement t` + byRole + `coach_id WHERE r.person_id = $1 ORDER BY t.begun_at, t.id`},
		{Name: "satisfaction_by_me", From: "coaching.satisfaction", SQL: `
			SELECT c.name AS cooperative, t.given_at, t.reach, t.clear, t.help, t.result, t.overall FROM coaching.satisfaction t` + byRole + `given_by
			WHERE r.person_id = $1 AND t.by_kind = 'client' ORDER BY t.given_at, t.id`},
		{Name: "contacts_by_me", From: "coaching.contact", SQL: `
			SELECT c.name AS cooperative, t.kind, t.at, t.minutes FROM coaching.contact t` + byRole + `coach_id WHERE r.person_id = $1 ORDER BY t.at, t.id`},
		{Name: "goals_by_me", From: "coaching.goal", SQL: `
			SELECT c.name AS cooperative, t.state, t.made_at FROM coaching.goal t` + byRole + `made_by WHERE r.person_id = $1 ORDER BY t.made_at, t.id`},
		{Name: "rungs_by_me", From: "coaching.rung", SQL: `
			SELECT c.name AS cooperative, t.occasion, t.state, t.proposed_by = r.id AS i_proposed, t.settled_by = r.id AS i_settled, t.proposed_at, t.settled_at FROM coaching.rung t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND (t.proposed_by = r.id OR t.settled_by = r.id) WHERE r.person_id = $1 ORDER BY t.proposed_at, t.id`},
		{Name: "caseload", From: "coaching.caseload", SQL: `
			SELECT c.name AS cooperative, t.since FROM coaching.caseload t` + byRole + `coach_id WHERE r.person_id = $1 ORDER BY t.since, t.member_id`},
		{Name: "handovers_of_mine", From: "coaching.handover", SQL: `
			SELECT c.name AS cooperative, t.from_id = r.id AS i_left, t.to_id = r.id AS i_came, t.proposed_by = r.id AS i_proposed, t.reason, t.day, t.ticked, t.state, t.proposed_at, t.closed_at
			FROM coaching.handover t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id IN (t.from_id, t.to_id, t.proposed_by) WHERE r.person_id = $1 ORDER BY t.proposed_at, t.id, r.id`},
		{Name: "stand_ins_of_mine", From: "coaching.stand_in", SQL: `
			SELECT c.name AS cooperative, t.colleague_id = r.id AS i_stood, t.begins AS from_day, t.until, t.named_at, t.ended_at
			FROM coaching.stand_in t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id IN (t.coach_id, t.colleague_id) WHERE r.person_id = $1 ORDER BY t.begins, t.id, r.id`},
		{Name: "buddy_of", From: "coaching.buddy", SQL: `
			SELECT c.name AS cooperative, t.state, t.asked_at, t.until, t.closed_at,
				(SELECT count(*) FROM coaching.buddy_message x WHERE x.cooperative_id = t.cooperative_id AND x.pair_id = t.id AND NOT x.by_member) AS messages
			FROM coaching.buddy t
			JOIN members.member bm ON bm.cooperative_id = t.cooperative_id AND bm.id = t.buddy_id
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = bm.cooperative_id AND r.id = bm.role_id WHERE r.person_id = $1 ORDER BY t.asked_at, t.id`},
		{Name: "buddies_proposed", From: "coaching.buddy", SQL: `
			SELECT c.name AS cooperative, t.state, t.asked_at FROM coaching.buddy t` + byRole + `asked_by WHERE r.person_id = $1 ORDER BY t.asked_at, t.id`},
		{Name: "questions_to_me", From: "coaching.question", SQL: `
			SELECT c.name AS cooperative, t.state, t.asked_at, t.answer_before FROM coaching.question t` + byRole + `coach_id WHERE r.person_id = $1 ORDER BY t.asked_at, t.id`},
		{Name: "questions_answered", From: "coaching.question", SQL: `
			SELECT c.name AS cooperative, t.asked_at, t.answered_at FROM coaching.question t` + byRole + `answered_by WHERE r.person_id = $1 ORDER BY t.answered_at, t.id`},
		{Name: "reports_handled", From: "coaching.report", SQL: `
			SELECT c.name AS cooperative, t.taken_by = r.id AS i_took, t.closed_by = r.id AS i_closed, t.reported_at, t.taken_at, t.closed_at FROM coaching.report t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND (t.taken_by = r.id OR t.closed_by = r.id) WHERE r.person_id = $1 ORDER BY t.taken_at, t.id`},
		{Name: "rails_handled", From: "coaching.guard_rail", SQL: `
			SELECT c.name AS cooperative, t.kind, t.proposed_by = r.id AS i_proposed, t.answered_by = r.id AS i_answered, t.closed_by = r.id AS i_closed,
				t.proposed_at, t.answered_at, t.closed_at FROM coaching.guard_rail t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND (t.proposed_by = r.id OR t.answered_by = r.id OR t.closed_by = r.id)
			WHERE r.person_id = $1 AND r.kind <> 'member' ORDER BY t.proposed_at, t.id`},
	}
}
