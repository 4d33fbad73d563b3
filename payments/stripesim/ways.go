package stripesim

import "time"

// way is how somebody pays, and what comes of it.
type way struct {
	method  string // card, ideal, sepa_debit
	ends    string // the last four digits of the card or bank account
	decline string // why it is refused at once; "" when it is not
	later   string // what it brings later, if anything
}

// What a way brings later.
const (
	bringsAtOnce    = "at_once"          // the money is available at once
	bringsFailure   = "fail"             // the debit fails
	bringsDispute   = "dispute"          // the owner says: that was not me
	bringsClaim     = "dispute_product"  // the owner says: it never came
	bringsQuestion  = "inquiry"          // the bank asks first
	bringsReturn    = "debit_dispute"    // the debit is called back, for good
	refundsPending  = "refund_pending"   // its refunds take a while
	refundsFailLate = "refund_fail_late" // its refunds fail after they were called done
	refundsFail     = "refund_fail"      // its refunds take a while and fail
	endsOfTheDebit  = "3201"             // of Stripe's test bank account
)

// wayOf knows Stripe's test cards and the other methods by name. Everything
// else is no way to pay.
func wayOf(text string) (way, bool) {
	w, known := map[string]way{
		"4242424242424242": {method: "card"},
		"4000000000000077": {method: "card", later: bringsAtOnce},
		"4000000000000002": {method: "card", decline: "generic_decline"},
		"4000000000009995": {method: "card", decline: "insufficient_funds"},
		"4000000000000259": {method: "card", later: bringsDispute},
		"4000000000002685": {method: "card", later: bringsClaim},
		"4000000000001976": {method: "card", later: bringsQuestion},
		"4000000000007726": {method: "card", later: refundsPending},
		"4000000000005126": {method: "card", later: refundsFailLate},

		"ideal":              {method: "ideal"},
		"ideal_decline":      {method: "ideal", decline: "generic_decline"},
		"sepa_debit":         {method: "sepa_debit"},
		"sepa_debit_fail":    {method: "sepa_debit", later: bringsFailure},
		"sepa_debit_dispute": {method: "sepa_debit", later: bringsReturn},
	}[text]
	w.ends = endsOfTheDebit
	if known && w.method == "card" {
		w.ends = text[len(text)-4:]
	}
	return w, known
}

// prefix of the charge: what is not paid by card Stripe calls a payment.
func (w way) prefix() string {
	if w.method == "card" {
		return "ch_"
	}
	return "py_"
}

// consequence is when a charge that succeeded brings what its way brings later.
func (c *change) consequence(ch charge) *time.Time {
	switch ch.Simulate {
	case bringsDispute, bringsClaim, bringsQuestion, bringsReturn:
		at := c.now.Add(c.config.DisputeDelay)
		return &at
	}
	return nil
}
