package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const eventColumns = `id, account, type, object, request_id, idempotency_key, created_at, due_at, tries, number`

func insertEvent(ctx context.Context, tx pgx.Tx, e event) error {
	const query = `
		INSERT INTO stripesim.event (id, account, type, object, request_id, idempotency_key, created_at, due_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	_, err := tx.Exec(ctx, query, e.ID, e.Account, e.Type, e.Object, e.Request, e.Key, e.Created, e.Due)
	return err
}

// findEvent and selectEvents know what is not too old.
func findEvent(ctx context.Context, tx pgx.Tx, id, account string, since time.Time) (event, error) {
	const query = `SELECT ` + eventColumns + ` FROM stripesim.event WHERE id = $1 AND account = $2 AND created_at > $3`
	return collectOne[event](ctx, tx, eventKind(), "", query, id, account, since)
}

func selectEvents(ctx context.Context, tx pgx.Tx, p page, account string, types []string, since time.Time) ([]event, error) {
	const query = `
		SELECT ` + eventColumns + ` FROM stripesim.event
		WHERE account = $5 AND (cardinality($6::text[]) = 0 OR type LIKE ANY ($6)) AND created_at > $7` + pageTail
	return collect[event](ctx, tx, query, p.args(account, types, since)...)
}

// claimEvents takes what is due, so that nobody else sends it before the hold
// ends; whoever dies with it leaves it due then.
func claimEvents(ctx context.Context, db *pgxpool.Pool, now time.Time, hold time.Duration, most int) ([]event, error) {
	const query = `
		UPDATE stripesim.event SET due_at = $2, tries = tries + 1
		WHERE id = ANY (ARRAY( -- by their keys: joined, all events are read for these few
			SELECT id FROM stripesim.event WHERE due_at <= $1
			ORDER BY due_at, number LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
		))
		RETURNING ` + eventColumns
	rows, err := db.Query(ctx, query, now, now.Add(hold), most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[event])
}

func markDelivered(ctx context.Context, db *pgxpool.Pool, id string, now time.Time) error {
	const query = `UPDATE stripesim.event SET delivered_at = $2, due_at = NULL, last_error = NULL WHERE id = $1`
	_, err := db.Exec(ctx, query, id, now)
	return err
}

func markUndelivered(ctx context.Context, db *pgxpool.Pool, id, why string, due time.Time) error {
	const query = `UPDATE stripesim.event SET due_at = $3, last_error = $2 WHERE id = $1 AND delivered_at IS NULL`
	_, err := db.Exec(ctx, query, id, why, due)
	return err
}

// markDue lets events be sent again; of which nobody was to be told stay unsent.
func markDue(ctx context.Context, tx pgx.Tx, ids []string, now time.Time) error {
	const query = `UPDATE stripesim.event SET due_at = $2, delivered_at = NULL WHERE id = ANY ($1) AND (delivered_at IS NOT NULL OR due_at IS NOT NULL)`
	_, err := tx.Exec(ctx, query, ids, now)
	return err
}
