package stripesim

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// timeToAnswer is how long evidence may be sent.
const timeToAnswer = 9 * 24 * time.Hour

// dispute is what a payer tells their bank about a charge.
type dispute struct {
	ID        string
	Charge    string
	Intent    string
	Status    string
	Amount    int64
	Reason    string
	Evidence  map[string]string
	Submitted int64 // how often evidence was sent to the bank
	Metadata  map[string]string
	Txn       string // took the money
	Back      string // brought it back
	Created   time.Time
	Until     time.Time
	Due       *time.Time // when it is decided
	Moves     []txn      // Txn and Back
}

// warns reports that no money was moved.
func (d dispute) warns() bool { return len(d.Status) > 7 && d.Status[:7] == "warning" }

func (d dispute) closed() bool {
	return slices.Contains([]string{"warning_closed", "won", "lost"}, d.Status)
}

// complain lets the payer of a charge, which the caller has locked, do what its
// way brings.
func (c *change) complain(ctx context.Context, ch charge) error {
	d := dispute{Status: "needs_response", Amount: ch.Amount - ch.Refunded, Reason: "fraudulent"}
	switch ch.Simulate {
	case bringsClaim:
		d.Reason = "product_not_received"
	case bringsQuestion:
		d.Status = "warning_needs_response"
	case bringsReturn:
		d.Status, d.Reason = "lost", "debit_not_authorized"
	}
	ch.Due = nil
	if d.Amount == 0 { // all was given back meanwhile
		return updateCharge(ctx, c.tx, ch)
	}
	_, err := c.dispute(ctx, ch, d)
	return err
}

// dispute opens a dispute of a charge that the caller has locked.
func (c *change) dispute(ctx context.Context, ch charge, d dispute) (dispute, error) {
	due := c.now.Add(timeToAnswer)
	d.ID, d.Charge, d.Intent, d.Created, d.Until, d.Due = c.id("dp_"), ch.ID, ch.Intent, c.now, due, &due
	d.Evidence, d.Metadata = map[string]string{}, map[string]string{}
	if d.closed() {
		d.Due = nil
	}
	if err := c.withdraw(ctx, ch, &d); err != nil {
		return d, err
	}
	ch.Disputed = true
	if err := updateCharge(ctx, c.tx, ch); err != nil {
		return d, err
	}
	if err := insertDispute(ctx, c.tx, d); err != nil {
		return d, err
	}
	return d, c.tellDispute(ctx, d, d.newsOfNew()...)
}

func (d dispute) newsOfNew() []string {
	news := []string{"charge.dispute.created"}
	if !d.warns() {
		news = append(news, "charge.dispute.funds_withdrawn")
	}
	if d.closed() {
		news = append(news, "charge.dispute.closed")
	}
	return news
}

// withdraw takes the amount and the bank's fee, unless the bank only asks. The
// platform's balance may be overdrawn by it.
func (c *change) withdraw(ctx context.Context, ch charge, d *dispute) (err error) {
	if d.warns() {
		return nil
	}
	t := txn{Account: platform, Type: "dispute", Amount: -d.Amount, Fee: ch.disputeFee(), Source: d.ID}
	if d.Txn, err = c.move(ctx, t); err != nil {
		return err
	}
	d.Moves, err = selectMoves(ctx, c.tx, *d, c.now)
	return err
}

func (ch charge) disputeFee() int64 {
	if ch.Method == "card" {
		return 2000
	}
	return 750
}

func (c *change) tellDispute(ctx context.Context, d dispute, news ...string) error {
	for _, kind := range news {
		if err := c.tell(ctx, platform, kind, d.render()); err != nil {
			return err
		}
	}
	return nil
}

// The ends of a dispute.
const (
	disputeWon    = "won"
	disputeLost   = "lost"
	disputeClosed = "warning_closed"
)

