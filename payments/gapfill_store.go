package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// findCursor is until when that was read of an account; zero: never.
func findCursor(ctx context.Context, db *pgxpool.Pool, what, account string) (upto time.Time, err error) {
	err = db.QueryRow(ctx, `SELECT upto FROM payments.cursor WHERE what = $1 AND account = $2`, what, account).Scan(&upto)
	if errors.Is(err, pgx.ErrNoRows) {
		return time.Time{}, nil
	}
	return upto, err
}

// keepCursor never goes back: of two readers the later one counts.
func keepCursor(ctx context.Context, tx pgx.Tx, what, account string, upto time.Time) error {
	const query = `
		INSERT INTO payments.cursor (what, account, upto) VALUES ($1, $2, $3)
		ON CONFLICT (what, account) DO UPDATE SET upto = greatest(cursor.upto, excluded.upto)`
	_, err := tx.Exec(ctx, query, what, account, upto)
	return err
}

// listOpenAccounts are those on which something is under way, or was lately, and that had
// no turn since t began; those that had none for longest come first.
func listOpenAccounts(ctx context.Context, db *pgxpool.Pool, since time.Time, t FillGaps) ([]string, error) {
	const query = `
		SELECT e.account FROM payments.payee e
		LEFT JOIN payments.cursor u ON u.what = $3 AND u.account = e.account
		WHERE (u.upto IS NULL OR u.upto < $2) AND EXISTS (SELECT FROM payments.payout o WHERE o.cooperative_id = e.cooperative_id AND o.member_id = e.member_id
			AND (o.state NOT IN ('paid', 'reversed') OR coalesce(o.paid_at, o.reversed_at) > $1)) ORDER BY u.upto NULLS FIRST, 1`
	rows, err := db.Query(ctx, query, since, t.Began, t.turn())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
