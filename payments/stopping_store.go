package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

const selectStopped = `
	SELECT s.id, s.cause, s.since, s.reason, coalesce(b.name, ''), coalesce(a.name, ''), coalesce(s.asked_at, '0001-01-01 00:00:00Z'),
		coalesce(l.name, ''), coalesce(s.lifted_at, '0001-01-01 00:00:00Z'),
		(SELECT count(*) FROM payments.adopted x WHERE x.cooperative_id = s.cooperative_id AND x.stop_id = s.id), a.id
	FROM payments.stop s
	LEFT JOIN members.role rb ON rb.cooperative_id = s.cooperative_id AND rb.id = s.stopped_by
	LEFT JOIN members.person b ON b.id = rb.person_id
	LEFT JOIN members.role ra ON ra.cooperative_id = s.cooperative_id AND ra.id = s.asked_by
	LEFT JOIN members.person a ON a.id = ra.person_id
	LEFT JOIN members.role rl ON rl.cooperative_id = s.cooperative_id AND rl.id = s.lifted_by
	LEFT JOIN members.person l ON l.id = rl.person_id
	WHERE s.cooperative_id = $1`

func scanStopped(row pgx.Row) (s Stopped, err error) {
	err = row.Scan(&s.ID, &s.Cause, &s.Since, &s.Reason, &s.By, &s.AskedBy, &s.AskedAt, &s.LiftedBy, &s.LiftedAt, &s.Adopted, &s.asker)
	return s, notFound(err)
}

func collectStopped(rows pgx.Rows, err error) ([]Stopped, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Stopped, error) { return scanStopped(row) })
}

func listStopped(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Stopped, error) {
	return collectStopped(db.Query(ctx, selectStopped+`
		ORDER BY s.lifted_at IS NOT NULL, CASE WHEN s.lifted_at IS NULL THEN s.since END, s.since DESC, s.id LIMIT 50`, c))
}

func lockStop(ctx context.Context, tx pgx.Tx, c id.Cooperative, stop id.Of[Stop]) (Stopped, error) {
	return scanStopped(tx.QueryRow(ctx, selectStopped+` AND s.id = $2 FOR NO KEY UPDATE OF s`, c, stop))
}

// lockStops are those that last and that no hand made.
func lockStops(ctx context.Context, tx pgx.Tx, c id.Cooperative) ([]Stopped, error) {
	return collectStopped(tx.Query(ctx, selectStopped+` AND s.lifted_at IS NULL AND s.cause <> 'hand' ORDER BY s.since, s.id FOR NO KEY UPDATE OF s`, c))
}

func stopByHand(ctx context.Context, tx pgx.Tx, by members.Actor, stop id.Of[Stop], reason string, now time.Time) error {
	const query = `
		INSERT INTO payments.stop (id, cooperative_id, cause, since, stopped_by, reason) VALUES ($1, $2, 'hand', $3, $4, $5)
		ON CONFLICT (cooperative_id, cause) WHERE lifted_at IS NULL DO NOTHING`
	tag, err := tx.Exec(ctx, query, stop, by.Cooperative, now, by.Role, reason)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrStoppedBefore
	}
	return err
}

func askResume(ctx context.Context, tx pgx.Tx, by members.Actor, stop id.Of[Stop], now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE payments.stop SET asked_by = $3, asked_at = $4 WHERE cooperative_id = $1 AND id = $2`, by.Cooperative, stop, by.Role, now)
	return err
}

// liftStop: no role is an operator.
func liftStop(ctx context.Context, tx pgx.Tx, c id.Cooperative, stop id.Of[Stop], by members.RoleID, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE payments.stop SET lifted_at = $3, lifted_by = $4 WHERE cooperative_id = $1 AND id = $2`, c, stop, now, by)
	return err
}

func hasStop(ctx context.Context, tx pgx.Tx, c id.Cooperative) (stopped bool, err error) {
	err = tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM payments.stop WHERE cooperative_id = $1 AND lifted_at IS NULL)`, c).Scan(&stopped)
	return stopped, err
}

// readLook says when the books were compared last, and how much differs that
// nobody explained, sure or not.
func readLook(ctx context.Context, tx pgx.Tx, c id.Cooperative) (at time.Time, open int, err error) {
	const query = `
		SELECT coalesce((SELECT upto FROM payments.cursor WHERE what = 'books' AND account = ''), '0001-01-01 00:00:00Z'),
			(SELECT count(*) FROM payments.difference WHERE cooperative_id = $1 AND closed_at IS NULL AND explained_at IS NULL)`
	err = tx.QueryRow(ctx, query, c).Scan(&at, &open)
	return at, open, err
}

// sumDueHere is what leaves once a stop is lifted.
func sumDueHere(ctx context.Context, tx pgx.Tx, c id.Cooperative) (sum Cents, err error) {
	const query = `
		SELECT coalesce((SELECT sum(cents - reversed_cents) FROM payments.payout WHERE cooperative_id = $1 AND state = 'due'), 0)::bigint
			+ coalesce((SELECT sum(cents) FROM payments.refund WHERE cooperative_id = $1 AND state = 'approved'), 0)::bigint
			+ coalesce((SELECT sum(cents - used_cents - lost_cents) FROM payments.deposit WHERE cooperative_id = $1 AND state = 'returned' AND refund_id IS NULL), 0)::bigint`
	err = tx.QueryRow(ctx, query, c).Scan(&sum)
	return sum, err
}
