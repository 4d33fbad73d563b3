package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// lockFavouritesOfGone are those of a member who left that wait or are on.
func lockFavouritesOfGone(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) ([]Favourite, error) {
	const query = favouriteColumns + `f.member_id = $2 AND f.state IN ('asked', 'on') AND m.state = 'alumni' ORDER BY f.id FOR UPDATE OF f`
	rows, err := tx.Query(ctx, query, c, m)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Favourite, error) {
		f, _, err := scanFavourite(row)
		return f, err
	})
}

// lockJobsOfGone are the job offers to a member who left that wait.
func lockJobsOfGone(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) ([]lockedJob, error) {
	const query = jobColumns + `o.member_id = $2 AND o.closed_at IS NULL AND m.state = 'alumni' ORDER BY o.id FOR UPDATE OF o`
	rows, err := tx.Query(ctx, query, c, m)
	return collectJobs(rows, err)
}
