package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// hoursAgreed holds for work (e) whose hours (t) both sides agreed; none are no
// work.
const hoursAgreed = hoursSettled + ` AND t.state = 'agreed' AND t.minutes > 0`

// isPartPay holds for hours (t) that are pay for work which the client called
// off, and isTrial for work (e) that was a trial placement.
const (
	isPartPay = `t.part_pay`
	isTrial   = `e.work_form = 'trial_placement'`
)

const selectRecorded = `
	SELECT to_char(e.starts_at AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM-DD'), t.minutes, ` + isTrial + `, c.id, c.kind,
		CASE WHEN c.name_on_record THEN c.name ELSE '' END,
		ARRAY(SELECT DISTINCT k.group_code FROM jobs.gig_skill gs JOIN members.skill k ON k.code = gs.skill_code
			WHERE gs.cooperative_id = g.cooperative_id AND gs.gig_id = g.id ORDER BY 1)
	FROM jobs.engagement e
	JOIN jobs.timesheet t ON t.cooperative_id = e.cooperative_id AND t.engagement_id = e.id
	JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
	JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
	JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
	WHERE e.cooperative_id = $1 AND e.member_id = $2 AND e.starts_at >= $3 AND e.starts_at < $4
		AND ` + hoursAgreed + ` AND NOT ` + isPartPay + `
	ORDER BY e.starts_at, e.id`

// listRecorded gives the member's work of these days in the order of time.
func listRecorded(ctx context.Context, db *pgxpool.Pool, by members.Actor, w RecordWish) ([]recorded, error) {
	from, until := spanOf(w.From, w.Until)
	rows, err := db.Query(ctx, selectRecorded, by.Cooperative, by.Member, from, until)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r recorded, err error) {
		err = row.Scan(&r.day, &r.minutes, &r.trial, &r.client, &r.kind, &r.name, &r.groups)
		return r, err
	})
}
