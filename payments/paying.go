package payments

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// MakeTransfer is the task that brings a wage to the member's account at the
// gateway.
type MakeTransfer struct {
	Payout      PayoutID
	Cooperative id.Cooperative
}

// Kind names the task.
func (MakeTransfer) Kind() string { return "payments.make_transfer" }

// SendPayout is the task that sends it from there to the bank.
type SendPayout struct {
	Payout      PayoutID
	Cooperative id.Cooperative
}

// Kind names the task.
func (SendPayout) Kind() string { return "payments.send_payout" }

// PayMoved is the task that tells others: work was paid, or its pay came back.
type PayMoved struct {
	Ref         Reference
	Cooperative id.Cooperative
}

// Kind names the task.
func (PayMoved) Kind() string { return "payments.pay_moved" }

// PayTold is the task that tells the member.
type PayTold struct {
	Payout      PayoutID
	Cooperative id.Cooperative
}

// Kind names the task.
func (PayTold) Kind() string { return "payments.pay_told" }

func (s *Service) tellTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, list ...tasks.Task) error {
	for _, t := range list {
		if _, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c}); err != nil {
			return err
		}
	}
	return nil
}

// owePayoutsTx makes a payout of each wage of a bill that was paid.
func (s *Service) owePayoutsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p paidBill) error {
	for _, l := range p.lines {
		if l.Kind != WageLine {
			continue
		}
		payout := payoutOf(l)
		if err := insertPayout(ctx, tx, c, payout, l, s.now()); err != nil {
			return err
		}
		moved := members.Moved{Cooperative: c, Members: []members.MemberID{l.Member}, Client: p.client}
		if err := s.tellTx(ctx, tx, c, MakeTransfer{Payout: payout, Cooperative: c}, moved); err != nil {
			return err
		}
	}
	return nil
}

// payoutOf gives the wage's payout its number: always the same, so that it is found
// at the gateway also by a database that forgot it and owes it anew.
func payoutOf(l Line) (p PayoutID) {
	p, _ = id.Parse[Payout](l.ID.String()) // an id is an id
	return p
}

// MakeTransfer moves the wage to the member's own account, which is opened when
// it is the first. Its handler shape is that of tasks.Handle.
func (s *Service) MakeTransfer(ctx context.Context, _ string, t MakeTransfer) (func(context.Context, pgx.Tx) error, error) {
	if err := s.mayMove(ctx, t.Cooperative); err != nil {
		return nil, ignoreStopped(err)
	}
	p, err := s.beginTry(ctx, t.Cooperative, t.Payout)
	if err != nil || p.transfer != "" || p.Step != PayoutIsDue {
		return nil, ignoreNotFound(err)
	}
	if p.account, err = s.accountOf(ctx, t.Cooperative, p); err != nil {
		return nil, err
	}
	transfer, err := s.transfer(ctx, t.Cooperative, p)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) error {
		return s.transferredTx(ctx, tx, t.Cooperative, p, transfer)
	}, nil
}

// ignoreStopped ends a task that may not move money now: who lifts the stop queues
// it again.
func ignoreStopped(err error) error {
	if errors.Is(err, ErrStopped) {
		return nil
	}
	return err
}

// beginTry notes that a try begins: whoever comes after it looks first whether
// it had its effect.
func (s *Service) beginTry(ctx context.Context, c id.Cooperative, payout PayoutID) (p Payout, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if p, err = lockPayout(ctx, tx, c, payout); err != nil {
			return err
		}
		return markTried(ctx, tx, c, payout, s.now())
	})
	return p, err
}

func (s *Service) accountOf(ctx context.Context, c id.Cooperative, p Payout) (string, error) {
	if p.account != "" {
		return p.account, nil
	}
	if adopting(ctx) {
		return "", ErrStopped
	}
	account, err := s.gateway.OpenAccount(ctx, "account:"+p.Member.String(), Reference(p.Member.String()))
	if err != nil {
		return "", err
	}
	return insertPayee(ctx, s.db, c, p.Member, account)
}

