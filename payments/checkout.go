package payments

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// LookAtCheckout is the task that asks how a bill's checkout is, and believes
// only that answer.
type LookAtCheckout struct {
	Bill        BillID
	Cooperative id.Cooperative
	Checkout    string // "" is the newest
}

// Kind names the task.
func (LookAtCheckout) Kind() string { return "payments.look_at_checkout" }

// Checkout gives the address where the acting client pays the bill; back is
// where the browser comes back to. While a checkout is open, everybody gets that
// one, so that a bill which is paid from two screens is paid once. It returns
// ErrPaid when there is nothing to pay any more, ErrUnderway while the client's bank
// has not said whether it pays, ErrTooMuch, and members.ErrNotFound.
func (s *Service) Checkout(ctx context.Context, by members.Actor, bill BillID, back string) (address string, err error) {
	if s.gateway == nil {
		return "", ErrNoGateway
	}
	if by.Kind != members.RoleClient {
		return "", members.ErrNotFound
	}
	for range 3 { // an expired checkout is followed by a new one
		page, err := s.checkoutPage(ctx, by, bill, back)
		switch {
		case err != nil:
			return "", err
		case page.State == CheckoutOpen:
			return page.URL, nil
		case page.State == CheckoutWaiting:
			return "", ErrUnderway
		}
		if err := s.followCheckout(ctx, by.Cooperative, bill, page); err != nil {
			return "", err
		}
	}
	return "", ErrPaid
}

// checkoutPage gives the bill's checkout, and opens it when there is none.
func (s *Service) checkoutPage(ctx context.Context, by members.Actor, bill BillID, back string) (CheckoutPage, error) {
	b, open, err := s.beginCheckout(ctx, by, bill)
	if err != nil {
		return CheckoutPage{}, err
	}
	if open.id != "" {
		return s.gateway.CheckoutPage(ctx, open.id)
	}
	checkout, err := s.run(ctx, s.openingCheckout(by.Cooperative, b, open.number, back))
	if err != nil {
		return CheckoutPage{}, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return updateCheckout(ctx, tx, by.Cooperative, bill, open.number, checkout)
	})
	if err != nil {
		return CheckoutPage{}, err
	}
	return s.gateway.CheckoutPage(ctx, checkout)
}

// openingCheckout is the errand that opens a bill's checkout of this number. Nobody
// can look for one: an open one that nobody was sent to is paid by nobody. The
// browser may come back to another address with a next key.
func (s *Service) openingCheckout(c id.Cooperative, b Bill, number int, back string) errand {
	order := Checkout{
		Bill: Reference(b.ID.String()), Lines: []CheckoutLine{{Text: b.Title, Amount: b.Due()}}, Return: back, Locale: "nl",
	}
	return errand{
		cooperative: c, kind: "checkout", subject: Reference(fmt.Sprintf("%s:%d", b.ID, number)), input: b.Due(), words: order,
		do: func(ctx context.Context, key string) (string, error) {
			page, err := s.gateway.OpenCheckout(ctx, key, order)
			return page.ID, err
		},
		look: func(context.Context) (string, bool, error) { return "", false, nil },
	}
}

// begun is a bill's newest checkout; without an id it may not exist yet.
type begun struct {
	number int
	id     string
}

// beginCheckout notes that a checkout begins before anybody hears of it, so
// that a crash after that finds the same one again.
func (s *Service) beginCheckout(ctx context.Context, by members.Actor, bill BillID) (b Bill, open begun, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if b, err = findBill(ctx, tx, by, bill); err != nil {
			return err
		}
		state, newest, err := lockCheckout(ctx, tx, by.Cooperative, bill)
		switch {
		case err != nil:
			return err
		case state == BillPaid:
			return ErrPaid
		case state == BillPaying:
			open = newest
			return nil
		}
		if _, err := state.To(BillPaying); err != nil {
			return err
		}
		if err := payable(b.Due()); err != nil {
			return err
		}
		open = begun{number: newest.number + 1}
		return startCheckout(ctx, tx, by.Cooperative, bill, open.number, s.now())
	})
	return b, open, err
}

// LookAtCheckout asks how the bill's checkout is. Its handler shape is that of
// tasks.Handle.
func (s *Service) LookAtCheckout(ctx context.Context, _ string, t LookAtCheckout) (func(context.Context, pgx.Tx) error, error) {
	if t.Checkout == "" {
		newest, err := findCheckout(ctx, s.db, t.Cooperative, t.Bill)
		if err != nil || newest == "" {
			return nil, ignoreNotFound(err)
		}
		t.Checkout = newest
	}
	page, err := s.gateway.CheckoutPage(ctx, t.Checkout)
	if err != nil {
		return nil, ignoreNotFound(err)
	}
	return s.checkoutStep(ctx, t.Cooperative, t.Bill, page)
}

