package payments

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// SendReversal is the task that has the gateway take back what is set apart for it.
type SendReversal struct {
	Settlement  SettlementID
	Cooperative id.Cooperative
}

// Kind names the task.
func (SendReversal) Kind() string { return "payments.send_reversal" }

// errandReversal is the kind of a reversal's errand.
const errandReversal errandKind = "reversal"

// Our own words for why nothing was taken back: the gateway does not have the transfer, or
// not any more the account to which it went; the money had left for the bank, and the books
// forgot it; people took another sum of it back at the gateway.
const (
	unknownThere = "unknown"
	leftBefore   = "left_before"
	otherByHand  = "other_by_hand"
)

// ReversalWhys lists them; any other word is the gateway's.
func ReversalWhys() []string { return []string{unknownThere, leftBefore, otherByHand} }

// reversible returns ErrNotThere unless so much of the payout lies on the member's account,
// since it came back from the bank or did not leave yet: what is on its way, or at the
// bank, nobody takes back.
func (p Payout) reversible(amount Cents, reversing bool) error {
	if p.Step != PayoutHasNot && p.Step != PayoutIsDue || p.transfer == "" || reversing || amount > p.Left() {
		return ErrNotThere
	}
	return nil
}

// stillThereTx returns ErrNotThere for a payout that is due and may have left: somebody
// asked for that. Who asks next locks the payout first, and waits: see maySendTx.
func (s *Service) stillThereTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout) error {
	if p.Step != PayoutIsDue {
		return nil
	}
	made, err := mayBeMade(ctx, tx, c, errandPayout, p.sending(), s.now().Add(-callLasts))
	if err == nil && made {
		err = ErrNotThere
	}
	return err
}

// holdReversalTx sets it apart, and lets a task ask for it.
func (s *Service) holdReversalTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, k WageBack, t Settlement) error {
	payout, err := findPayoutOf(ctx, tx, c, k.ID)
	if err != nil {
		return notThere(err)
	}
	p, err := lockPayout(ctx, tx, c, payout)
	if err != nil {
		return err
	}
	number, reversing, err := countReversals(ctx, tx, c, payout)
	if err != nil {
		return err
	}
	if err := p.reversible(t.Amount, reversing); err != nil {
		return err
	}
	if err := s.stillThereTx(ctx, tx, c, p); err != nil {
		return err
	}
	t.payout, t.number, t.State = payout, number, SettlementApproved
	if err := insertSettlement(ctx, tx, c, t, s.now()); err != nil {
		return err
	}
	if err := s.postTx(ctx, tx, c, t.hold(k.Member)); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, SendReversal{Settlement: t.ID, Cooperative: c})
}

func notThere(err error) error {
	if ignoreNotFound(err) == nil {
		return ErrNotThere
	}
	return err
}

func (s *Service) reversing(c id.Cooperative, t Settlement) errand {
	order := ReversalOrder{Reversal: t.ref(), Transfer: t.transfer, Amount: t.Amount}
	return errand{
		cooperative: c, kind: errandReversal, subject: t.ref(), input: order,
		do: func(ctx context.Context, key string) (string, error) { return s.gateway.Reverse(ctx, key, order) },
		look: func(ctx context.Context) (string, bool, error) {
			return s.gateway.FindReversal(ctx, t.transfer, t.ref())
		},
	}
}

// SendReversal has it made, once. While no money leaves the cooperative it does nothing.
// A no of the gateway, such as that there is not so much any more, ends the try: what
// was asked back stays open, and the office hears of it. Its handler shape is that of
// tasks.Handle.
func (s *Service) SendReversal(ctx context.Context, _ string, r SendReversal) (func(context.Context, pgx.Tx) error, error) {
	t, err := findSettlement(ctx, s.db, r.Cooperative, r.Settlement)
	if err != nil || t.State != SettlementApproved {
		return nil, ignoreNotFound(err)
	}
	if err := s.mayMove(ctx, r.Cooperative); err != nil {
		return nil, ignoreWaiting(err)
	}
	outside, err := s.reverse(ctx, r.Cooperative, t)
	var refused *Refused
	switch {
	case errors.As(err, &refused):
		return func(ctx context.Context, tx pgx.Tx) error { return s.notReversedTx(ctx, tx, r, refused.Code) }, nil
	case errors.Is(err, ErrUnknownThere):
		return func(ctx context.Context, tx pgx.Tx) error { return s.notReversedTx(ctx, tx, r, unknownThere) }, nil
	case err != nil:
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) error { return s.reversedTx(ctx, tx, r, outside) }, nil
}

