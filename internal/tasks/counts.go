package tasks

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// Count is what one lane holds.
type Count struct {
	Lane    Lane
	Waiting int // due, and not yet taken
	Later   int // due in future
	Running int
	Dead    int           // waiting for a person
	Oldest  time.Duration // how long the oldest of Waiting has been due
}

// Counts looks into the lanes, in the order Hi, Std, Low. A zero cooperative
// means everybody's tasks, those of the platform too.
func (q *Queue) Counts(ctx context.Context, cooperative id.Cooperative) ([]Count, error) {
	const query = `
		SELECT lane.lane,
			count(*) FILTER (WHERE state = 'waiting' AND due_at <= $1 OR state = 'sent'),
			count(*) FILTER (WHERE state = 'waiting' AND due_at > $1),
			count(*) FILTER (WHERE state = 'running'),
			count(*) FILTER (WHERE state = 'dead'),
			min(due_at) FILTER (WHERE state = 'waiting' AND due_at <= $1 OR state = 'sent')
		FROM unnest('{-1,0,1}'::smallint[]) AS lane (lane)
		LEFT JOIN (
			SELECT lane, state, due_at FROM tasks.task WHERE state = 'waiting' AND ($2::uuid IS NULL OR cooperative_id = $2)
			UNION ALL
			SELECT lane, state, due_at FROM tasks.task WHERE state IN ('sent', 'running') AND ($2::uuid IS NULL OR cooperative_id = $2)
			UNION ALL
			SELECT lane, state, due_at FROM tasks.task WHERE state = 'dead' AND ($2::uuid IS NULL OR cooperative_id = $2)
		) t ON t.lane = lane.lane
		GROUP BY lane.lane ORDER BY lane.lane`
	now := q.now()
	rows, err := q.db.Query(ctx, query, now, cooperative)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Count, error) {
		var c Count
		var oldest *time.Time
		err := r.Scan(&c.Lane, &c.Waiting, &c.Later, &c.Running, &c.Dead, &oldest)
		if oldest != nil {
			c.Oldest = max(0, now.Sub(*oldest))
		}
		return c, err
	})
}

// CountDead counts the tasks that wait for a person. A zero cooperative means
// everybody's.
func (q *Queue) CountDead(ctx context.Context, cooperative id.Cooperative) (n int, err error) {
	const query = `SELECT count(*) FROM tasks.task WHERE state = 'dead' AND ($1::uuid IS NULL OR cooperative_id = $1)`
	return n, q.db.QueryRow(ctx, query, cooperative).Scan(&n)
}
