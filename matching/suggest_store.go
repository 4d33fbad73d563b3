package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

var selectOpenOnly = workOf(`s.starts_at > $2 AND s.called_off_at IS NULL AND g.state = 'open' AND s.seats > coalesce(taken.seats, 0) AND s.id = ANY ($4)`,
	`e.shift_id = ANY ($4)`)

// listOpenOnly reads each shift to come of an open gig that has a free seat, or only
// some of them; nil is all.
func listOpenOnly(ctx context.Context, tx pgx.Tx, c id.Cooperative, now time.Time, only []jobs.ShiftID) ([]Work, error) {
	if only == nil {
		return listOpenWork(ctx, tx, c, now)
	}
	return listWork(ctx, tx, c, selectOpenOnly, c, now, now.Add(jobs.RefillLeft), only)
}

// share is what of a member matters for points on a shift, beside what a seeker has,
// and whether they were asked for it before.
type share struct {
	asked    bool
	received time.Duration
	known    int
}

// listShares reads for one member and many shifts what readShare reads for one shift
// and many members.
func listShares(ctx context.Context, tx pgx.Tx, by members.Actor, list []suited) (map[jobs.ShiftID]share, error) {
	query := `
		WITH had AS MATERIALIZED (
			SELECT e.starts_at, ` + jobs.EndsAt + ` AS ends_at, g.client_id, ` + jobs.HoldsSeat + ` AS holds, ` + jobs.WasWorked + ` AS worked
			FROM jobs.engagement e
			JOIN jobs.shift t ON t.cooperative_id = e.cooperative_id AND t.id = e.shift_id
			JOIN jobs.gig g ON g.cooperative_id = t.cooperative_id AND g.id = t.gig_id
			WHERE e.cooperative_id = $1 AND e.member_id = $2)
		SELECT s.id,
			EXISTS (SELECT FROM matching.offer o WHERE o.cooperative_id = s.cooperative_id AND o.shift_id = s.id AND o.member_id = $2),
			coalesce((SELECT sum(extract(epoch FROM h.ends_at - h.starts_at))::bigint FROM had h
				WHERE h.holds AND h.starts_at BETWEEN s.starts_at - $4::interval AND s.starts_at + $4::interval), 0),
			(SELECT count(*) FROM had h WHERE h.worked AND h.client_id = g.client_id)
		FROM jobs.shift s JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE s.cooperative_id = $1 AND s.id = ANY ($3)`
	shifts := make([]jobs.ShiftID, len(list))
	for i, one := range list {
		shifts[i] = one.shift
	}
	rows, err := tx.Query(ctx, query, by.Cooperative, by.Member, shifts, engine.ShareSide)
	if err != nil {
		return nil, err
	}
	found := map[jobs.ShiftID]share{}
	var shift jobs.ShiftID
	var seconds int64
	var one share
	_, err = pgx.ForEachRow(rows, []any{&shift, &one.asked, &seconds, &one.known}, func() error {
		one.received = time.Duration(seconds) * time.Second
		found[shift] = one
		return nil
	})
	return found, err
}
