package tasks

import (
	"context"
	"log/slog"
	"time"
)

// acks acknowledges messages in batches. It may lose some: an unacknowledged
// message comes again, and its row says that there is nothing to do.
type acks struct {
	streams streams
	log     *slog.Logger
	ended   chan message
}

const (
	ackBatch = 64
	ackWait  = 5 * time.Millisecond
	ackLimit = 2 * time.Second // for one batch
)

func newAcks(s streams, log *slog.Logger) *acks {
	return &acks{streams: s, log: log, ended: make(chan message, 16*ackBatch)}
}

// add never waits: a handler's slot is worth more than an ack.
func (a *acks) add(m message) {
	if m.id == "" {
		return // it lies in no stream
	}
	select {
	case a.ended <- m:
	default:
	}
}

// run acknowledges until ctx ends, and then what is left.
func (a *acks) run(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case first := <-a.ended:
			a.end(ctx, a.gather(ctx, first))
		}
	}
	a.flush(context.WithoutCancel(ctx))
}

// gather waits a moment for a full batch.
func (a *acks) gather(ctx context.Context, first message) []message {
	batch := append(make([]message, 0, ackBatch), first)
	timer := time.NewTimer(ackWait)
	defer timer.Stop()
	for len(batch) < ackBatch {
		select {
		case m := <-a.ended:
			batch = append(batch, m)
		case <-timer.C:
			return batch
		case <-ctx.Done():
			return batch
		}
	}
	return batch
}

// flush acknowledges what was added so far.
func (a *acks) flush(ctx context.Context) {
	var batch []message
	for {
		select {
		case m := <-a.ended:
			batch = append(batch, m)
			continue
		default:
		}
		if len(batch) > 0 {
			a.end(ctx, batch)
		}
		return
	}
}

func (a *acks) end(ctx context.Context, batch []message) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ackLimit)
	defer cancel()
	if err := a.streams.ack(ctx, batch); err != nil {
		a.log.Debug("tasks: not acknowledged, the messages will come again", "messages", len(batch), "err", err)
	}
}
