package stripegateway

import (
	"context"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// payoutMark is the name of a payout's reference in metadata, of its transfer
// and of the payout to the bank.
const payoutMark = "payout"

// Transfer brings a part of a charge to a member's account, as soon as the
// charge itself is available.
func (g *Gateway) Transfer(ctx context.Context, key string, t payments.Transfer) (string, error) {
	p := &stripe.TransferParams{
		Amount:            stripe.Int64(int64(t.Amount)),
		Currency:          stripe.String(string(stripe.CurrencyEUR)),
		Destination:       &t.Account,
		SourceTransaction: &t.Charge,
		TransferGroup:     stripe.String(string(t.Payout)),
	}
	p.AddMetadata(payoutMark, string(t.Payout))
	if err := once(ctx, key, &p.Params); err != nil {
		return "", err
	}
	made, err := g.stripe.Transfers.New(p)
	if err != nil {
		return "", failed("transfer", err)
	}
	return made.ID, nil
}

// FindTransfer looks in the group of this reference.
func (g *Gateway) FindTransfer(ctx context.Context, ref payments.Reference) (string, bool, error) {
	if err := known(string(ref)); err != nil {
		return "", false, err
	}
	p := &stripe.TransferListParams{ListParams: page(ctx), TransferGroup: stripe.String(string(ref))}
	list := g.stripe.Transfers.List(p)
	for range mostLooked {
		if !list.Next() {
			return "", false, failed("find transfer", list.Err())
		}
		if t := list.Transfer(); t.Metadata[payoutMark] == string(ref) {
			return t.ID, true, nil
		}
	}
	return "", false, errMany
}
