package stripegateway

import (
	"context"
	"fmt"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// Dispute asks how a dispute is. It returns payments.ErrUnknownThere.
func (g *Gateway) Dispute(ctx context.Context, id string) (payments.DisputeThere, error) {
	if err := known(id); err != nil {
		return payments.DisputeThere{}, err
	}
	d, err := g.stripe.Disputes.Get(id, &stripe.DisputeParams{Params: asking(ctx)})
	if err != nil {
		return payments.DisputeThere{}, failed("look at dispute", err)
	}
	return disputeThere(d)
}

// AnswerDispute writes our side in one text.
func (g *Gateway) AnswerDispute(ctx context.Context, key string, a payments.DisputeAnswer) error {
	if err := known(a.Dispute); err != nil {
		return err
	}
	_, err := g.stripe.Disputes.Update(a.Dispute, &stripe.DisputeParams{
		Params:   once(ctx, key),
		Evidence: &stripe.DisputeEvidenceParams{UncategorizedText: &a.Text},
		Submit:   &a.Submit,
	})
	return failed("answer dispute", err)
}

// AcceptDispute closes a dispute, which is then lost.
func (g *Gateway) AcceptDispute(ctx context.Context, key, id string) error {
	if err := known(id); err != nil {
		return err
	}
	_, err := g.stripe.Disputes.Close(id, &stripe.DisputeParams{Params: once(ctx, key)})
	return failed("accept dispute", err)
}

func disputeThere(d *stripe.Dispute) (payments.DisputeThere, error) {
	state, err := disputeState(d.Status)
	there := payments.DisputeThere{ID: d.ID, Amount: payments.Cents(d.Amount), State: state, Reason: string(d.Reason)}
	if d.Charge != nil {
		there.Charge = d.Charge.ID
	}
	if e := d.EvidenceDetails; e != nil {
		there.Answered = e.SubmissionCount > 0
		if e.DueBy > 0 {
			there.Until = moment(e.DueBy)
		}
	}
	if err == nil {
		err = addUp(&there, d)
	}
	return there, err
}

// addUp tells what the dispute took from our balance, and gave back to it.
func addUp(there *payments.DisputeThere, d *stripe.Dispute) error {
	if d.Currency != stripe.CurrencyEUR {
		return fmt.Errorf("stripegateway: the dispute %s is in %s, not in euros", d.ID, d.Currency)
	}
	for _, t := range d.BalanceTransactions {
		m, err := balanceChange(t)
		if err != nil {
			return err
		}
		there.Withdrawn -= min(m.Amount, 0)
		there.Reinstated += max(m.Amount, 0)
		there.Fee += m.Fee
	}
	return nil
}

func disputeState(status stripe.DisputeStatus) (payments.DisputeState, error) {
	switch status {
	case stripe.DisputeStatusNeedsResponse, stripe.DisputeStatusUnderReview:
		return payments.DisputeOpen, nil
	case stripe.DisputeStatusWarningNeedsResponse, stripe.DisputeStatusWarningUnderReview:
		return payments.DisputeWarning, nil
	case stripe.DisputeStatusWarningClosed:
		return payments.DisputeClosed, nil
	case stripe.DisputeStatusWon:
		return payments.DisputeWon, nil
	case stripe.DisputeStatusLost:
		return payments.DisputeLost, nil
	}
	return "", fmt.Errorf("stripegateway: a dispute in the state %q", status)
}

// disputedOf is what is asked back of a charge: by disputes that are open or
// lost, not by those that were won, nor by questions that came to nothing.
func (g *Gateway) disputedOf(ctx context.Context, charge string) (sum payments.Cents, err error) {
	list := g.stripe.Disputes.List(&stripe.DisputeListParams{ListParams: page(ctx), Charge: &charge})
	for list.Next() {
		d := list.Dispute()
		if d.Status != stripe.DisputeStatusWon && d.Status != stripe.DisputeStatusWarningClosed {
			sum += payments.Cents(d.Amount)
		}
	}
	return sum, failed("look at disputes", list.Err())
}
