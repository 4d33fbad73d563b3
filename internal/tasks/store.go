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
	id          ID
	cooperative id.Cooperative
	kind        string
	payload     json.RawMessage
	lane        Lane
	key         string
	created     time.Time
	due         time.Time
}

// insertTask looks for the key first: ON CONFLICT alone would wait for a handler
// that has its row, which is there for everybody to see, in a transaction.
func insertTask(ctx context.Context, tx pgx.Tx, r row) (bool, error) {
	const query = `
		INSERT INTO tasks.task (id, cooperative_id, kind, payload, lane, key, state, created_at, due_at)
		SELECT $1, $2, $3, $4, $5, nullif($6, ''), 'waiting', $7, $8
		WHERE NOT EXISTS (SELECT FROM tasks.task WHERE kind = $3 AND key = $6)
		ON CONFLICT (kind, key) WHERE key IS NOT NULL DO NOTHING`
	tag, err := tx.Exec(ctx, query, r.id, r.cooperative, r.kind, r.payload, int16(r.lane), r.key, r.created, r.due)
	return tag.RowsAffected() == 1, err
}

// attempt is one worker's hold on a task.
type attempt struct {
	message
	payload  []byte
	try      int
	failures int
}

type claim struct {
	tasks []ID
	kinds []string
	now   time.Time
	hold  time.Duration
}

// claimTasks takes what may be taken of these: sent, or waiting and due, or
// held by a worker that has been silent too long. It passes over what another
// one is changing at this moment.
func claimTasks(ctx context.Context, db *pgxpool.Pool, c claim) ([]attempt, error) {
	const query = `
		WITH free AS MATERIALIZED (
			SELECT id FROM tasks.task
			WHERE id = ANY ($1) AND kind = ANY ($2) AND (state = 'sent' OR state = 'waiting' AND due_at <= $3
				OR state = 'running' AND held_until < clock_timestamp() AND lost + 1 < $5)
			FOR UPDATE SKIP LOCKED
		)
		UPDATE tasks.task t
		SET state = 'running', tries = tries + 1, held_until = clock_timestamp() + make_interval(secs => $4), lost = lost + (t.state = 'running')::int
		FROM ` + quick + ` WHERE t.id = ANY (ARRAY(SELECT id FROM free))
		RETURNING t.id, t.kind, t.lane, t.payload, t.tries, t.failures`
	rows, err := db.Query(ctx, query, c.tasks, c.kinds, c.now, c.hold.Seconds(), mostLost)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (attempt, error) {
		var a attempt
		err := r.Scan(&a.task, &a.kind, &a.lane, &a.payload, &a.try, &a.failures)
		return a, err
	})
}

// selectFree lists those of the tasks that wait for their worker, and that
// claimTasks would take if nobody held a lock.
func selectFree(ctx context.Context, db *pgxpool.Pool, c claim) ([]ID, error) {
	const query = `
		SELECT id FROM tasks.task
		WHERE id = ANY ($1) AND kind = ANY ($2) AND (state = 'sent' OR state = 'waiting' AND due_at <= $3)`
	rows, err := db.Query(ctx, query, c.tasks, c.kinds, c.now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[ID])
}

// markDone returns errLost when the try is not the task's running one. Until tx
// ends nobody else can take the task.
func markDone(ctx context.Context, tx pgx.Tx, try attempt) error {
	const query = `
		UPDATE tasks.task SET state = 'done', ended_at = clock_timestamp(), held_until = NULL, problem = NULL, last_error = NULL
		WHERE id = $1 AND tries = $2 AND state = 'running'`
	tag, err := tx.Exec(ctx, query, try.task, try.try)
	if err == nil && tag.RowsAffected() == 0 {
		return errLost
	}
	return err
}

// markWaiting gives a task back, to be taken again from due on.
func markWaiting(ctx context.Context, db *pgxpool.Pool, try attempt, due time.Time) error {
	const query = `
		WITH back AS (
			UPDATE tasks.task SET state = 'waiting', held_until = NULL, due_at = $3
			WHERE id = $1 AND tries = $2 AND state = 'running' RETURNING id
		)
		SELECT pg_notify('tasks', '') FROM back`
	_, err := db.Exec(ctx, query, try.task, try.try, due)
	return err
}

// markFailed plans the next try, or ends the task when due is zero.
func markFailed(ctx context.Context, db *pgxpool.Pool, try attempt, why failure, due time.Time) error {
	const query = `
		UPDATE tasks.task
		SET failures = failures + 1, problem = $3, last_error = $4, held_until = NULL,
			state = CASE WHEN $5::timestamptz IS NULL THEN 'dead' ELSE 'waiting' END,
			ended_at = CASE WHEN $5::timestamptz IS NULL THEN clock_timestamp() END,
			due_at = coalesce($5, due_at)
		WHERE id = $1 AND tries = $2 AND state = 'running'`
	var next *time.Time
	if !due.IsZero() {
		next = &due
	}
	_, err := db.Exec(ctx, query, try.task, try.try, string(why.problem), why.text, next)
	return err
}

