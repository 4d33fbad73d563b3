package payments

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// LookAtPayout is the task that asks how a payout is, and believes only that
// answer.
type LookAtPayout struct {
	Payout      PayoutID
	Cooperative id.Cooperative
}

// Kind names the task.
func (LookAtPayout) Kind() string { return "payments.look_at_payout" }

// LookAtPayout asks how the payout is. Its handler shape is that of
// tasks.Handle.
func (s *Service) LookAtPayout(ctx context.Context, _ string, t LookAtPayout) (func(context.Context, pgx.Tx) error, error) {
	p, err := findPayout(ctx, s.db, t.Cooperative, t.Payout)
	if err != nil || p.outside == "" {
		return nil, ignoreNotFound(err)
	}
	state, err := s.gateway.PayoutState(ctx, p.account, p.outside)
	if err != nil && s.stranded(ctx, t.Cooperative, p) {
		return nil, nil // nobody will say
	}
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) error {
		return s.arriveTx(ctx, tx, t.Cooperative, t.Payout, p.outside, state)
	}, nil
}

// arriveTx records what became of a payout at the bank. An answer about another
// try, or one that changes nothing, is nothing new.
func (s *Service) arriveTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID, outside string, state PayoutState) error {
	p, err := lockPayout(ctx, tx, c, payout)
	if err != nil || p.outside != outside {
		return err
	}
	to := map[PayoutState]PayoutStep{PayoutPaid: PayoutIsPaid, PayoutFailed: PayoutHasNot}[state]
	from := p.Step
	if p.Step, err = from.To(to); err != nil {
		return nil // nothing new
	}
	if err := s.postTx(ctx, tx, c, p.arrival(from)); err != nil {
		return err
	}
	if err := updateArrived(ctx, tx, c, p, s.now()); err != nil {
		return err
	}
	if !p.advance.IsZero() {
		return s.advanceArrivedTx(ctx, tx, c, p)
	}
	if err := s.noteArrivedTx(ctx, tx, c, p); err != nil {
		return err
	}
	told := members.Notice{Member: p.Member, Task: PayTold{Payout: p.ID, Cooperative: c}}
	if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), c, told); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, PayMoved{Ref: p.Ref, Cooperative: c},
		members.Moved{Cooperative: c, Members: []members.MemberID{p.Member}})
}

// advanceArrivedTx keeps an advance in step, and tells the member that it is there, or that
// their bank sent it back; what is earned stays as it is.
func (s *Service) advanceArrivedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout) error {
	state := AdvanceSent
	if p.Step == PayoutIsPaid {
		state = AdvanceOut
	}
	if err := updateAdvanceOf(ctx, tx, c, p.advance, state); err != nil {
		return err
	}
	if err := s.tellAdvanceTx(ctx, tx, c, p.Member, p.advance); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, members.Moved{Cooperative: c, Members: []members.MemberID{p.Member}})
}

// arrival is the entry that the payout's new state means.
func (p Payout) arrival(from PayoutStep) Entry {
	key, about := fmt.Sprintf("payout:%s:%d:%s", p.ID, p.tries, p.Step), Reference(p.ID.String())
	on, there, home := MemberAccount(p.Member, Transit), MemberAccount(p.Member, AtBank), MemberAccount(p.Member, AtGateway)
	switch {
	case p.Step == PayoutIsPaid:
		return move(key, CausePayoutPaid, about, on, there, p.Left())
	case from == PayoutIsPaid:
		return move(key, CausePayoutFailed, about, there, home, p.Left())
	default:
		return move(key, CausePayoutFailed, about, on, home, p.Left())
	}
}
