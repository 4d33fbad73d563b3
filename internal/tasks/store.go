package tasks

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// row is a task as it is queued.
type row struct {
	id          taskID
	cooperative id.Cooperative
	kind        string
	payload     json.RawMessage
	lane        Lane
	key         string
	created     time.Time
	due         time.Time
}

// attempt is one worker's hold on a task.
type attempt struct {
	id       taskID
	kind     string
	payload  []byte
	try      int
	failures int
	lane     Lane
}

// insertTask also wakes the workers at the commit, when there is work for them.
func insertTask(ctx context.Context, tx pgx.Tx, r row) (bool, error) {
	const query = `
		WITH queued AS (
			INSERT INTO tasks.task (id, cooperative_id, kind, payload, lane, key, state, created_at, due_at, turn_at)
			VALUES ($1, $2, $3, $4, $5, nullif($6, ''), 'waiting', $7, $8, $9)
			ON CONFLICT (kind, key) WHERE key IS NOT NULL DO NOTHING
			RETURNING due_at
		)
		SELECT CASE WHEN due_at <= $7 THEN pg_notify('tasks', '')::text END FROM queued`
	tag, err := tx.Exec(ctx, query, r.id, r.cooperative, r.kind, r.payload, int16(r.lane), r.key, r.created, r.due, r.lane.turn(r.due))
	return tag.RowsAffected() == 1, err
}

type claim struct {
	kinds  []string
	leases []float64 // seconds, for each kind
	now    time.Time
	most   int
}

// claimDue takes what is due, in the order of turns, and passes over what
// another worker is taking at this moment.
func claimDue(ctx context.Context, db *pgxpool.Pool, c claim) ([]attempt, error) {
	const query = `
		WITH next AS MATERIALIZED (
			SELECT id FROM tasks.task
			WHERE state = 'waiting' AND due_at <= $3 AND turn_at <= $4 AND kind = ANY ($1)
			ORDER BY turn_at LIMIT $5
			FOR UPDATE SKIP LOCKED
		)
		UPDATE tasks.task t
		SET state = 'running', tries = tries + 1, lease_until = $3 + lease.seconds * interval '1 second'
		FROM next, unnest($1::text[], $2::float8[]) AS lease (kind, seconds)
		WHERE t.id = next.id AND lease.kind = t.kind
		RETURNING t.id, t.kind, t.payload, t.tries, t.failures, t.lane`
	rows, err := db.Query(ctx, query, c.kinds, c.leases, c.now, c.now.Add(headStart), c.most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (attempt, error) {
		var a attempt
		err := r.Scan(&a.id, &a.kind, &a.payload, &a.try, &a.failures, &a.lane)
		return a, err
	})
}

// markDone returns errLost when the try is not the task's running one. Until tx
// ends nobody else can take the task.
func markDone(ctx context.Context, tx pgx.Tx, try attempt, now time.Time) error {
	const query = `
		UPDATE tasks.task SET state = 'done', ended_at = $3, lease_until = NULL, last_error = NULL
		WHERE id = $1 AND tries = $2 AND state = 'running'`
	tag, err := tx.Exec(ctx, query, try.id, try.try, now)
	if err == nil && tag.RowsAffected() == 0 {
		return errLost
	}
	return err
}

// markWaiting gives a task back, to be taken again from due on.
func markWaiting(ctx context.Context, db *pgxpool.Pool, try attempt, due time.Time) error {
	const query = `
		UPDATE tasks.task SET state = 'waiting', lease_until = NULL, due_at = $3, turn_at = $4
		WHERE id = $1 AND tries = $2 AND state = 'running'`
	_, err := db.Exec(ctx, query, try.id, try.try, due, try.lane.turn(due))
	return err
}

// markFailed plans the next try, or ends the task when due is zero.
func markFailed(ctx context.Context, db *pgxpool.Pool, try attempt, why string, now, due time.Time) error {
	const query = `
		UPDATE tasks.task
		SET failures = failures + 1, last_error = $3, lease_until = NULL,
			state = CASE WHEN $4::timestamptz IS NULL THEN 'dead' ELSE 'waiting' END,
			ended_at = CASE WHEN $4::timestamptz IS NULL THEN $6::timestamptz END,
			due_at = coalesce($4, due_at), turn_at = coalesce($5, turn_at)
		WHERE id = $1 AND tries = $2 AND state = 'running'`
	var next, turn *time.Time
	if !due.IsZero() {
		moved := try.lane.turn(due)
		next, turn = &due, &moved
	}
	_, err := db.Exec(ctx, query, try.id, try.try, why, next, turn, now)
	return err
}

// freeLost gives back the tasks whose lease has ended; one that lost its worker
// too often may be what ends the workers, and dies. A handler that still holds
// the row in its transaction is passed over.
func freeLost(ctx context.Context, db *pgxpool.Pool, now time.Time, mostLost int) (int64, error) {
	const query = `
		WITH left_over AS MATERIALIZED (
			SELECT id FROM tasks.task
			WHERE state = 'running' AND lease_until < $1
			FOR UPDATE SKIP LOCKED
		)
		UPDATE tasks.task t
		SET lost = lost + 1, lease_until = NULL,
			state = CASE WHEN lost + 1 >= $2 THEN 'dead' ELSE 'waiting' END,
			ended_at = CASE WHEN lost + 1 >= $2 THEN $1::timestamptz END,
			last_error = CASE WHEN lost + 1 >= $2 THEN 'its worker vanished too often' ELSE last_error END
		FROM left_over WHERE t.id = left_over.id`
	tag, err := db.Exec(ctx, query, now, mostLost)
	return tag.RowsAffected(), err
}

func deleteDone(ctx context.Context, db *pgxpool.Pool, before time.Time) error {
	const query = `
		DELETE FROM tasks.task WHERE id IN (
			SELECT id FROM tasks.task WHERE state = 'done' AND ended_at < $1
			LIMIT 1000 FOR UPDATE SKIP LOCKED
		)`
	_, err := db.Exec(ctx, query, before)
	return err
}

func selectUnknownKinds(ctx context.Context, db *pgxpool.Pool, known []string) ([]string, error) {
	const query = `SELECT DISTINCT kind FROM tasks.task WHERE state = 'waiting' AND kind <> ALL ($1) ORDER BY kind LIMIT 100`
	rows, err := db.Query(ctx, query, known)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
