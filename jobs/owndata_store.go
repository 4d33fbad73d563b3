package jobs

import (
	"meent/internal/owndata"
	"meent/members"
)

func ownQueries() []owndata.Query {
	return []owndata.Query{
		{Name: "work", From: "jobs.engagement", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, g.title, pl.name AS place, t.starts_at, t.ends_at, s.break_minutes, t.rate_cents, t.state, t.seat, t.work_form, t.confirmed_at,
				t.checked_in_at, t.checked_out_at, t.clock_break_minutes,
				t.called_off_at, t.called_off_by, t.called_off_why, t.called_off_text, 'engagement.called_off_text@' || t.id AS "called_off_text@", t.absent_at, t.absent_denied_at,
				t.absent_upheld_at, up.name AS decided_by, t.absent_upheld_why, 'engagement.absent_upheld_why@' || t.id AS "absent_upheld_why@", t.there_at, t.company_name,
				t.stopped_at, t.unbilled_at, t.unbilled_why
			FROM jobs.engagement t
			JOIN jobs.shift s ON s.cooperative_id = t.cooperative_id AND s.id = t.shift_id
			JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
			JOIN members.client cl ON cl.cooperative_id = g.cooperative_id AND cl.id = g.client_id
			JOIN members.place pl ON pl.code = g.place_code
			LEFT JOIN members.role ur ON ur.cooperative_id = t.cooperative_id AND ur.id = t.absent_upheld_role_id
			LEFT JOIN members.person up ON up.id = ur.person_id` + members.OwnRows + `ORDER BY t.starts_at, t.id`},
		{Name: "hours", From: "jobs.timesheet", SQL: `
			SELECT c.name AS cooperative, g.title, t.starts_at, h.minutes, h.break_minutes, h.part_pay, h.state, h.automatic, h.reason, 'timesheet.reason@' || h.engagement_id AS "reason@", h.proposed_at, h.agreed_at, hp.name AS helper
			FROM jobs.timesheet h
			LEFT JOIN members.role hr ON hr.cooperative_id = h.cooperative_id AND hr.id = h.helper_id
			LEFT JOIN members.person hp ON hp.id = hr.person_id
			JOIN jobs.engagement t ON t.cooperative_id = h.cooperative_id AND t.id = h.engagement_id
			JOIN jobs.shift s ON s.cooperative_id = t.cooperative_id AND s.id = t.shift_id
			JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id` + members.OwnRows + `ORDER BY t.starts_at, h.id`},
		{Name: "trials_placed", From: "jobs.trial_placed", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, g.title, t.first_day
			FROM jobs.trial_placed t
			JOIN jobs.gig g ON g.cooperative_id = t.cooperative_id AND g.id = t.gig_id
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id` + members.OwnRows + `ORDER BY t.first_day, t.client_id`},
		{Name: "hours_said", From: "jobs.sheet_step", SQL: `
			SELECT c.name AS cooperative, g.title, h.at, h.what, coalesce(bp.name, '') AS by, h.minutes, h.break_minutes,
				h.reason, 'sheet_step.reason@' || h.engagement_id || '/' || h.n AS "reason@", hp.name AS helper
			FROM jobs.sheet_step h
			LEFT JOIN members.role br ON br.cooperative_id = h.cooperative_id AND br.id = h.role_id
			LEFT JOIN members.person bp ON bp.id = br.person_id
			LEFT JOIN members.role hr ON hr.cooperative_id = h.cooperative_id AND hr.id = h.helper_id
			LEFT JOIN members.person hp ON hp.id = hr.person_id
			JOIN jobs.engagement t ON t.cooperative_id = h.cooperative_id AND t.id = h.engagement_id
			JOIN jobs.shift s ON s.cooperative_id = t.cooperative_id AND s.id = t.shift_id
			JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id` + members.OwnRows + `ORDER BY t.starts_at, h.engagement_id, h.n`},
		{Name: "hours_disputed", From: "jobs.dispute", SQL: `
			SELECT c.name AS cooperative, g.title, h.disputed_at, coalesce(bp.name, '') AS by, h.undisputed_minutes, h.most_minutes,
				h.reason, 'dispute.reason@' || h.engagement_id AS "reason@", h.decided_at, h.decided_minutes, dp.name AS decided_by,
				h.decision, 'dispute.decision@' || h.engagement_id AS "decision@", hp.name AS helper
			FROM jobs.dispute h
			LEFT JOIN members.role br ON br.cooperative_id = h.cooperative_id AND br.id = h.by_role
			LEFT JOIN members.person bp ON bp.id = br.person_id
			LEFT JOIN members.role dr ON dr.cooperative_id = h.cooperative_id AND dr.id = h.decided_by
			LEFT JOIN members.person dp ON dp.id = dr.person_id
			LEFT JOIN members.role hr ON hr.cooperative_id = h.cooperative_id AND hr.id = h.helper_id
			LEFT JOIN members.person hp ON hp.id = hr.person_id
			JOIN jobs.engagement t ON t.cooperative_id = h.cooperative_id AND t.id = h.engagement_id
			JOIN jobs.shift s ON s.cooperative_id = t.cooperative_id AND s.id = t.shift_id
			JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id` + members.OwnRows + `ORDER BY h.disputed_at, h.id`},
		{Name: "gigs_posted", From: "jobs.gig", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, t.title, CASE WHEN r.ended_at IS NULL THEN t.description END AS details, t.language, pl.name AS place,
				CASE WHEN r.ended_at IS NULL THEN t.address END AS address, t.rate_cents, t.state, t.posted_at
			FROM jobs.gig t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id
			JOIN members.place pl ON pl.code = t.place_code
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id = t.posted_by
			WHERE r.person_id = $1 ORDER BY t.posted_at, t.id`},
		{Name: "meetings", From: "jobs.gig_meeting", SQL: ownMeetings},
		{Name: "briefings", From: "jobs.briefing_read", SQL: ownBriefings},
		{Name: "gig_photos", From: "jobs.gig_photo", SQL: `
			SELECT c.name AS cooperative, g.title, t.alt, t.width, t.height, t.added_at
			FROM jobs.gig_photo t
			JOIN jobs.gig g ON g.cooperative_id = t.cooperative_id AND g.id = t.gig_id
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = g.cooperative_id AND r.id = g.posted_by AND r.ended_at IS NULL
			WHERE r.person_id = $1 ORDER BY t.added_at, t.id`},
	}
}
