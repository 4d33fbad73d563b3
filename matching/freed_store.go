package matching

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

func isCalledOff(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift jobs.ShiftID) (off bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM jobs.shift WHERE cooperative_id = $1 AND id = $2 AND called_off_at IS NOT NULL)`
	return off, tx.QueryRow(ctx, query, c, shift).Scan(&off)
}

// findLeft is the shift that the acting member called off. It returns members.ErrNotFound.
func findLeft(ctx context.Context, tx pgx.Tx, by members.Actor, engagement jobs.EngagementID) (shift jobs.ShiftID, err error) {
	const query = `
		SELECT shift_id FROM jobs.engagement
		WHERE cooperative_id = $1 AND member_id = $2 AND id = $3 AND state = 'cancelled' AND called_off_by = 'member'`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Member, engagement).Scan(&shift)
	if errors.Is(err, pgx.ErrNoRows) {
		return shift, members.ErrNotFound
	}
	return shift, err
}
