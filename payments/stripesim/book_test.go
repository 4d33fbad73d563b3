package stripesim_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
	"pgregory.net/rapid"

	"meent/payments/stripesim"
)

// TestBookAddsUpAlways does things in any order and looks at the book after
// each; Book itself says when a balance is not the sum of its transactions.
func TestBookAddsUpAlways(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) {
		c.FundsDelay, c.PayoutDelay, c.DebitDelay, c.RefundDelay, c.DisputeDelay = time.Hour, 2*time.Hour, time.Hour, time.Hour, time.Hour
	})
	rapid.Check(t, func(t *rapid.T) {
		h.empty()
		w := &world{house: h, members: []string{h.account(), h.account()}}
		deeds := w.deeds()
		for range rapid.IntRange(3, 12).Draw(t, "deeds") {
			deeds[rapid.SampledFrom(slices.Sorted(maps.Keys(deeds))).Draw(t, "deed")](t)
			if b, err := h.sim.Book(h.Context()); err != nil {
				t.Fatalf("%v: %+v", err, b)
			}
		}
	})
}

// world is what a run of deeds has made so far.
type world struct {
	*house
	members, intents, transfers []string
	payouts                     map[string]string // by payout, its account
}

func (w *world) deeds() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"pay": w.doPay, "pay more": w.doPay, "transfer": w.doTransfer, "from a charge": w.doSource, "payout": w.doPayout, "refund": w.doRefund,
		"reverse": w.doReverse, "cancel": w.doCancel, "dispute": w.doDispute, "wait": w.doWait, "wait more": w.doWait,
	}
}

func amountOf(t *rapid.T) int64 { return rapid.Int64Range(50, 20000).Draw(t, "amount") }

func (w *world) doPay(t *rapid.T) {
	way := rapid.SampledFrom([]string{"4242424242424242", "4000000000000077", "4000000000000259", "4000000000001976", "4000000000005126",
		"ideal", "sepa_debit", "sepa_debit_fail", "sepa_debit_dispute"}).Draw(t, "way")
	s := w.paidBy(amountOf(t), way)
	w.intents = append(w.intents, s.PaymentIntent.ID)
}

func (w *world) doTransfer(t *rapid.T) {
	made, err := w.transfer(amountOf(t), rapid.SampledFrom(w.members).Draw(t, "member"), "")
	w.keepTransfer(t, made, err)
}

func (w *world) keepTransfer(t *rapid.T, made *stripe.Transfer, err error) {
	refusalOnly(t, err)
	if err == nil {
		w.transfers = append(w.transfers, made.ID)
	}
}

func (w *world) doSource(t *rapid.T) {
	if len(w.intents) == 0 {
		return
	}
	i := must[*stripe.PaymentIntent](w.T)(w.stripe.PaymentIntents.Get(rapid.SampledFrom(w.intents).Draw(t, "intent"), nil))
	made, err := w.transferFrom(amountOf(t), rapid.SampledFrom(w.members).Draw(t, "member"), i.LatestCharge.ID)
	w.keepTransfer(t, made, err)
}

func (w *world) doPayout(t *rapid.T) {
	of := rapid.SampledFrom(w.members).Draw(t, "member")
	made, err := w.payout(amountOf(t), of, rapid.SampledFrom([]string{"", "fail", "fail_late"}).Draw(t, "simulate"))
	refusalOnly(t, err)
	if err == nil {
		if w.payouts == nil {
			w.payouts = map[string]string{}
		}
		w.payouts[made.ID] = of
	}
}

func (w *world) doRefund(t *rapid.T) {
	if len(w.intents) == 0 {
		return
	}
	of, much := rapid.SampledFrom(w.intents).Draw(t, "intent"), amountOf(t)
	p := &stripe.RefundParams{PaymentIntent: &of, Amount: &much}
	if how := rapid.SampledFrom([]string{"", "pending", "fail", "fail_late"}).Draw(t, "simulate"); how != "" {
		p.AddMetadata("simulate", how)
	}
	_, err := w.stripe.Refunds.New(p)
	refusalOnly(t, err)
}

func (w *world) doReverse(t *rapid.T) {
	if len(w.transfers) == 0 {
		return
	}
	of, much := rapid.SampledFrom(w.transfers).Draw(t, "transfer"), amountOf(t)
	_, err := w.stripe.TransferReversals.New(&stripe.TransferReversalParams{ID: &of, Amount: &much})
	refusalOnly(t, err)
}

func (w *world) doCancel(t *rapid.T) {
	if len(w.payouts) == 0 {
		return
	}
	id := rapid.SampledFrom(slices.Sorted(maps.Keys(w.payouts))).Draw(t, "payout")
	p := &stripe.PayoutParams{}
	p.SetStripeAccount(w.payouts[id])
	_, err := w.stripe.Payouts.Cancel(id, p)
	refusalOnly(t, err)
}

// doDispute answers, accepts or decides the newest dispute, if there is one.
func (w *world) doDispute(t *rapid.T) {
	list := w.stripe.Disputes.List(&stripe.DisputeListParams{})
	if !list.Next() {
		return
	}
	d, how := list.Dispute(), rapid.SampledFrom([]string{"win", "accept", "escalate", "decide"}).Draw(t, "how")
	var err error
	switch how {
	case "win":
		_, err = w.stripe.Disputes.Update(d.ID, &stripe.DisputeParams{
			Evidence: &stripe.DisputeEvidenceParams{UncategorizedText: stripe.String("winning_evidence")}, Submit: stripe.Bool(true),
		})
	case "accept":
		_, err = w.stripe.Disputes.Close(d.ID, nil)
	case "escalate":
		_ = w.sim.Decide(w.Context(), d.ID, "escalate")
	default:
		_ = w.sim.Decide(w.Context(), d.ID, "won")
	}
	refusalOnly(t, err)
}

func (w *world) doWait(t *rapid.T) {
	w.advance(time.Duration(rapid.IntRange(1, 90).Draw(t, "minutes")) * time.Minute)
}

// empty opens a new book, so that what went wrong can be tried again.
func (h *house) empty() {
	h.Helper()
	const query = `TRUNCATE stripesim.balance CASCADE; INSERT INTO stripesim.balance (account) VALUES ('platform')`
	if _, err := h.db.Exec(h.Context(), query); err != nil {
		h.Fatal(err)
	}
}

func refusalOnly(t *rapid.T, err error) {
	var refused *stripe.Error
	if err != nil && (!errors.As(err, &refused) || refused.HTTPStatusCode != 400) {
		t.Fatal(err)
	}
}

// TestBookSaysWhenItIsWrong plants faults that it has to find.
func TestBookSaysWhenItIsWrong(t *testing.T) {
	for _, fault := range []string{
		`UPDATE stripesim.balance SET total = total + 1 WHERE account = 'platform'`,
		`UPDATE stripesim.txn SET amount = amount + 1, net = net + 1 WHERE type = 'charge'`,
		`UPDATE stripesim.transfer SET amount = amount + 1`,
	} {
		h := newHouse(t, nil)
		member := h.account()
		h.paid(6000)
		must[*stripe.Transfer](t)(h.transfer(1000, member, ""))
		h.book()
		if _, err := h.db.Exec(t.Context(), fault); err != nil {
			t.Fatal(err)
		}
		if _, err := h.sim.Book(t.Context()); !errors.Is(err, stripesim.ErrUnbalanced) {
			t.Errorf("%s: Book gave %v", fault, err)
		}
	}
}
