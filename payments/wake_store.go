package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/tasks"
)

func listAllDue(ctx context.Context, tx pgx.Tx, c id.Cooperative) ([]tasks.Task, error) {
	const query = `
		SELECT id, transfer_id IS NOT NULL FROM payments.payout
		WHERE cooperative_id = $1 AND state = 'due' ORDER BY due_at, id LIMIT 1000`
	rows, err := tx.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (tasks.Task, error) {
		var payout PayoutID
		var there bool
		err := row.Scan(&payout, &there)
		return takeUp(c, payout, there), err
	})
}

func listUnknown(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, before time.Time) ([]UnknownErrand, error) {
	const query = `
		SELECT kind, subject, tries, first_at FROM payments.errand
		WHERE cooperative_id = $1 AND state = 'open' AND tries > 0 AND first_at < $2 ORDER BY first_at, kind, subject LIMIT 200`
	rows, err := db.Query(ctx, query, c, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[UnknownErrand])
}
