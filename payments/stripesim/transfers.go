package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// transfer moves money from the platform to a connected account.
type transfer struct {
	ID          string
	Amount      int64
	Destination string
	Payment     string // its name in the book of the destination
	Source      string // the charge that it is paid from, if one was named
	Group       string
	Description string
	Metadata    map[string]string
	Txn         string
	Created     time.Time
	Reversed    int64
	Reversals   []reversal // the newest ten
	Count       int64      // of all its reversals
}

// createTransfer handles POST /v1/transfers.
func createTransfer(q *request) action {
	p := q.params
	t := transfer{
		Amount: p.amount("amount"), Destination: p.need("destination"), Source: p.text("source_transaction"),
		Group: p.text("transfer_group"), Description: p.text("description"), Metadata: p.metadata("metadata"), Created: q.now,
	}
	p.euros("currency")
	p.choice("source_type", "card")
	return func(ctx context.Context, c *change) (object, error) {
		if err := c.checkDestination(ctx, t.Destination); err != nil {
			return nil, err
		}
		available, err := c.sourceOf(ctx, &t)
		if err != nil {
			return nil, err
		}
		return c.transfer(ctx, t, available)
	}
}

// checkDestination refuses an account that may not be paid yet.
func (c *change) checkDestination(ctx context.Context, id string) error {
	to, err := findDestination(ctx, c.tx, id, "destination")
	if err == nil && to.Transfers != "active" {
		return invalid("insufficient_capabilities_for_transfer", "", "Your destination account needs to have at least one of the following capabilities enabled: transfers")
	}
	return err
}

// sourceOf says when the money is there: now, or when the named charge is. A
// charge pays no more than it brought, and gives its group. What was reversed may
// be paid again.
func (c *change) sourceOf(ctx context.Context, t *transfer) (time.Time, error) {
	if t.Source == "" {
		return c.now, nil
	}
	ch, err := lockCharge(ctx, c.tx, t.Source, "source_transaction")
	if err != nil {
		return c.now, err
	}
	used, err := sumTransfers(ctx, c.tx, ch.ID)
	if err != nil {
		return c.now, err
	}
	if ch.Status != "succeeded" || used+t.Amount > ch.Amount {
		return c.now, invalid("", "source_transaction", "Transfers using this transaction as a source must not exceed the source amount of %d cents.", ch.Amount)
	}
	if t.Group == "" {
		t.Group = ch.Group
	}
	return later(ch.Available, c.now), nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (c *change) transfer(ctx context.Context, t transfer, available time.Time) (object, error) {
	room, err := holdBalance(ctx, c.tx, platform, available)
	if err != nil {
		return nil, err
	}
	if t.Amount > room {
		return nil, notEnough("You have insufficient available funds in your Stripe account.")
	}
	t.ID, t.Payment = c.id("tr_"), c.id("py_")
	t.Txn, err = c.move(ctx, txn{Account: platform, Type: "transfer", Amount: -t.Amount, Source: t.ID, Available: available})
	if err != nil {
		return nil, err
	}
	if _, err := c.move(ctx, txn{Account: t.Destination, Type: "payment", Amount: t.Amount, Source: t.Payment, Available: available}); err != nil {
		return nil, err
	}
	if err := insertTransfer(ctx, c.tx, t); err != nil {
		return nil, err
	}
	return t.render(), c.tell(ctx, platform, "transfer.created", t.render())
}

// getTransfer handles GET /v1/transfers/{id}.
func getTransfer(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		t, err := findTransfer(ctx, c.tx, q.id)
		return t.render(), err
	}
}

// listTransfers handles GET /v1/transfers.
func listTransfers(q *request) action {
	group, destination := q.params.text("transfer_group"), q.params.text("destination")
	return list(q, q.page(), transferKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]transfer, error) {
		return selectTransfers(ctx, tx, p, group, destination)
	})
}

func (t transfer) render() object {
	data := make([]object, len(t.Reversals))
	for i, r := range t.Reversals {
		data[i] = r.render()
	}
	return object{
		"id": t.ID, "object": "transfer", "livemode": false, "amount": t.Amount, "amount_reversed": t.Reversed, "reversed": t.Reversed == t.Amount, "currency": "eur",
		"balance_transaction": t.Txn, "destination": t.Destination, "destination_payment": t.Payment, "source_transaction": orNull(t.Source),
		"source_type": "card", "transfer_group": orNull(t.Group), "description": orNull(t.Description), "metadata": t.Metadata, "created": unix(t.Created),
		"reversals": object{
			"object": "list", "data": data, "has_more": int64(len(t.Reversals)) < t.Count, "total_count": t.Count, "url": "/v1/transfers/" + t.ID + "/reversals",
		},
	}
}
