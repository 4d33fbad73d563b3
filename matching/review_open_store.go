package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// countOpenReviews counts those that wait at a moment, the first argument.
func countOpenReviews(ctx context.Context, db *pgxpool.Pool, where string, now time.Time, args ...any) (o members.OpenReviews, err error) {
	const query = `SELECT count(*), count(*) FILTER (WHERE v.due_at <= $1), min(v.asked_at) FROM matching.review v WHERE v.answered_at IS NULL`
	var oldest *time.Time
	err = db.QueryRow(ctx, query+where, append([]any{now}, args...)...).Scan(&o.Count, &o.Late, &oldest)
	if oldest != nil {
		o.Oldest = oldest.UTC()
	}
	return o, err
}
