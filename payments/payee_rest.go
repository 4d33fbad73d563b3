package payments

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// PayRested is the task that takes up a member's money when it has rested.
type PayRested struct {
	Member      members.MemberID
	Cooperative id.Cooperative
}

// Kind names the task.
func (PayRested) Kind() string { return "payments.pay_rested" }

// PayRestedTx does it. Whether there is a new rest is asked by who moves money.
func (s *Service) PayRestedTx(ctx context.Context, tx pgx.Tx, t PayRested) error {
	return s.wakeTx(ctx, tx, t.Cooperative, t.Member)
}

// payeeReady gives the member's account at the gateway with the bank that was seen
// there, and whether money may go to it now. It may not while something is missing, and until then while it rests: who
// asks does nothing then, and is called again when the member is ready or the rest
// is over; the member is told. The gateway is asked first, unless that was just
// done: an event about another bank may be late. No transaction may be open.
func (s *Service) payeeReady(ctx context.Context, c id.Cooperative, m members.MemberID) (p payee, ready bool, until time.Time, err error) {
	if s.gateway == nil {
		return p, false, until, ErrNoGateway
	}
	if p, err = s.payeeNow(ctx, c, m); err != nil {
		return p, false, until, err
	}
	if p.state != PayeeReady {
		return p, false, until, s.tellWaits(ctx, c, m)
	}
	if until, err = s.restOf(ctx, p); err != nil || until.IsZero() {
		return p, err == nil, until, err
	}
	return p, false, until, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.restTx(ctx, tx, p, until) })
}

// restOf is until when money for the member rests; zero: it does not. It rests
// after another bank account was given, and after how they sign in was changed.
func (s *Service) restOf(ctx context.Context, p payee) (until time.Time, err error) {
	now := s.now()
	changed, err := s.people.FactorChanged(ctx, p.cooperative, p.member, now.Add(-Rest))
	if err != nil {
		return until, err
	}
	if !changed.IsZero() {
		until = changed.Add(Rest)
	}
	if p.restsUntil.After(until) {
		until = p.restsUntil
	}
	if !until.After(now) {
		return time.Time{}, nil
	}
	return until, nil
}

func (s *Service) restTx(ctx context.Context, tx pgx.Tx, p payee, until time.Time) error {
	opts := tasks.Opts{Cooperative: p.cooperative, Due: until, Key: fmt.Sprintf("%s:%d", p.member, until.Unix())}
	_, err := s.tasks.EnqueueTx(ctx, tx, PayRested{Member: p.member, Cooperative: p.cooperative}, opts)
	return err
}

// bankToldTx lets the member hear at once, and by mail, that their money goes to
// another bank account: was this you?
func (s *Service) bankToldTx(ctx context.Context, tx pgx.Tx, p payee) error {
	told := members.Notice{Member: p.member, Task: BankTold{Member: p.member, Cooperative: p.cooperative}, AtOnce: true, Opts: tasks.Opts{Lane: tasks.Hi}}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), p.cooperative, told)
}