// ignoreNotFound lets go of what is not ours, or not there.
func ignoreNotFound(err error) error {
	if errors.Is(err, members.ErrNotFound) || errors.Is(err, ErrUnknownThere) {
		return nil
	}
	return err
}

func (s *Service) followCheckout(ctx context.Context, c id.Cooperative, bill BillID, page CheckoutPage) error {
	record, err := s.checkoutStep(ctx, c, bill, page)
	if err != nil || record == nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return record(ctx, tx) })
}

// checkoutStep returns what follows from how the checkout is, if anything.
func (s *Service) checkoutStep(ctx context.Context, c id.Cooperative, bill BillID, page CheckoutPage) (func(context.Context, pgx.Tx) error, error) {
	switch page.State {
	case CheckoutPaid:
		charge, err := s.gateway.Charge(ctx, page.Intent)
		return func(ctx context.Context, tx pgx.Tx) error { return s.settleTx(ctx, tx, c, bill, page, charge) }, err
	case CheckoutExpired, CheckoutFailed:
		return func(ctx context.Context, tx pgx.Tx) error { return s.runOutTx(ctx, tx, c, bill, page.ID) }, nil
	default:
		return nil, nil
	}
}

// runOutTx lets the bill be paid by a new checkout when this one was its newest.
func (s *Service) runOutTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, checkout string) error {
	state, newest, err := lockCheckout(ctx, tx, c, bill)
	if err != nil || newest.id != checkout || state != BillPaying {
		return err
	}
	if state, err = state.To(BillDue); err != nil {
		return err
	}
	return updateBill(ctx, tx, c, bill, state)
}

// settleTx books the money of a paid bill, once: it comes from the client, is
// held, and is shared at once, since the hours are agreed. Each wage becomes a
// payout that is due.
func (s *Service) settleTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, page CheckoutPage, charge Charge) error {
	p, err := lockForPay(ctx, tx, c, bill)
	switch {
	case err != nil:
		return err
	case p.state == BillPaid && p.charge == charge.ID:
		return nil
	case p.state == BillPaid, charge.Whole() != p.due(), page.Amount != p.due():
		return tasks.GiveUp(ErrAmount) // a human looks: money came that no bill asks for
	}
	if p.state, err = p.state.paid(); err != nil {
		return tasks.GiveUp(err)
	}
	if p.lines, err = listLines(ctx, tx, c, bill); err != nil {
		return err
	}
	if p.beforehand > 0 {
		if p.parts, err = listParts(ctx, tx, c, bill); err != nil {
			return err
		}
		p.parts = append(p.parts, part{charge: charge.ID, amount: p.due()})
	}
	lines, netted, err := s.netTx(ctx, tx, c, p.lines)
	if err != nil {
		return err
	}
	if err := s.postTx(ctx, tx, c, append(p.entries(bill, charge), netted...)...); err != nil {
		return err
	}
	if err := updatePaid(ctx, tx, c, bill, page.ID, charge.ID, s.now()); err != nil {
		return err
	}
	p.lines, p.available = lines, charge.Available
	return s.owePayoutsTx(ctx, tx, c, p)
}

// paidBill is a bill as its money arrives.
type paidBill struct {
	client members.ClientID
	ref    Reference
	state  BillState
	total  Cents
	charge string
	lines  []Line

	beforehand Cents  // of the total, from deposits
	parts      []part // where its money is from; none: all from its own charge

	available time.Time // from when its own charge may be spent; zero: it has none
}

// due is what its own charge pays.
func (p paidBill) due() Cents { return p.total - p.beforehand }

// entries are all movements that the payment of the bill means.
func (p paidBill) entries(bill BillID, charge Charge) []Entry {
	held, about := BillHeld(bill), Reference(bill.String())
	list := []Entry{move("bill:"+bill.String()+":paid", CauseBillPaid, about, ClientAccount(p.client), held, p.due())}
	if charge.Fee > 0 {
		list = append(list, move("charge:"+charge.ID+":fee", CauseFee, about, Costs, GatewayFees, charge.Fee))
	}
	return append(list, p.shares(bill)...)
}

// shares are those that bring what is held where it belongs.
func (p paidBill) shares(bill BillID) (list []Entry) {
	held, about := BillHeld(bill), Reference(bill.String())
	for _, l := range p.lines {
		why, to := CauseContribution, Contribution
		if l.Kind == WageLine {
			why, to = CauseWage, MemberAccount(l.Member, Payable)
		}
		list = append(list, move("line:"+l.ID.String(), why, about, held, to, l.Amount))
	}
	return list
}
