package payments

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// EventReceived is the task that follows up what the gateway told us.
type EventReceived struct{ ID string }

// Kind names the task.
func (EventReceived) Kind() string { return "payments.event_received" }

// followed are the beginnings of the kinds of event that are asked after, and that an
// endpoint is to be set up for; the others say nothing new.
var followed = []string{"checkout.session.", "payout.paid", "payout.failed", "payout.canceled", "charge.refund", "refund.", "charge.dispute.", "account.", "capability."}

// Wanted reports whether events of this kind are followed.
func Wanted(kind string) bool {
	return slices.ContainsFunc(followed, func(begin string) bool { return strings.HasPrefix(kind, begin) })
}

// Receive stores an event from the gateway, once, and lets a task follow it up. One that
// is not Wanted is heard and let go: a gateway that tells everything fills no table.
// It returns ErrForged for what the gateway did not sign, and ErrOtherVersion for
// what an endpoint says that was set up for another program.
func (s *Service) Receive(ctx context.Context, from Endpoint, body []byte, signature string) error {
	if s.gateway == nil {
		return ErrNoGateway
	}
	e, err := s.gateway.ReadEvent(body, signature, from)
	if errors.Is(err, ErrOtherMode) {
		return nil // Stripe also sends test events to a live endpoint, and is told that they came
	}
	if err != nil || !Wanted(e.Kind) {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return s.keepEventsTx(ctx, tx, from, []Event{e}, tasks.Hi)
	})
}

// keepEventsTx stores those that are new, and lets each be followed up, in this order.
func (s *Service) keepEventsTx(ctx context.Context, tx pgx.Tx, from Endpoint, events []Event, lane tasks.Lane) error {
	stored, err := insertEvents(ctx, tx, from, events, s.now())
	if err != nil {
		return err
	}
	for _, e := range events {
		if !slices.Contains(stored, e.ID) {
			continue
		}
		if _, err := s.tasks.EnqueueTx(ctx, tx, EventReceived{ID: e.ID}, tasks.Opts{Lane: lane}); err != nil {
			return err
		}
	}
	return nil
}

// FollowEvent finds out whose the event's object is, and lets a task of that
// cooperative ask how it is today, so that its office sees what goes wrong.
// Events come late, twice and in any order. What is not about our bills,
// payouts or members' accounts is let go. Its handler shape is that of tasks.Handle.
func (s *Service) FollowEvent(ctx context.Context, _ string, t EventReceived) (func(context.Context, pgx.Tx) error, error) {
	e, from, err := findEvent(ctx, s.db, t.ID)
	if err != nil {
		return nil, ignoreNotFound(err)
	}
	look, c, err := s.follow(ctx, e, from)
	if ignoreNotFound(err) != nil {
		return nil, err
	}
	if err != nil {
		look = nil // it is nobody's here
	}
	return func(ctx context.Context, tx pgx.Tx) error {
		if err := markEventDone(ctx, tx, e.ID, s.now()); err != nil || look == nil {
			return err
		}
		_, err := s.tasks.EnqueueTx(ctx, tx, look, tasks.Opts{Cooperative: c, Lane: tasks.Hi})
		return err
	}, nil
}

// follow gives the task that looks at the event's object, if it is ours.
func (s *Service) follow(ctx context.Context, e Event, from Endpoint) (tasks.Task, id.Cooperative, error) {
	switch {
	case from == PlatformEndpoint && strings.HasPrefix(e.Kind, "checkout.session."):
		return s.whoseCheckout(ctx, e.Object)
	case from == ConnectEndpoint && (e.Kind == "payout.paid" || e.Kind == "payout.failed" || e.Kind == "payout.canceled"):
		return s.whosePayout(ctx, e)
	case from == ConnectEndpoint && isAboutPayee(e.Kind):
		return s.whosePayee(ctx, e)

	case from == PlatformEndpoint && (e.Kind == "refund.created" || e.Kind == "refund.updated" || e.Kind == "charge.refund.updated"):
		return s.whoseRefund(ctx, e)
	case from == PlatformEndpoint && e.Kind == "charge.refunded":
		return s.whoseRefunded(ctx, e)
	case from == PlatformEndpoint && strings.HasPrefix(e.Kind, "charge.dispute."):
		return s.whoseDispute(ctx, e)

	default:
		return nil, id.Cooperative{}, nil
	}
}

// whoseCheckout asks, since it may be known there before we have recorded it.
func (s *Service) whoseCheckout(ctx context.Context, checkout string) (tasks.Task, id.Cooperative, error) {
	page, err := s.gateway.CheckoutPage(ctx, checkout)
	if err != nil {
		return nil, id.Cooperative{}, err
	}
	bill, err := id.Parse[Bill](string(page.Bill))
	if err != nil {
		return nil, id.Cooperative{}, nil // not opened for one of our bills
	}
	c, err := findCooperative(ctx, s.db, bill)
	if errors.Is(err, members.ErrNotFound) {
		return s.whoseDeposit(ctx, page)
	}
	if err != nil {
		return nil, c, err
	}
	return LookAtCheckout{Bill: bill, Cooperative: c, Checkout: checkout}, c, nil
}

// whoseDeposit is for a checkout that is none of a bill.
func (s *Service) whoseDeposit(ctx context.Context, page CheckoutPage) (tasks.Task, id.Cooperative, error) {
	deposit, err := id.Parse[Deposit](string(page.Bill))
	if err != nil {
		return nil, id.Cooperative{}, nil
	}
	c, err := findDepositOwner(ctx, s.db, deposit)
	return LookAtDeposit{Deposit: deposit, Cooperative: c, Checkout: page.ID}, c, err
}

// whosePayout may be asked before we have recorded the payout's number ourselves.
func (s *Service) whosePayout(ctx context.Context, e Event) (tasks.Task, id.Cooperative, error) {
	t, err := findByOutside(ctx, s.db, e.Account, e.Object)
	if err == nil {
		return t, t.Cooperative, nil
	}
	if !errors.Is(err, members.ErrNotFound) {
		return nil, id.Cooperative{}, err
	}
	unsent, err := hasUnsent(ctx, s.db, e.Account)
	if err == nil && unsent {
		err = ErrTooEarly
	}
	return nil, id.Cooperative{}, err
}
