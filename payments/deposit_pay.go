package payments

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// LookAtDeposit is the task that asks how a deposit's checkout is, and believes
// only that answer.
type LookAtDeposit struct {
	Deposit     DepositID
	Cooperative id.Cooperative
	Checkout    string // "" is the newest
}

// Kind names the task.
func (LookAtDeposit) Kind() string { return "payments.look_at_deposit" }

// DepositMoved is the task that tells others that money for work is held.
type DepositMoved struct {
	Ref         Reference
	Cooperative id.Cooperative
}

// Kind names the task.
func (DepositMoved) Kind() string { return "payments.deposit_moved" }

const depositCheckout errandKind = "deposit_checkout"

// PayDeposit gives the address where the acting client pays the deposit; back is
// where the browser comes back to. Everybody gets the same page while it is open.
// It returns ErrPaid when it is held, ErrUnderway while money is on its way, and
// members.ErrNotFound.
func (s *Service) PayDeposit(ctx context.Context, by members.Actor, deposit DepositID, back string) (address string, err error) {
	if s.gateway == nil {
		return "", ErrNoGateway
	}
	if by.Kind != members.RoleClient {
		return "", members.ErrNotFound
	}
	for range 3 { // an expired checkout is followed by a new one
		page, err := s.depositPage(ctx, by, deposit, back)
		switch {
		case err != nil:
			return "", err
		case page.State == CheckoutOpen:
			return page.URL, nil
		case page.State == CheckoutWaiting:
			return "", ErrUnderway
		}
		if err := s.followDeposit(ctx, by.Cooperative, deposit, page); err != nil {
			return "", err
		}
	}
	return "", ErrPaid
}

// depositPage gives the deposit's checkout, and opens it when there is none.
func (s *Service) depositPage(ctx context.Context, by members.Actor, deposit DepositID, back string) (CheckoutPage, error) {
	d, open, err := s.beginDeposit(ctx, by, deposit)
	if err != nil {
		return CheckoutPage{}, err
	}
	if open.id == "" {
		if open.id, err = s.openDeposit(ctx, by.Cooperative, d, open.number, back); err != nil {
			return CheckoutPage{}, err
		}
	}
	return s.gateway.CheckoutPage(ctx, open.id)
}

// openDeposit opens the checkout of this number, once. A page that was opened and
// whose answer got lost is nowhere shown, so that nobody can pay on it.
func (s *Service) openDeposit(ctx context.Context, c id.Cooperative, d Deposit, number int, back string) (string, error) {
	order := Checkout{
		Bill: Reference(d.ID.String()), Lines: []CheckoutLine{{Text: d.Title, Amount: d.Amount}}, Return: back, Locale: "nl",
		Methods: []string{"ideal", "card"}, // money that is there at once: seats wait for it
	}
	checkout, err := s.run(ctx, errand{
		cooperative: c, kind: depositCheckout, subject: Reference(fmt.Sprintf("%s:%d", d.ID, number)), input: d.Amount, words: order,
		do: func(ctx context.Context, key string) (string, error) {
			page, err := s.gateway.OpenCheckout(ctx, key, order)
			return page.ID, err
		},
		look: func(context.Context) (string, bool, error) { return "", false, nil },
	})
	if err != nil {
		return "", err
	}
	return checkout, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return updateDepositCheckout(ctx, tx, c, d.ID, number, checkout)
	})
}

// beginDeposit notes that a checkout begins before anybody hears of it.
func (s *Service) beginDeposit(ctx context.Context, by members.Actor, deposit DepositID) (d Deposit, open begun, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if d, open, err = lockDeposit(ctx, tx, by.Cooperative, deposit); err != nil {
			return err
		}
		switch {
		case d.Client != by.Client:
			return members.ErrNotFound
		case d.State == DepositPaying:
			return nil
		}
		if _, err := d.State.To(DepositPaying); err != nil {
			return ErrPaid
		}
		if err := payable(d.Amount); err != nil {
			return err
		}
		open = begun{number: open.number + 1}
		return startDeposit(ctx, tx, by.Cooperative, deposit, open.number, s.now())
	})
	return d, open, err
}