// reversedTx records that it was taken back, unless somebody did meanwhile.
func (s *Service) reversedTx(ctx context.Context, tx pgx.Tx, r SendReversal, outside string) error {
	k, t, err := lockSettlement(ctx, tx, r.Cooperative, r.Settlement)
	if err != nil || t.State == SettlementDone {
		return ignoreNotFound(err)
	}
	if t.State != SettlementApproved {
		return tasks.GiveUp(ErrBackDecided) // a human looks
	}
	p, err := lockPayout(ctx, tx, r.Cooperative, t.payout)
	if err != nil {
		return err
	}
	p.reversed += t.Amount
	if p.Left() == 0 {
		if p.Step, err = p.Step.To(PayoutIsReversed); err != nil {
			return tasks.GiveUp(err)
		}
	}
	if err := s.postTx(ctx, tx, r.Cooperative, t.reversed(k.Member)); err != nil {
		return err
	}
	if err := updateReversed(ctx, tx, r.Cooperative, p, s.now()); err != nil {
		return err
	}
	if err := doneReversal(ctx, tx, r.Cooperative, t.ID, outside, s.now()); err != nil {
		return err
	}
	if err := s.settledTx(ctx, tx, r.Cooperative, k); err != nil {
		return err
	}
	return s.goesOnTx(ctx, tx, r.Cooperative, k, t)
}

// goesOnTx lets what is left of the payout leave, where it did not come back before.
func (s *Service) goesOnTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, k WageBack, t Settlement) error {
	if err := s.tellTx(ctx, tx, c, SendPayout{Payout: t.payout, Cooperative: c}); err != nil {
		return err
	}
	return s.clawbackMovedTx(ctx, tx, c, k)
}

// notReversedTx ends a try to which the gateway said no: the money is the member's as
// before.
func (s *Service) notReversedTx(ctx context.Context, tx pgx.Tx, r SendReversal, code string) error {
	k, t, err := lockSettlement(ctx, tx, r.Cooperative, r.Settlement)
	if err != nil || t.State != SettlementApproved {
		return ignoreNotFound(err)
	}
	if err := s.postTx(ctx, tx, r.Cooperative, t.back(k.Member)); err != nil {
		return err
	}
	if err := failReversal(ctx, tx, r.Cooperative, t.ID, code, s.now()); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, r.Cooperative, BackTold{What: BackReversalFailed, Bill: k.Bill, Cooperative: r.Cooperative}); err != nil {
		return err
	}
	return s.goesOnTx(ctx, tx, r.Cooperative, k, t)
}

// adoptReversals finds those that the gateway made, of a database that was put back
// (its stop is known), or whose answer got lost. Of one of which even the wish is
// forgotten the books differ until people decide it anew: see Settlement.ref.
func (s *Service) adoptReversals(ctx context.Context, list []reversalAsked) error {
	var failed error
	for _, r := range list {
		finish, err := s.SendReversal(ctx, "", SendReversal{Settlement: r.settlement, Cooperative: r.cooperative})
		if err := s.record(ctx, finish, err); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		t, err := findSettlement(ctx, s.db, r.cooperative, r.settlement)
		if err == nil && t.State == SettlementDone {
			err = insertAdopted(ctx, s.db, r.stopped, "reversal", t.ID.String(), t.outside, s.now())
		}
		failed = errors.Join(failed, err)
	}
	return failed
}
