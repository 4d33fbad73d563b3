package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// reversal takes money of a transfer back from the connected account.
type reversal struct {
	ID       string
	Transfer string
	Amount   int64
	Account  string // that gives it back
	Refund   string // its name in the book of that account
	Metadata map[string]string
	Txn      string
	Created  time.Time
}

// createReversal handles POST /v1/transfers/{id}/reversals: all that is left of
// the transfer unless an amount is given.
func createReversal(q *request) action {
	p := q.params
	r := reversal{Transfer: q.id, Metadata: p.metadata("metadata"), Created: q.now}
	if p.has("amount") {
		r.Amount = p.amount("amount")
	}
	p.text("description")
	p.choice("refund_application_fee", "false")
	return func(ctx context.Context, c *change) (object, error) {
		t, err := lockTransfer(ctx, c.tx, q.id)
		if err != nil {
			return nil, err
		}
		left := t.Amount - t.Reversed
		if r.Amount == 0 {
			r.Amount = left
		}
		if err := checkReversal(t, r.Amount, left); err != nil {
			return nil, err
		}
		return c.reverse(ctx, t, r)
	}
}

func checkReversal(t transfer, amount, left int64) error {
	switch {
	case left == 0:
		return invalid("", "", "Transfer %s is already fully reversed.", t.ID)
	case amount > left:
		return invalid("", "amount", "Reversal amount (%d cents) is greater than unreversed amount on transfer (%d cents)", amount, left)
	}
	return nil
}

// reverse needs the connected account's balance. Money that is still on its way
// there goes back on the same day.
func (c *change) reverse(ctx context.Context, t transfer, r reversal) (object, error) {
	available, err := availableAt(ctx, c.tx, t.Txn)
	if err != nil {
		return nil, err
	}
	available = later(available, c.now)
	if _, err := holdBalance(ctx, c.tx, platform, available); err != nil {
		return nil, err
	}
	room, err := holdBalance(ctx, c.tx, t.Destination, available)
	if err != nil {
		return nil, err
	}
	if r.Amount > room {
		return nil, notEnough("The connected account does not have sufficient funds in its Stripe balance to reverse this amount.")
	}
	r.ID, r.Refund, r.Account = c.id("trr_"), c.id("pyr_"), t.Destination
	return c.giveBack(ctx, t, r, available)
}

func (c *change) giveBack(ctx context.Context, t transfer, r reversal, available time.Time) (_ object, err error) {
	r.Txn, err = c.move(ctx, txn{Account: platform, Type: "transfer_refund", Amount: r.Amount, Source: r.ID, Available: available})
	if err != nil {
		return nil, err
	}
	back := txn{Account: t.Destination, Type: "payment_refund", Amount: -r.Amount, Source: r.Refund, Available: available}
	if _, err := c.move(ctx, back); err != nil {
		return nil, err
	}
	if err := insertReversal(ctx, c.tx, r); err != nil {
		return nil, err
	}
	t.Reversed += r.Amount
	t.Reversals, t.Count = append([]reversal{r}, t.Reversals...), t.Count+1
	if err := updateReversed(ctx, c.tx, t); err != nil {
		return nil, err
	}
	return r.render(), c.tell(ctx, platform, "transfer.reversed", t.render())
}

// getReversal handles GET /v1/transfers/{id}/reversals/{sub}.
func getReversal(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		r, err := findReversal(ctx, c.tx, q.sub, q.id)
		return r.render(), err
	}
}

// listReversals handles GET /v1/transfers/{id}/reversals.
func listReversals(q *request) action {
	return list(q, q.page(), reversalKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]reversal, error) {
		if _, err := findTransfer(ctx, tx, q.id); err != nil {
			return nil, err
		}
		return selectReversals(ctx, tx, p, q.id)
	})
}

func (r reversal) render() object {
	return object{
		"id": r.ID, "object": "transfer_reversal", "amount": r.Amount, "currency": "eur", "transfer": r.Transfer, "balance_transaction": r.Txn,
		"destination_payment_refund": r.Refund, "source_refund": nil, "metadata": r.Metadata, "created": unix(r.Created),
	}
}