// extendHolds says that these tries are alive. A row that its own handler has
// locked needs nothing and is passed over.
func extendHolds(ctx context.Context, db *pgxpool.Pool, tries []attempt, hold time.Duration) error {
	const query = `
		WITH mine AS MATERIALIZED (
			SELECT t.id FROM tasks.task t JOIN unnest($1::uuid[], $2::int[]) AS held (id, try) ON held.id = t.id AND held.try = t.tries
			WHERE t.state = 'running'
			FOR UPDATE OF t SKIP LOCKED
		)
		UPDATE tasks.task t SET held_until = clock_timestamp() + make_interval(secs => $3) FROM mine WHERE t.id = mine.id`
	ids, numbers := make([]ID, len(tries)), make([]int32, len(tries))
	for i, try := range tries {
		ids[i], numbers[i] = try.task, int32(try.try)
	}
	_, err := db.Exec(ctx, query, ids, numbers, hold.Seconds())
	return err
}

// sweepHeld gives back the tasks whose worker has vanished, or whose message is
// overdue, and counts both. One that lost its worker too often may be what ends
// the workers, and dies. A handler that still holds the row in its transaction is
// passed over.
func sweepHeld(ctx context.Context, db *pgxpool.Pool) (vanished, overdue int, err error) {
	const dies = `state = 'running' AND lost + 1 >= $1`
	const query = `
		WITH silent AS MATERIALIZED (
			SELECT id, state = 'running' AS ran FROM tasks.task
			WHERE state IN ('sent', 'running') AND held_until < statement_timestamp() -- by the index: clock_timestamp() could only pass over rows
			ORDER BY held_until LIMIT 5000
			FOR UPDATE SKIP LOCKED
		), swept AS (
			UPDATE tasks.task SET lost = lost + (state = 'running')::int, held_until = NULL,
				state = CASE WHEN ` + dies + ` THEN 'dead' ELSE 'waiting' END,
				ended_at = CASE WHEN ` + dies + ` THEN clock_timestamp() END,
				problem = CASE WHEN ` + dies + ` THEN 'vanished' ELSE problem END,
				last_error = CASE WHEN ` + dies + ` THEN 'its worker vanished too often' ELSE last_error END
			WHERE id = ANY (ARRAY(SELECT id FROM silent)) -- by the key: as a join it would read the whole table
		)
		SELECT count(*) FILTER (WHERE ran), count(*) FILTER (WHERE NOT ran) FROM silent`
	err = db.QueryRow(ctx, query, mostLost).Scan(&vanished, &overdue)
	return vanished, overdue, err
}

// markForeign gives back the tasks of kinds that are not done here, at once, so
// that a relay that knows them sends them again.
func markForeign(ctx context.Context, db *pgxpool.Pool, tasks []ID) error {
	const query = `
		WITH back AS (
			UPDATE tasks.task SET state = 'waiting', held_until = NULL WHERE id IN (
				SELECT id FROM tasks.task WHERE id = ANY ($1) AND state = 'sent' FOR UPDATE SKIP LOCKED
			) RETURNING id
		)
		SELECT pg_notify('tasks', '') FROM back LIMIT 1`
	_, err := db.Exec(ctx, query, tasks)
	return err
}

// deleteOver forgets what ended so long ago, by Postgres' own clock: a machine
// whose clock is ahead must not forget keys. The dead stay until a person
// decides.
func deleteOver(ctx context.Context, db *pgxpool.Pool, age time.Duration) error {
	const batch = 10_000
	const query = `
		DELETE FROM tasks.task WHERE id = ANY (ARRAY( -- by their keys, and these by the index, hence the order: else both read the whole table
			SELECT id FROM tasks.task
			WHERE state IN ('done', 'dropped') AND ended_at < statement_timestamp() - make_interval(secs => $1)
			ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED
		))`
	for {
		tag, err := db.Exec(ctx, query, age.Seconds(), batch)
		if err != nil || tag.RowsAffected() < batch {
			return err
		}
	}
}

// selectStrangers lists the kinds that are due and not known here.
func selectStrangers(ctx context.Context, db *pgxpool.Pool, known []string, now time.Time) ([]string, error) {
	const query = `
		SELECT DISTINCT kind FROM tasks.task
		WHERE state = 'waiting' AND lane = ANY ('{-1,0,1}') AND due_at <= $2 AND kind <> ALL ($1) ORDER BY kind LIMIT 100`
	rows, err := db.Query(ctx, query, known, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
