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
		if l.Amount == 0 { // the member had all of it
			if err := s.tellTx(ctx, tx, c, PayMoved{Ref: p.ref, Cooperative: c}, members.Moved{Cooperative: c, Members: []members.MemberID{l.Member}, Client: p.client}); err != nil {
				return err
			}
			continue
		}
		payout := payoutOf(l)
		if err := insertPayout(ctx, tx, c, payout, l, p, s.now()); err != nil {
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

// MakeTransfer moves the wage to the member's own account. While none can be paid
// out, or no money leaves, it does nothing: see payeeReady, Stops and Sweep. Its
// handler shape is that of tasks.Handle.
func (s *Service) MakeTransfer(ctx context.Context, _ string, t MakeTransfer) (func(context.Context, pgx.Tx) error, error) {
	p, err := s.mayLeave(ctx, t.Cooperative, t.Payout)
	if err != nil || p.transfer != "" || !p.mayBeThere(ctx) {
		return nil, ignoreWaiting(err)
	}
	if !isAdopting(ctx) {
		if err := s.begin(ctx, t.Cooperative, p.ID); err != nil {
			return nil, ignoreWaiting(err)
		}
	}
	transfer, err := s.run(ctx, s.transferring(t.Cooperative, p))
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) error {
		return s.transferredTx(ctx, tx, t.Cooperative, p, transfer)
	}, nil
}

// errWaits is returned for money that waits for something, and does not leave now.
var errWaits = errors.New("payments: the money waits")

// ignoreWaiting lets go of what goes on by itself later, once a stop is lifted or
// otherwise, or is not there.
func ignoreWaiting(err error) error {
	if errors.Is(err, errWaits) || errors.Is(err, ErrStopped) {
		return nil
	}
	return ignoreNotFound(err)
}

// mayLeave gives the payout with the account to which it goes. It returns errWaits
// or ErrStopped when it may not leave now.
func (s *Service) mayLeave(ctx context.Context, c id.Cooperative, payout PayoutID) (Payout, error) {
	p, err := findPayout(ctx, s.db, c, payout)
	if err != nil || !p.mayBeThere(ctx) {
		return p, err
	}
	if err := s.mayMove(ctx, c); err != nil {
		return p, err
	}
	payee, ready, _, err := s.payeeReady(ctx, c, p.Member)
	if isAdopting(ctx) { // what was done before was allowed then
		ready = payee.account != ""
	}
	switch {
	case err != nil:
		return p, err
	case !ready, p.transfer != "" && p.account != payee.account: // it is on an account that is gone: see Stranded
		return p, errWaits
	}
	p.account, p.bank = payee.account, payee.bank
	return p, nil
}

// mayBeThere reports whether its money may leave, or, while a database that was put
// back is asked after, may have left: a person may have released it since.
func (p Payout) mayBeThere(ctx context.Context) bool {
	return p.Step == PayoutIsDue || p.Step == PayoutIsHeld && isAdopting(ctx)
}

// from is the place where the money of a payout is before it leaves: an advance is
// not earned yet.
func (p Payout) from() Place {
	if p.advance.IsZero() {
		return Payable
	}
	return Advance
}

// transferring is the errand that brings the wage to the member's account.
func (s *Service) transferring(c id.Cooperative, p Payout) errand {
	ref := Reference(p.ID.String())
	order := Transfer{Payout: ref, Account: p.account, Charge: p.charge, Amount: p.Amount}
	return errand{
		cooperative: c, kind: "transfer", subject: ref, input: order,
		do:   func(ctx context.Context, key string) (string, error) { return s.gateway.Transfer(ctx, key, order) },
		look: func(ctx context.Context) (string, bool, error) { return s.gateway.FindTransfer(ctx, p.account, ref) },
	}
}

// transferredTx records the transfer, unless somebody did meanwhile.
func (s *Service) transferredTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout, transfer string) error {
	there, err := lockPayout(ctx, tx, c, p.ID)
	if err != nil || there.transfer != "" {
		return err
	}
	if !there.begun { // it was, and the database forgot it
		if err := errors.Join(unhold(ctx, tx, c, p.ID), s.setApartTx(ctx, tx, c, there)); err != nil {
			return err
		}
	}
	err = s.postTx(ctx, tx, c, move("transfer:"+p.ID.String(), CauseTransfer, Reference(p.ID.String()),
		MemberAccount(p.Member, Moving), MemberAccount(p.Member, AtGateway), p.Amount))
	if err != nil {
		return err
	}
	if err := updateTransfer(ctx, tx, c, p.ID, transfer, p.account); err != nil {
		return err
	}
	if err := updateAdvanceOf(ctx, tx, c, p.advance, AdvanceSent); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, SendPayout{Payout: p.ID, Cooperative: c})
}

