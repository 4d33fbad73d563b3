package feed

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Listen calls ring as soon as a change is committed, at first once, and returns when
// the connection breaks or ctx ends. It is only for speed: who reads every second as
// well misses nothing. It takes the connection out of the pool, so that the pool keeps
// its size.
func Listen(ctx context.Context, db *pgxpool.Pool, ring func()) error {
	pooled, err := db.Acquire(ctx)
	if err != nil {
		return err
	}
	conn := pooled.Hijack()
	defer hangUp(ctx, conn)
	if _, err := conn.Exec(ctx, `LISTEN feed`); err != nil {
		return err
	}
	for {
		ring()
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
	}
}

func hangUp(ctx context.Context, conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = conn.Close(ctx) // nothing was under way on it
}
