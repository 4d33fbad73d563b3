package feed

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/internal/retention"
)

// reader is a pool, a connection or a transaction.
type reader interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Now is the cursor of what the statement sees: in REPEATABLE READ, of all that the
// transaction sees. Every change before it can be seen. It returns ErrGone where
// nobody settled (Settle).
func Now(ctx context.Context, db reader) (c Cursor, err error) {
	var epoch *uuid.UUID
	if err := db.QueryRow(ctx, `SELECT pg_snapshot_xmin(pg_current_snapshot()), feed.epoch()`).Scan(&c.xid, &epoch); err != nil {
		return c, err
	}
	if epoch == nil {
		return c, ErrGone
	}
	c.epoch = *epoch
	return c, nil
}

// Read gives the changes after the cursor, at most so many, and the cursor after
// them. It passes no transaction that is still under way, so that there may be
// changes that are committed and not yet given. It returns ErrGone.
func Read(ctx context.Context, db reader, after Cursor, most int) (changes []Change, next Cursor, err error) {
	const query = `
		SELECT feed.epoch(), pg_snapshot_xmin(pg_current_snapshot()), t.upto, c.xid, c.cooperative_id, c.kind, c.entity
		FROM feed.taken t LEFT JOIN LATERAL (
			SELECT * FROM feed.change x
			WHERE (x.xid, x.kind, x.entity) > ($1::xid8, $2::text, $3::uuid) AND x.xid < pg_snapshot_xmin(pg_current_snapshot())
			ORDER BY x.xid, x.kind, x.entity LIMIT $4) c ON true`
	rows, err := db.Query(ctx, query, after.xid, after.kind, after.entity, most)
	if err != nil {
		return nil, after, err
	}
	var epoch *uuid.UUID
	var settled, taken uint64
	var xid *uint64
	var cooperative *id.Cooperative
	var kind *string
	var entity *uuid.UUID
	last := after
	_, err = pgx.ForEachRow(rows, []any{&epoch, &settled, &taken, &xid, &cooperative, &kind, &entity}, func() error {
		if xid != nil {
			changes = append(changes, Change{*cooperative, *kind, *entity})
			last = Cursor{after.epoch, *xid, *kind, *entity}
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, after, err
	case after.lost(epoch, settled) || after.xid <= taken:
		return nil, after, ErrGone
	case len(changes) < most && settled > last.xid: // all that is settled was read
		last = Cursor{epoch: after.epoch, xid: settled}
	}
	return changes, last, nil
}

// TidyTx takes away changes that have been kept long enough, some at a time, and
// notes up to where.
func TidyTx(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const query = `
		WITH old AS (SELECT ctid FROM feed.change WHERE at < $1 AND xid < pg_snapshot_xmin(pg_current_snapshot()) LIMIT $2 FOR UPDATE SKIP LOCKED),
			gone AS (DELETE FROM feed.change WHERE ctid = ANY (ARRAY(SELECT ctid FROM old)) RETURNING xid)
		UPDATE feed.taken SET upto = greatest(upto, (SELECT max(xid) FROM gone)) RETURNING (SELECT count(*) FROM gone)`
	var n int
	err = tx.QueryRow(ctx, query, at.Before, pg.Some).Scan(&n)
	return n >= pg.Some, err
}

// Ahead gives all changes after the cursor that can be seen, also those that Read
// keeps back for others that may come before them. It moves no cursor: it is for who
// must know what may not have been followed yet. It returns ErrGone.
func Ahead(ctx context.Context, db reader, after Cursor) ([]Change, error) {
	const query = `
		SELECT feed.epoch(), pg_snapshot_xmin(pg_current_snapshot()), t.upto, c.cooperative_id, c.kind, c.entity
		FROM feed.taken t LEFT JOIN feed.change c ON (c.xid, c.kind, c.entity) > ($1::xid8, $2::text, $3::uuid)`
	rows, err := db.Query(ctx, query, after.xid, after.kind, after.entity)
	if err != nil {
		return nil, err
	}
	var changes []Change
	var epoch, entity *uuid.UUID
	var settled, taken uint64
	var cooperative *id.Cooperative
	var kind *string
	_, err = pgx.ForEachRow(rows, []any{&epoch, &settled, &taken, &cooperative, &kind, &entity}, func() error {
		if kind != nil {
			changes = append(changes, Change{*cooperative, *kind, *entity})
		}
		return nil
	})
	if err == nil && (after.lost(epoch, settled) || after.xid <= taken) { // some of them may have been taken away
		return nil, ErrGone
	}
	return changes, err
}

// mostCounted is how many changes are counted.
const mostCounted = 100_000

// Behind counts the changes after the cursor that can be seen, up to some number, and
// gives the moment of the oldest; zero where there are none.
func Behind(ctx context.Context, db reader, after Cursor) (n int, oldest time.Time, err error) {
	const query = `SELECT count(*), min(at) FROM (
		SELECT at FROM feed.change WHERE (xid, kind, entity) > ($1::xid8, $2::text, $3::uuid) ORDER BY xid, kind, entity LIMIT $4) c`
	var at *time.Time
	err = db.QueryRow(ctx, query, after.xid, after.kind, after.entity, mostCounted).Scan(&n, &at)
	if at != nil {
		oldest = at.UTC()
	}
	return n, oldest, err
}
