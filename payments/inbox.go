package payments

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/members"
)

// EventReceived is the task that follows up what the gateway told us.
type EventReceived struct{ ID string }

// Kind names the task.
func (EventReceived) Kind() string { return "payments.event_received" }

// Receive stores an event from the gateway, once, and lets a task follow it up.
// It returns ErrForged for what the gateway did not sign.
func (s *Service) Receive(ctx context.Context, from Endpoint, body []byte, signature string) error {
	if s.gateway == nil {
		return ErrNoGateway
	}
	e, err := s.gateway.ReadEvent(body, signature, from)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		isNew, err := insertEvent(ctx, tx, e, from, s.now())
		if err != nil || !isNew {
			return err
		}
		_, err = s.tasks.EnqueueTx(ctx, tx, EventReceived{ID: e.ID}, tasks.Opts{Lane: tasks.Hi})
		return err
	})
}

// FollowEvent asks the gateway how the event's object is today: events come
// late, twice and in any order. What is not about our bills or payouts is let go.
// Its handler shape is that of tasks.Handle.
func (s *Service) FollowEvent(ctx context.Context, _ string, t EventReceived) (func(context.Context, pgx.Tx) error, error) {
	e, from, err := findEvent(ctx, s.db, t.ID)
	if err != nil {
		return nil, ignoreNotFound(err)
	}
	record, err := s.follow(ctx, e, from)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) error {
		if err := markEventDone(ctx, tx, e.ID, s.now()); err != nil || record == nil {
			return err
		}
		return record(ctx, tx)
	}, nil
}

func (s *Service) follow(ctx context.Context, e Event, from Endpoint) (func(context.Context, pgx.Tx) error, error) {
	switch {
	case from == PlatformEndpoint && strings.HasPrefix(e.Kind, "checkout.session."):
		return s.lookAt(ctx, e.Object)
	case from == ConnectEndpoint && (e.Kind == "payout.paid" || e.Kind == "payout.failed" || e.Kind == "payout.canceled"):
		return s.followPayout(ctx, e)
	default:
		return nil, nil
	}
}

// followPayout may come before we have recorded the payout's number ourselves.
func (s *Service) followPayout(ctx context.Context, e Event) (func(context.Context, pgx.Tx) error, error) {
	t, err := findByOutside(ctx, s.db, e.Account, e.Object)
	if !errors.Is(err, members.ErrNotFound) {
		if err != nil {
			return nil, err
		}
		return s.LookAtPayout(ctx, "", t)
	}
	unsent, err := hasUnsent(ctx, s.db, e.Account)
	if err == nil && unsent {
		err = errTooEarly
	}
	return nil, err
}