// transfer makes the transfer, or finds the one that an earlier try made.
func (s *Service) transfer(ctx context.Context, c id.Cooperative, p Payout) (string, error) {
	ref := Reference(p.ID.String())
	if p.tried || adopting(ctx) {
		if transfer, found, err := s.gateway.FindTransfer(ctx, p.account, ref); err != nil || found {
			return transfer, err
		}
	}
	if adopting(ctx) {
		return "", ErrStopped
	}
	transfer, err := s.gateway.Transfer(ctx, fmt.Sprintf("transfer:%s:%d", p.ID, p.tries),
		Transfer{Payout: ref, Account: p.account, Charge: p.charge, Amount: p.Amount})
	return transfer, s.afterRefusal(ctx, c, p, err)
}

// afterRefusal lets the next try have a new key: the refused one would only
// hear the old answer again.
func (s *Service) afterRefusal(ctx context.Context, c id.Cooperative, p Payout, err error) error {
	var refused *Refused
	if !errors.As(err, &refused) {
		return err
	}
	return errors.Join(err, nextTry(ctx, s.db, c, p.ID, p.tries))
}

// transferredTx records the transfer, unless somebody did meanwhile.
func (s *Service) transferredTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout, transfer string) error {
	there, err := lockPayout(ctx, tx, c, p.ID)
	if err != nil || there.transfer != "" {
		return err
	}
	err = s.postTx(ctx, tx, c, move("transfer:"+p.ID.String(), CauseTransfer, Reference(p.ID.String()),
		MemberAccount(p.Member, Payable), MemberAccount(p.Member, AtGateway), p.Amount))
	if err != nil {
		return err
	}
	if err := updateTransfer(ctx, tx, c, p.ID, transfer); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, SendPayout{Payout: p.ID, Cooperative: c})
}

// SendPayout sends the wage to the member's bank. Its handler shape is that of
// tasks.Handle.
func (s *Service) SendPayout(ctx context.Context, _ string, t SendPayout) (func(context.Context, pgx.Tx) error, error) {
	if err := s.mayMove(ctx, t.Cooperative); err != nil {
		return nil, ignoreStopped(err)
	}
	p, err := s.beginTry(ctx, t.Cooperative, t.Payout)
	if err != nil || p.transfer == "" || p.Step != PayoutIsDue {
		return nil, ignoreNotFound(err)
	}
	outside, err := s.payOut(ctx, t.Cooperative, p)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) error { return s.sentTx(ctx, tx, t.Cooperative, p, outside) }, nil
}

// payOut sends the payout, or finds the one that an earlier try sent. Each try
// has its own reference, since one that came back is sent again.
func (s *Service) payOut(ctx context.Context, c id.Cooperative, p Payout) (string, error) {
	ref := Reference(fmt.Sprintf("%s:%d", p.ID, p.tries))
	if p.tried || adopting(ctx) {
		if outside, found, err := s.gateway.FindPayout(ctx, p.account, ref); err != nil || found {
			return outside, err
		}
	}
	if adopting(ctx) {
		return "", ErrStopped
	}
	outside, err := s.gateway.PayOut(ctx, "payout:"+string(ref), PayoutOrder{Payout: ref, Account: p.account, Amount: p.Amount})
	return outside, s.afterRefusal(ctx, c, p, err)
}

// sentTx records the payout's number, unless somebody did meanwhile.
func (s *Service) sentTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout, outside string) error {
	there, err := lockPayout(ctx, tx, c, p.ID)
	if err != nil || there.tries != p.tries || there.outside == outside {
		return err
	}
	if _, err := there.Step.To(PayoutIsSent); err != nil {
		return tasks.GiveUp(err)
	}
	key := fmt.Sprintf("payout:%s:%d:sent", p.ID, p.tries)
	err = s.postTx(ctx, tx, c, move(key, CausePayoutSent, Reference(p.ID.String()),
		MemberAccount(p.Member, AtGateway), MemberAccount(p.Member, Transit), p.Amount))
	if err != nil {
		return err
	}
	return updateSent(ctx, tx, c, p.ID, outside, s.now())
}