// LookAtDeposit asks how the deposit's checkout is. Its handler shape is that of
// tasks.Handle.
func (s *Service) LookAtDeposit(ctx context.Context, _ string, t LookAtDeposit) (func(context.Context, pgx.Tx) error, error) {
	if t.Checkout == "" {
		newest, err := findDepositCheckout(ctx, s.db, t.Cooperative, t.Deposit)
		if err != nil || newest == "" {
			return nil, ignoreNotFound(err)
		}
		t.Checkout = newest
	}
	page, err := s.gateway.CheckoutPage(ctx, t.Checkout)
	if err != nil {
		return nil, ignoreNotFound(err)
	}
	return s.depositStep(ctx, t.Cooperative, t.Deposit, page)
}

func (s *Service) followDeposit(ctx context.Context, c id.Cooperative, deposit DepositID, page CheckoutPage) error {
	record, err := s.depositStep(ctx, c, deposit, page)
	if err != nil || record == nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return record(ctx, tx) })
}

// depositStep returns what follows from how the checkout is, if anything.
func (s *Service) depositStep(ctx context.Context, c id.Cooperative, deposit DepositID, page CheckoutPage) (func(context.Context, pgx.Tx) error, error) {
	switch page.State {
	case CheckoutPaid:
		charge, err := s.gateway.Charge(ctx, page.Intent)
		return func(ctx context.Context, tx pgx.Tx) error { return s.depositHeldTx(ctx, tx, c, deposit, page, charge) }, err
	case CheckoutExpired, CheckoutFailed:
		return func(ctx context.Context, tx pgx.Tx) error { return s.depositRanOutTx(ctx, tx, c, deposit, page.ID) }, nil
	default:
		return nil, nil
	}
}

// depositRanOutTx lets it be paid by a new checkout when this one was its newest.
func (s *Service) depositRanOutTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, checkout string) error {
	d, newest, err := lockDeposit(ctx, tx, c, deposit)
	if err != nil || newest.id != checkout || d.State != DepositPaying {
		return err
	}
	if err := updateDeposit(ctx, tx, c, deposit, DepositAsked); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, members.Moved{Cooperative: c, Client: d.Client})
}

// depositHeldTx books the money of a deposit, once, and tells who gives seats.
func (s *Service) depositHeldTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, page CheckoutPage, charge Charge) error {
	d, _, err := lockDeposit(ctx, tx, c, deposit)
	switch {
	case err != nil:
		return err
	case d.charge != "" && d.charge == charge.ID:
		return nil
	case d.charge != "", charge.Whole() != d.Amount, page.Amount != d.Amount:
		return tasks.GiveUp(ErrAmount) // a human looks: money came that nobody asked for
	}
	if _, err := d.State.paid(); err != nil {
		return tasks.GiveUp(err)
	}
	if err := markHeld(ctx, tx, c, deposit, page.ID, charge.ID, s.now()); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, c, DepositMoved{Ref: d.Ref, Cooperative: c}, members.Moved{Cooperative: c, Client: d.Client}); err != nil {
		return err
	}
	return s.postTx(ctx, tx, c, d.entries(charge)...)
}

// entries are all movements that the payment of the deposit means.
func (d Deposit) entries(charge Charge) []Entry {
	about := Reference(d.ID.String())
	list := []Entry{move("deposit:"+d.ID.String()+":paid", CauseDepositPaid, about, ClientAccount(d.Client), DepositHeld(d.Ref), d.Amount)}
	if charge.Fee > 0 {
		list = append(list, move("charge:"+charge.ID+":fee", CauseFee, about, Costs, GatewayFees, charge.Fee))
	}
	return list
}
