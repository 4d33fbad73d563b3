package tasks

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// sent is a task for which a message is due in Redis.
type sent struct {
	id   ID
	kind string
	lane Lane
	due  time.Time
}

type send struct {
	room  map[Lane]int
	kinds []string
	now   time.Time
	hold  time.Duration
}

// quick lets a statement of its own commit without waiting for the disk. Where a
// power cut undoes it, the task is where it was before, and nothing is lost: a
// mark that something is done is never quick.
const quick = `(SELECT set_config('synchronous_commit', 'off', true)) AS quick`

// markSent takes what is due and fits into the lanes, and gives it in the order
// in which it is due. It passes over what another relay takes at this moment.
func markSent(ctx context.Context, db *pgxpool.Pool, s send) ([]sent, error) {
	const query = `
		WITH due AS MATERIALIZED (
			SELECT t.id FROM unnest($1::smallint[], $2::int[]) AS room (lane, seats)
			CROSS JOIN LATERAL (
				SELECT id FROM tasks.task
				WHERE lane = room.lane AND state = 'waiting' AND due_at <= $3 AND kind = ANY ($4)
				ORDER BY due_at LIMIT room.seats
				FOR UPDATE SKIP LOCKED
			) t
		)
		UPDATE tasks.task t SET state = 'sent', held_until = clock_timestamp() + make_interval(secs => $5)
		FROM ` + quick + ` WHERE t.id = ANY (ARRAY(SELECT id FROM due)) -- by the key: as a join it would read the whole table
		RETURNING t.id, t.kind, t.lane, t.due_at`
	var numbers []int16
	var seats []int32
	for lane, room := range s.room {
		numbers, seats = append(numbers, int16(lane)), append(seats, int32(room))
	}
	rows, err := db.Query(ctx, query, numbers, seats, s.now, s.kinds, s.hold.Seconds())
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (one sent, err error) {
		err = r.Scan(&one.id, &one.kind, &one.lane, &one.due)
		return one, err
	})
	slices.SortFunc(list, func(a, b sent) int { // by id at last, so that the order is never the planner's
		return cmp.Or(a.due.Compare(b.due), cmp.Compare(a.lane, b.lane), bytes.Compare(a.id[:], b.id[:]))
	})
	return list, err
}

// markUnsent takes back what could not be put into Redis.
func markUnsent(ctx context.Context, db *pgxpool.Pool, list []sent) error {
	ids := make([]ID, len(list))
	for i, one := range list {
		ids[i] = one.id
	}
	const query = `UPDATE tasks.task SET state = 'waiting', held_until = NULL WHERE id IN (
		SELECT id FROM tasks.task WHERE id = ANY ($1) AND state = 'sent' FOR UPDATE SKIP LOCKED)`
	_, err := db.Exec(ctx, query, ids)
	return err
}

// nextDue is when the next of these kinds is due, or nothing.
func nextDue(ctx context.Context, db *pgxpool.Pool, kinds []string, now time.Time) (next *time.Time, err error) {
	const query = `
		SELECT min(first.due_at) FROM unnest('{-1,0,1}'::smallint[]) AS lane (lane)
		CROSS JOIN LATERAL (
			SELECT due_at FROM tasks.task t
			WHERE t.lane = lane.lane AND state = 'waiting' AND due_at > $2 AND kind = ANY ($1)
			ORDER BY due_at LIMIT 1
		) first`
	err = db.QueryRow(ctx, query, kinds, now).Scan(&next)
	return next, err
}

// noteDelivery notes which Redis delivers. When it is another one than before,
// everything that was sent to the old one waits again; one of several relays
// that see the change does that.
func noteDelivery(ctx context.Context, db *pgxpool.Pool, mark string, now time.Time) (changed bool, again int64, err error) {
	const note = `
		INSERT INTO tasks.delivery AS d (mark, since) VALUES ($1, $2)
		ON CONFLICT (only_row) DO UPDATE SET mark = excluded.mark, since = excluded.since WHERE d.mark <> excluded.mark`
	const resend = `UPDATE tasks.task SET state = 'waiting', held_until = NULL WHERE id IN (
		SELECT id FROM tasks.task WHERE state = 'sent' FOR UPDATE SKIP LOCKED)` // what is locked is taken, or comes back by its hold
	err = pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, note, mark, now)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		changed = true
		tag, err = tx.Exec(ctx, resend)
		again = tag.RowsAffected()
		return err
	})
	return changed, again, err
}
