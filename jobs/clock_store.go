package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// hoursColumns are those of the clock and of what was said about hours, at the
// end of works; hoursRow reads them.
const hoursColumns = `,
		` + noTime + `e.checked_in_at), ` + noTime + `e.check_in_received_at), e.check_in_id,
		` + noTime + `e.checked_out_at), ` + noTime + `e.check_out_received_at), e.check_out_id, coalesce(e.clock_break_minutes, 0),
		coalesce((SELECT cp.name FROM members.role cr JOIN members.person cp ON cp.id = cr.person_id
			WHERE cr.cooperative_id = e.cooperative_id AND cr.id = e.clock_helper_id), ''),
		coalesce(t.break_minutes, 0), coalesce(t.round, 0), ` + noTime + `t.proposed_at), coalesce(t.automatic, false)`

// noTime begins a time that is zero where there is none.
const noTime = `greatest('0001-01-01 00:00:00Z'::timestamptz, `

type hoursRow struct {
	work              *Work
	clocked, proposed int // minutes of break
}

func (w *Work) hoursInto() *hoursRow { return &hoursRow{work: w} }

func (r *hoursRow) into() []any {
	c, t := &r.work.Clock, &r.work.Sheet
	return []any{&c.In, &c.InSent, &c.inID, &c.Out, &c.OutSent, &c.outID, &r.clocked, &c.Helper, &r.proposed, &t.Round, &t.Since, &t.Auto}
}

func (r *hoursRow) done() {
	r.work.Clock.Break, r.work.Sheet.Break = time.Duration(r.clocked)*time.Minute, time.Duration(r.proposed)*time.Minute
}

func updateClock(ctx context.Context, tx pgx.Tx, by members.Actor, w Work, done bool, now time.Time) error {
	query, at, press := `
		UPDATE jobs.engagement SET state = $3, checked_in_at = $4, check_in_received_at = $5, check_in_id = $6, clock_helper_id = $7
		WHERE cooperative_id = $1 AND id = $2`, w.Clock.In, w.Clock.inID
	args := []any{}
	if done {
		query, at, press = `
		UPDATE jobs.engagement SET state = $3, checked_out_at = $4, check_out_received_at = $5, check_out_id = $6,
			clock_helper_id = coalesce($7, clock_helper_id), clock_break_minutes = $8
		WHERE cooperative_id = $1 AND id = $2`, w.Clock.Out, w.Clock.outID
		args = append(args, int(w.Clock.Break/time.Minute))
	}
	_, err := tx.Exec(ctx, query, append([]any{by.Cooperative, w.ID, string(w.State), at, now, press, by.Helper.Role}, args...)...)
	return err
}