// decide ends a dispute that the caller has locked.
func (c *change) decide(ctx context.Context, d dispute, status string) (dispute, error) {
	d.Status, d.Due = status, nil
	news := []string{"charge.dispute.closed"}
	if status == disputeWon {
		var err error
		d.Back, err = c.move(ctx, txn{Account: platform, Type: "dispute_reversal", Amount: d.Amount, Source: d.ID})
		if err != nil {
			return d, err
		}
		news = append(news, "charge.dispute.funds_reinstated")
	}
	return c.keepDispute(ctx, d, news...)
}

// keepDispute stores the dispute and tells of it.
func (c *change) keepDispute(ctx context.Context, d dispute, news ...string) (_ dispute, err error) {
	if err := updateDispute(ctx, c.tx, d); err != nil {
		return d, err
	}
	if d.Moves, err = selectMoves(ctx, c.tx, d, c.now); err != nil {
		return d, err
	}
	return d, c.tellDispute(ctx, d, news...)
}

// escalate lets a bank that only asked take the money after all. The caller has
// locked the dispute; the charge is locked here.
func (c *change) escalate(ctx context.Context, d dispute) (dispute, error) {
	ch, err := lockCharge(ctx, c.tx, d.Charge, "")
	if err != nil {
		return d, err
	}
	due := c.now.Add(timeToAnswer)
	d.Status, d.Amount, d.Until, d.Due = "needs_response", ch.Amount-ch.Refunded, due, &due
	if d.Amount == 0 {
		return c.decideNothing(ctx, d)
	}
	if err := c.withdraw(ctx, ch, &d); err != nil {
		return d, err
	}
	return c.keepDispute(ctx, d, "charge.dispute.updated", "charge.dispute.funds_withdrawn")
}

// decideNothing closes a question about a charge that was given back whole.
func (c *change) decideNothing(ctx context.Context, d dispute) (dispute, error) {
	before, err := findDispute(ctx, c.tx, d.ID, c.now)
	if err != nil {
		return d, err
	}
	return c.decide(ctx, before, disputeClosed)
}

// stepDispute decides one dispute whose time has come: the evidence says how, as
// with Stripe's test cards; without evidence it is lost.
func stepDispute(ctx context.Context, c *change) (bool, error) {
	due, err := lockDueDispute(ctx, c.tx, c.now)
	for _, d := range due {
		_, err = c.decide(ctx, d, d.verdict())
	}
	return len(due) > 0, err
}

func (d dispute) verdict() string {
	switch {
	case d.warns():
		return disputeClosed
	case d.Status == "under_review" && d.Evidence["uncategorized_text"] == "winning_evidence":
		return disputeWon
	}
	return disputeLost
}

// getDispute handles GET /v1/disputes/{id}.
func getDispute(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		d, err := findDispute(ctx, c.tx, q.id, c.now)
		return d.render(), err
	}
}

// listDisputes handles GET /v1/disputes.
func listDisputes(q *request) action {
	ch, intent := q.params.text("charge"), q.params.text("payment_intent")
	return list(q, q.page(), disputeKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]dispute, error) {
		return selectDisputes(ctx, tx, p, ch, intent, q.now)
	})
}

func (d dispute) render() object {
	moves := make([]object, len(d.Moves))
	for i, t := range d.Moves {
		moves[i] = t.render()
	}
	evidence := object{}
	for _, name := range evidenceNames() {
		evidence[name] = orNull(d.Evidence[name])
	}
	return object{
		"id": d.ID, "object": "dispute", "livemode": false, "status": d.Status, "amount": d.Amount, "currency": "eur", "reason": d.Reason,
		"charge": d.Charge, "payment_intent": d.Intent, "balance_transactions": moves, "metadata": d.Metadata, "created": unix(d.Created),
		"is_charge_refundable": d.warns() && !d.closed(), "evidence": evidence,
		"evidence_details": object{
			"due_by": unix(d.Until), "has_evidence": len(d.Evidence) > 0, "past_due": false, "submission_count": d.Submitted,
		},
	}
}
