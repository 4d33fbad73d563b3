package tasks

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
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

// Counts looks into the lanes, in the order Hi, Std, Low.
func (q *Queue) Counts(ctx context.Context) ([]Count, error) {
	const query = `
		SELECT lane.lane,
			count(*) FILTER (WHERE state = 'waiting' AND due_at <= $1),
			count(*) FILTER (WHERE state = 'waiting' AND due_at > $1),
			count(*) FILTER (WHERE state = 'running'),
			count(*) FILTER (WHERE state = 'dead'),
			min(due_at) FILTER (WHERE state = 'waiting' AND due_at <= $1)
		FROM unnest(ARRAY[-1, 0, 1]::smallint[]) AS lane (lane)
		LEFT JOIN tasks.task t ON t.lane = lane.lane AND t.state IN ('waiting', 'running', 'dead')
		GROUP BY lane.lane ORDER BY lane.lane`
	now := q.now()
	rows, err := q.db.Query(ctx, query, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Count, error) {
		var c Count
		var oldest *time.Time
		err := r.Scan(&c.Lane, &c.Waiting, &c.Later, &c.Running, &c.Dead, &oldest)
		if oldest != nil {
			c.Oldest = now.Sub(*oldest)
		}
		return c, err
	})
}
