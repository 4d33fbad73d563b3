package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func insertEvent(ctx context.Context, tx pgx.Tx, e Event, from Endpoint, now time.Time) (isNew bool, err error) {
	const query = `
		INSERT INTO payments.event (id, endpoint, account, kind, object, happened_at, received_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`
	tag, err := tx.Exec(ctx, query, e.ID, string(from), e.Account, e.Kind, e.Object, e.At, now)
	return tag.RowsAffected() > 0, err
}

func findEvent(ctx context.Context, db *pgxpool.Pool, event string) (e Event, from Endpoint, err error) {
	const query = `SELECT id, account, kind, object, happened_at, endpoint FROM payments.event WHERE id = $1`
	err = db.QueryRow(ctx, query, event).Scan(&e.ID, &e.Account, &e.Kind, &e.Object, &e.At, &from)
	return e, from, notFound(err)
}

func markEventDone(ctx context.Context, tx pgx.Tx, event string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE payments.event SET done_at = $2 WHERE id = $1`, event, now)
	return err
}
