package demo_test

import (
	"testing"

	"meent/cmd/meent/demo"
)

// expectScenes looks in each cooperative for all that gigs, shifts and hours can be.
func expectScenes(t *testing.T, h demo.House) {
	t.Helper()
	const cooperative = `(SELECT id FROM members.cooperative ORDER BY name LIMIT 1 OFFSET $1)`
	const coming = ` FROM jobs.gig g LEFT JOIN jobs.gig_meeting m ON m.gig_id = g.id
		WHERE g.state = 'open' AND EXISTS (SELECT FROM jobs.shift s WHERE s.gig_id = g.id AND s.starts_at > $2) AND g.cooperative_id = ` + cooperative
	const work = ` FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id LEFT JOIN jobs.timesheet t ON t.engagement_id = e.id
		WHERE e.starts_at < $2::timestamptz + interval '30 days' AND e.cooperative_id = ` + cooperative
	of := func(table, when string) string {
		return ` FROM ` + table + ` x WHERE ` + when + ` < $2 AND x.cooperative_id = ` + cooperative
	}
	for name, query := range map[string]string{
		"a series but for a date": `SELECT count(*)` + coming + ` AND EXISTS (SELECT FROM jobs.series x WHERE x.gig_id = g.id AND cardinality(x.without_days) = 1)
			AND 5 = (SELECT count(*) FROM jobs.shift s WHERE s.gig_id = g.id AND s.series_id IS NOT NULL)`,
		"two photos": `SELECT count(*)` + coming + ` AND 2 = (SELECT count(*) FROM jobs.gig_photo x WHERE x.gig_id = g.id)`,
		"a copied week": `SELECT count(*)` + coming + ` AND m.travel = 'group' AND EXISTS (SELECT FROM jobs.shift a JOIN jobs.shift b ON b.gig_id = a.gig_id
			WHERE a.gig_id = g.id AND (b.starts_at AT TIME ZONE 'Europe/Amsterdam') - (a.starts_at AT TIME ZONE 'Europe/Amsterdam') = interval '7 days')`,
		"company, and a lift":         `SELECT count(*)` + coming + ` AND m.accompanied AND m.travel = 'offered' AND m.point <> ''`,
		"batches from home":           `SELECT count(*)` + coming + ` AND m.remote AND EXISTS (SELECT FROM jobs.shift s WHERE s.gig_id = g.id AND s.pieces > 0)`,
		"every work form":             `SELECT CASE count(DISTINCT g.work_form) WHEN 5 THEN 1 ELSE 0 END` + coming,
		"a skill that is required":    `SELECT count(*)` + coming + ` AND g.certificate AND g.dutch IS NOT NULL AND g.physical > 0 AND EXISTS (SELECT FROM jobs.gig_skill x WHERE x.gig_id = g.id AND x.need = 'required')`,
		"people in the planning":      `SELECT count(*) / 8` + work + ` AND e.state = 'confirmed' AND e.starts_at > $2`,
		"somebody on a buddy seat":    `SELECT count(*)` + work + ` AND e.seat = 'buddy' AND e.starts_at > $2`,
		"who read the briefing":       `SELECT count(*)` + of("jobs.briefing_read", "x.read_at"),
		"who did not read it":         `SELECT count(*)` + work + ` AND e.starts_at > $2 AND EXISTS (SELECT FROM jobs.briefing_read b WHERE b.gig_id = s.gig_id AND b.member_id <> e.member_id)`,
		"a draft with its first step": `SELECT count(*)` + of("jobs.gig", "x.touched_at") + ` AND x.state = 'draft' AND x.with_others`,
		"two on a step":               `SELECT count(DISTINCT x.step) / 3` + of("(SELECT DISTINCT ON (member_id) * FROM coaching.work_step ORDER BY member_id, at DESC)", "x.at") + ` AND x.was IS NOT NULL`,
		"who may lend":                `SELECT count(*) / 2 FROM members.lender_admission x WHERE $2::timestamptz IS NOT NULL AND x.cooperative_id = ` + cooperative,
		"ill, and replaced": `SELECT count(*)` + work + ` AND e.called_off_why = 'ill' AND e.starts_at < $2
			AND EXISTS (SELECT FROM jobs.engagement o WHERE o.shift_id = e.shift_id AND o.confirmed_at > e.called_off_at AND o.state <> 'cancelled')`,
		"called off, and part is paid": `SELECT count(*)` + work + ` AND e.called_off_by = 'client' AND t.part_pay`,
		"put right":                    `SELECT count(*) FROM members.audit x WHERE x.what = 'absence_put_right' AND x.at < $2 AND x.cooperative_id = ` + cooperative,
		"agreed by silence":            `SELECT count(*)` + work + ` AND t.automatic AND e.state = 'paid'`,
		"in dispute":                   `SELECT count(*)` + of("jobs.dispute", "x.disputed_at") + ` AND x.state = 'open'`,
		"hours as planned": `SELECT count(*)` + work + ` AND t.state = 'member_proposed'
			AND t.minutes = extract(epoch FROM s.ends_at - s.starts_at) / 60 - s.break_minutes`,
		"other hours, for the member to agree":  `SELECT count(*)` + work + ` AND t.state = 'client_proposed' AND t.reason IS NOT NULL`,
		"a client's words, answered and chosen": `SELECT count(*)` + of("jobs.feedback", "x.given_at") + ` AND x.side = 'client' AND x.answer IS NOT NULL AND x.chosen`,
		"a member's words, answered":            `SELECT count(*)` + of("jobs.feedback", "x.given_at") + ` AND x.side = 'member' AND x.answer IS NOT NULL`,
		"a favourite":                           `SELECT count(*)` + of("jobs.favourite", "x.answered_at") + ` AND x.state = 'on'`,
		"a favourite that was asked":            `SELECT count(*)` + of("jobs.favourite", "x.asked_at") + ` AND x.state = 'asked'`,
		"a saved search":                        `SELECT count(*)` + of("jobs.saved_search", "x.saved_at"),
		"a refusal":                             `SELECT count(*)` + of("members.client_refusal", "x.at"),
		"a job that waits":                      `SELECT count(*)` + of("jobs.job_offer", "x.offered_at") + ` AND x.state = 'asked'`,
		"a job that was taken":                  `SELECT count(*)` + of("jobs.job_offer", "x.offered_at") + ` AND x.state = 'taken'`,
		"a confirmed skill":                     `SELECT count(*)` + of("members.skill_evidence", "x.at"),
	} {
		for c := range 2 {
			if n := number(t, h.DB, query, c, h.Now()); n == 0 {
				t.Errorf("%s: none in cooperative %d", name, c)
			}
		}
	}
}
