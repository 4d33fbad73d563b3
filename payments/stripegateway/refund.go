package stripegateway

import (
	"context"
	"fmt"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// refundMark is the name of a refund's reference in metadata.
const refundMark = "refund"

// Refund gives a part of a charge back. The transfers of the charge stay as they
// are: those are reversed by themselves.
func (g *Gateway) Refund(ctx context.Context, key string, r payments.RefundOrder) (payments.RefundThere, error) {
	if err := known(r.Charge); err != nil {
		return payments.RefundThere{}, err
	}
	p := &stripe.RefundParams{Params: once(ctx, key), Charge: &r.Charge, Amount: stripe.Int64(int64(r.Amount))}
	p.AddMetadata(refundMark, string(r.Refund))
	made, err := g.stripe.Refunds.New(p)
	if err != nil {
		return payments.RefundThere{}, failed("refund", err)
	}
	return refundThere(made)
}

// FindRefund looks through the charge's refunds, the newest first.
func (g *Gateway) FindRefund(ctx context.Context, charge string, ref payments.Reference) (payments.RefundThere, bool, error) {
	if err := known(charge); err != nil {
		return payments.RefundThere{}, false, err
	}
	list := g.stripe.Refunds.List(&stripe.RefundListParams{ListParams: page(ctx), Charge: &charge})
	one, found, err := find("find refund", list, list.Refund, func(r *stripe.Refund) bool { return r.Metadata[refundMark] == string(ref) })
	if !found {
		return payments.RefundThere{}, false, err
	}
	r, err := refundThere(one)
	return r, err == nil, err
}

// RefundNow asks how a refund is. It returns payments.ErrUnknownThere.
func (g *Gateway) RefundNow(ctx context.Context, id string) (payments.RefundThere, error) {
	if err := known(id); err != nil {
		return payments.RefundThere{}, err
	}
	r, err := g.stripe.Refunds.Get(id, &stripe.RefundParams{Params: asking(ctx)})
	if err != nil {
		return payments.RefundThere{}, failed("look at refund", err)
	}
	return refundThere(r)
}

func refundThere(r *stripe.Refund) (payments.RefundThere, error) {
	if r.Currency != stripe.CurrencyEUR {
		return payments.RefundThere{}, fmt.Errorf("stripegateway: the refund %s is in %s, not in euros", r.ID, r.Currency)
	}
	state, err := refundState(r.Status)
	there := payments.RefundThere{ID: r.ID, Ref: payments.Reference(r.Metadata[refundMark]), Amount: payments.Cents(r.Amount), State: state}
	if r.Charge != nil {
		there.Charge = r.Charge.ID
	}
	return there, err
}

func refundState(status stripe.RefundStatus) (payments.RefundState, error) {
	switch status {
	case stripe.RefundStatusPending, stripe.RefundStatusRequiresAction:
		return payments.RefundMoving, nil
	case stripe.RefundStatusSucceeded:
		return payments.RefundDone, nil
	case stripe.RefundStatusFailed, stripe.RefundStatusCanceled:
		return payments.RefundFailed, nil
	}
	return "", fmt.Errorf("stripegateway: a refund in the state %q", status)
}
