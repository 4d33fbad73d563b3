package stripegateway

import (
	"context"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// payoutMark is the name of a payout's reference in metadata, of its transfer
// and of the payout to the bank; reversalMark that of a reversal's.
const (
	payoutMark   = "payout"
	reversalMark = "reversal"
)

// Transfer brings a part of a charge to a member's account, as soon as the
// charge itself is available; without a charge it must be available now.
func (g *Gateway) Transfer(ctx context.Context, key string, t payments.Transfer) (string, error) {
	p := &stripe.TransferParams{
		Params:      once(ctx, key),
		Amount:      stripe.Int64(int64(t.Amount)),
		Currency:    stripe.String(string(stripe.CurrencyEUR)),
		Destination: &t.Account,
	}
	p.AddMetadata(payoutMark, string(t.Payout))
	switch {
	case t.Charge != "":
		p.SourceTransaction = &t.Charge // Stripe gives the transfer its group
	case t.Group != "":
		p.TransferGroup = &t.Group
	}
	made, err := g.stripe.Transfers.New(p)
	if err != nil {
		return "", failed("transfer", err)
	}
	return made.ID, nil
}

// FindTransfer looks through what went to the account, and not in a group: a
// part of a charge is in the group of the charge, whatever is asked.
func (g *Gateway) FindTransfer(ctx context.Context, account string, ref payments.Reference) (string, bool, error) {
	if err := known(account, string(ref)); err != nil {
		return "", false, err
	}
	list := g.stripe.Transfers.List(&stripe.TransferListParams{ListParams: page(ctx), Destination: &account})
	t, found, err := find("find transfer", list, list.Transfer, func(t *stripe.Transfer) bool { return t.Metadata[payoutMark] == string(ref) })
	if !found {
		return "", false, err
	}
	return t.ID, true, nil
}

// Reverse brings money of a transfer back. Stripe refuses more than the member's
// account has.
func (g *Gateway) Reverse(ctx context.Context, key string, r payments.ReversalOrder) (string, error) {
	if err := known(r.Transfer); err != nil {
		return "", err
	}
	p := &stripe.TransferReversalParams{Params: once(ctx, key), ID: &r.Transfer, Amount: stripe.Int64(int64(r.Amount))}
	p.AddMetadata(reversalMark, string(r.Reversal))
	made, err := g.stripe.TransferReversals.New(p)
	if err != nil {
		return "", failed("reverse", err)
	}
	return made.ID, nil
}

// FindReversal looks through the transfer's reversals.
func (g *Gateway) FindReversal(ctx context.Context, transfer string, ref payments.Reference) (string, bool, error) {
	if err := known(transfer, string(ref)); err != nil {
		return "", false, err
	}
	list := g.stripe.TransferReversals.List(&stripe.TransferReversalListParams{ListParams: page(ctx), ID: &transfer})
	r, found, err := find("find reversal", list, list.TransferReversal, func(r *stripe.TransferReversal) bool { return r.Metadata[reversalMark] == string(ref) })
	if !found {
		return "", false, err
	}
	return r.ID, true, nil
}

// ReversalsByHand looks through all of the transfer's reversals.
func (g *Gateway) ReversalsByHand(ctx context.Context, transfer string) (made []payments.ReversalThere, err error) {
	if err := known(transfer); err != nil {
		return nil, err
	}
	list := g.stripe.TransferReversals.List(&stripe.TransferReversalListParams{ListParams: page(ctx), ID: &transfer})
	_, _, err = find("list reversals", list, list.TransferReversal, func(r *stripe.TransferReversal) bool {
		if r.Metadata[reversalMark] == "" {
			made = append(made, payments.ReversalThere{ID: r.ID, Amount: payments.Cents(r.Amount)})
		}
		return false // all are looked at
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}
