package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// AsksDepositTx reports whether this client's seats are given only once the money
// for them is held.
func (s *Service) AsksDepositTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, client members.ClientID) (bool, error) {
	p, err := findPolicy(ctx, tx, c)
	if err != nil || p.Deposits == NoDeposits {
		return false, err
	}
	kind, paidBefore, err := findPayer(ctx, tx, c, client)
	return p.Deposits.asks(kind, paidBefore), err
}

// HeldTx is what is held for this work and went to no bill yet. Until the
// transaction ends nobody else takes of it.
func (s *Service) HeldTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, ref Reference) (sum Cents, err error) {
	held, err := lockHeldDeposits(ctx, tx, c, ref)
	for _, d := range held {
		sum += d.Left()
	}
	return sum, err
}

// AskDepositTx asks the client for money before the work. Where they were asked
// already, and did not begin to pay, the amount is the new one. It returns
// ErrNothingDue and ErrTooMuch.
func (s *Service) AskDepositTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, n NewDeposit) (DepositID, error) {
	if err := payable(n.Amount); err != nil {
		return DepositID{}, err
	}
	return upsertDeposit(ctx, tx, c, id.New[Deposit](s.random), n, s.now())
}

// Deposits lists what was paid, or is to be paid, before this work: for its client
// or a coordinator, the oldest first.
func (s *Service) Deposits(ctx context.Context, by members.Actor, ref Reference) ([]Deposit, error) {
	return listDeposits(ctx, s.db, by, ref)
}

// ChooseDeposits says who pays beforehand in the acting coordinator's cooperative,
// from now on. It returns members.ErrNotFound to everybody else, check.Problems,
// and members.ErrRestricted.
func (s *Service) ChooseDeposits(ctx context.Context, by members.Actor, d Deposits) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	if err := d.problems().Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if err := updateDeposits(ctx, tx, by.Cooperative, d); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "deposits_chosen", Ref: "policy", Detail: map[string]string{"deposits": string(d)}})
	})
}

// BeginWithDeposits lets a cooperative that was just founded ask households and new
// clients for money beforehand.
func (s *Service) BeginWithDeposits(ctx context.Context, c id.Cooperative) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return updateDeposits(ctx, tx, c, HouseholdsAndNew) })
}
