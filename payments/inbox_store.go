package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// insertEvents stores those that are not there yet, and gives their ids.
func insertEvents(ctx context.Context, tx pgx.Tx, from Endpoint, events []Event, now time.Time) (stored []string, err error) {
	const query = `
		INSERT INTO payments.event (id, endpoint, account, kind, object, happened_at, received_at)
		SELECT id, $1, account, kind, object, happened_at, $2
		FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[]) AS e (id, account, kind, object, happened_at)
		ON CONFLICT (id) DO NOTHING RETURNING id`
	if len(events) == 0 {
		return nil, nil
	}
	var ids, accounts, kinds, objects []string
	var times []time.Time
	for _, e := range events {
		ids, accounts, kinds = append(ids, e.ID), append(accounts, e.Account), append(kinds, e.Kind)
		objects, times = append(objects, e.Object), append(times, e.At)
	}
	rows, err := tx.Query(ctx, query, string(from), now, ids, accounts, kinds, objects, times)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
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