// SendPayout sends the wage to the member's bank, or waits as MakeTransfer does.
// Its handler shape is that of tasks.Handle.
func (s *Service) SendPayout(ctx context.Context, _ string, t SendPayout) (func(context.Context, pgx.Tx) error, error) {
	if _, reversing, err := countReversals(ctx, s.db, t.Cooperative, t.Payout); err != nil || reversing {
		return nil, err // what is left is sent when that is over
	}
	p, err := s.mayLeave(ctx, t.Cooperative, t.Payout)
	if err != nil || p.transfer == "" || p.Step != PayoutIsDue {
		return nil, ignoreWaiting(err)
	}
	instant, err := s.instantly(ctx, t.Cooperative, p)
	if err != nil {
		return nil, err
	}
	outside, err := s.run(ctx, s.payingOut(t.Cooperative, p, instant))
	switch {
	case errors.Is(err, ErrAmount):
		return func(ctx context.Context, tx pgx.Tx) error { return s.notAgainTx(ctx, tx, t.Cooperative, p) }, nil
	case errors.Is(err, errWaits):
		return nil, nil
	case err != nil:
		return nil, s.notSent(ctx, t.Cooperative, p, instant, err)
	}
	return func(ctx context.Context, tx pgx.Tx) error { return s.sentTx(ctx, tx, t.Cooperative, p, outside) }, nil
}

// payingOut is the errand that sends the wage to the bank that was seen, and to no
// other: one that was given since rests first. What came back is sent again under a
// next number. Of one that was found with another sum it says ErrAmount.
func (s *Service) payingOut(c id.Cooperative, p Payout, instant bool) errand {
	ref := p.sending()
	order := PayoutOrder{Payout: ref, Account: p.account, Amount: p.Left(), Bank: p.bank}
	return errand{
		cooperative: c, kind: errandPayout, subject: ref, input: fmt.Sprint(ref, p.account, p.Amount), words: fmt.Sprint(p.bank, p.Left()),
		may: func(ctx context.Context, tx pgx.Tx) error { return s.maySendTx(ctx, tx, c, p) },
		do: func(ctx context.Context, key string) (string, error) {
			order := order
			order.Instant = instant // may be less after a definite no
			return s.gateway.PayOut(ctx, key, order)
		},
		look: func(ctx context.Context) (string, bool, error) {
			there, found, err := s.gateway.FindPayout(ctx, p.account, ref)
			if found && there.Amount != p.Left() {
				err = ErrAmount
			}
			return there.ID, found, err
		},
	}
}

// maySendTx returns errWaits when the payout is not what it was a moment ago, or a part of
// it is being taken back: of holdReversalTx and this one comes first, and the other knows.
func (s *Service) maySendTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout) error {
	there, err := lockPayout(ctx, tx, c, p.ID)
	if err != nil {
		return err
	}
	_, reversing, err := countReversals(ctx, tx, c, p.ID)
	if err == nil && (reversing || there.Step != PayoutIsDue || there.tries != p.tries || there.reversed != p.reversed) {
		err = errWaits
	}
	return err
}

// notAgainTx is for what left under this number already, with another sum: the database
// was put back since, and a part was taken back in between. It is what came back, as it
// was, until people decide that part anew; sent again then it is found. Of a first try
// they decide it while it is due.
func (s *Service) notAgainTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout) error {
	there, err := lockPayout(ctx, tx, c, p.ID)
	if err != nil || there.tries != p.tries || there.Step != PayoutIsDue {
		return err
	}
	switch {
	case p.tries == 0 && isAdopting(ctx):
		return nil // the books differ
	case p.tries == 0:
		return tasks.GiveUp(ErrAmount) // a human looks
	}
	if there.Step, err = there.Step.To(PayoutHasNot); err != nil {
		return err
	}
	if err := updateNotAgain(ctx, tx, c, there); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, members.Moved{Cooperative: c, Members: []members.MemberID{p.Member}})
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
		MemberAccount(p.Member, AtGateway), MemberAccount(p.Member, Transit), p.Left()))
	if err != nil {
		return err
	}
	return updateSent(ctx, tx, c, p.ID, outside, s.now())
}
