package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/payments"
)

// termsColumns are read with work, when it was stopped and what
// keeps it off a bill; its values go to termsRow. The row itself gets
// them when it is written: see jobs.keep_terms.
const termsColumns = `, e.contribution_bp, e.notice_hours, e.late_share_bp, ` + noTime + `e.stopped_at), ` + noTime + `e.unbilled_at), coalesce(e.unbilled_why, '')`

type termsRow struct {
	work  *Work
	hours int
}

func (w *Work) termsInto() *termsRow { return &termsRow{work: w} }

func (r *termsRow) into() []any {
	return []any{&r.work.Terms.Contribution, &r.hours, &r.work.Terms.LateShare, &r.work.StoppedAt, &r.work.Unbilled.At, &r.work.Unbilled.Why}
}

func (r *termsRow) done() { r.work.Terms.Notice = time.Duration(r.hours) * time.Hour }

// raiseWork raises what is not over, by id, as whoever calls it off locks it; also of
// somebody who was missed, because that may be put right.
func raiseWork(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, to payments.Cents, now time.Time) error {
	const query = `
		WITH mine AS (SELECT e.id FROM jobs.engagement e JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
			WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND e.ends_at > $4 AND e.rate_cents < $3
				AND e.state IN ('confirmed', 'started', 'finished', 'absent')
			ORDER BY e.id FOR UPDATE OF e)
		UPDATE jobs.engagement e SET rate_cents = $3 FROM mine WHERE e.cooperative_id = $1 AND e.id = mine.id`
	_, err := tx.Exec(ctx, query, c, gig, to, now)
	return err
}

// unbilled is work that is over and on no bill.
type unbilled struct {
	id           EngagementID
	starts, ends time.Time
	rate         payments.Cents
}

// lockUnbilled are those of the gig whose wage is less than this, by id.
func lockUnbilled(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, to payments.Cents, now time.Time) ([]unbilled, error) {
	const query = `
		SELECT e.id, e.starts_at, e.ends_at, e.rate_cents FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND e.rate_cents < $3 AND e.ends_at <= $4
			AND (e.state IN ('confirmed', 'started', 'finished', 'absent') OR e.state = 'cancelled' AND e.unbilled_at IS NOT NULL)
		ORDER BY e.id FOR UPDATE OF e`
	rows, err := tx.Query(ctx, query, c, gig, to, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (u unbilled, err error) {
		err = row.Scan(&u.id, &u.starts, &u.ends, &u.rate)
		return u, err
	})
}

func updateWage(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID, to payments.Cents) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.engagement SET rate_cents = $3 WHERE cooperative_id = $1 AND id = $2`, c, e, to)
	return err
}
