package matching

import (
	"context"
	"log/slog"
	"time"

	"meent/internal/feed"
)

// Run loads everything and keeps it in step until ctx ends: it is woken by each
// commit, and looks every second as well. A database that does not answer is asked
// again; meanwhile what is kept is out of date, which no offer suffers from.
func (k *Keeper) Run(ctx context.Context, log *slog.Logger) error {
	bell := make(chan struct{}, 1)
	go k.listen(ctx, bell)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	step := k.Load
	for ctx.Err() == nil {
		if err := step(ctx); err == nil {
			step = k.follow
		} else if ctx.Err() == nil {
			log.Warn("matching: cannot keep the engine in step", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-bell:
		case <-tick.C:
			k.look(ctx, log)
		}
	}
	return nil
}

func (k *Keeper) follow(ctx context.Context) error {
	_, err := k.Follow(ctx)
	return err
}

func (k *Keeper) look(ctx context.Context, log *slog.Logger) {
	if wrong, err := k.Drift(ctx); wrong > 0 || err != nil && ctx.Err() == nil {
		log.Error("matching: members were not as the tables say", "wrong", wrong, "err", err)
	}
}

// listen rings until ctx ends.
func (k *Keeper) listen(ctx context.Context, bell chan<- struct{}) {
	for ctx.Err() == nil {
		_ = feed.Listen(ctx, k.service.db, func() {
			select {
			case bell <- struct{}{}:
			default: // it rings already
			}
		})
		select {
		case <-ctx.Done():
		case <-time.After(time.Second): // the connection broke
		}
	}
}
