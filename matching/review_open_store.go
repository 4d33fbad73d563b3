package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

func countOpenReviews(ctx context.Context, db *pgxpool.Pool, now time.Time) (o members.OpenReviews, err error) {
	const query = `SELECT count(*), count(*) FILTER (WHERE due_at <= $1), min(asked_at) FROM matching.review WHERE answered_at IS NULL`
	var oldest *time.Time
	err = db.QueryRow(ctx, query, now).Scan(&o.Count, &o.Late, &oldest)
	if oldest != nil {
		o.Oldest = oldest.UTC()
	}
	return o, err
}
