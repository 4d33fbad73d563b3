package tasks

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// listen wakes the relay as soon as a task is committed. It is only for speed:
// without it the relay finds the task when it looks the next time.
func (r *relay) listen(ctx context.Context) {
	for ctx.Err() == nil {
		if err := r.hear(ctx); err != nil && ctx.Err() == nil {
			r.log().Warn("tasks: not listening, only polling", "err", err)
			pause(ctx, r.queue.config.Upkeep)
		}
	}
}

// hear returns when the connection breaks. It takes the connection out of the
// pool, so that the pool keeps its size.
func (r *relay) hear(ctx context.Context) error {
	pooled, err := r.queue.db.Acquire(ctx)
	if err != nil {
		return err
	}
	conn := pooled.Hijack()
	defer hangUp(ctx, conn)
	if _, err := conn.Exec(ctx, `LISTEN tasks`); err != nil {
		return err
	}
	for {
		r.wake.ring() // at first for what was committed before we listened
		if err := hearOther(ctx, conn, r.queue.waker.name); err != nil {
			return err
		}
	}
}

// hearOther returns when another than this queue called: this one rings by itself.
func hearOther(ctx context.Context, conn *pgx.Conn, own string) error {
	for {
		call, err := conn.WaitForNotification(ctx)
		if err != nil || call.Payload != own {
			return err
		}
	}
}

func hangUp(ctx context.Context, conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = conn.Close(ctx) // nothing was under way on it
}
