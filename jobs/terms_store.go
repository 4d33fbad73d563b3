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

func raiseWork(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, to payments.Cents, now time.Time) error {
	const query = `
		UPDATE jobs.engagement e SET rate_cents = $3 FROM jobs.shift s
		WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND e.cooperative_id = s.cooperative_id AND e.shift_id = s.id
			AND e.state IN ('confirmed', 'started') AND e.ends_at > $4 AND e.rate_cents < $3`
	_, err := tx.Exec(ctx, query, c, gig, to, now)
	return err
}
