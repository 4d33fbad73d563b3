package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// markUnbilled keeps since when it is so, and why now.
func markUnbilled(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID, why UnbilledWhy, now time.Time) error {
	const query = `UPDATE jobs.engagement SET unbilled_at = coalesce(unbilled_at, $4), unbilled_why = $3 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, e, string(why), now)
	return err
}

func unmarkUnbilled(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID) error {
	const query = `UPDATE jobs.engagement SET unbilled_at = NULL, unbilled_why = NULL WHERE cooperative_id = $1 AND id = $2 AND unbilled_at IS NOT NULL`
	_, err := tx.Exec(ctx, query, c, e)
	return err
}

func listUnbilled(ctx context.Context, db querier, c id.Cooperative) ([]Work, error) {
	rows, err := db.Query(ctx, works+` AND e.unbilled_at IS NOT NULL ORDER BY e.unbilled_at, e.id LIMIT 200`, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanWork)
}
