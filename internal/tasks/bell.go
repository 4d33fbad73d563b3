package tasks

import (
	"context"
	"time"
)

// bell wakes one sleeper. Ringing before the sleep counts.
type bell chan struct{}

func newBell() bell { return make(bell, 1) }

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default: // it rings already
	}
}

// wait sleeps until the bell rings, so long at most, or until ctx ends.
func (b bell) wait(ctx context.Context, most time.Duration) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-b:
	case <-timer.C:
	}
}

func pause(ctx context.Context, d time.Duration) { bell(nil).wait(ctx, d) }
