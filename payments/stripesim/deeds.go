package stripesim

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// What banks, payers and owners do is done here on purpose, for tests, drills and
// demonstrations. Each is one change with its events; an object that is not there
// or not in that state is refused in Stripe's words.

// Complaint is a dispute that a payer's bank opens.
type Complaint struct {
	Charge string
	Amount int64  // all that was not given back unless set
	Reason string // "fraudulent" unless set
	Asks   bool   // the bank only asks, and takes nothing yet
}

// Complain opens a dispute and gives its id.
func (s *Simulator) Complain(ctx context.Context, of Complaint) (id string, err error) {
	err = s.change(ctx, s.now(), func(c *change) error {
		ch, err := lockCharge(ctx, c.tx, of.Charge, "charge")
		if err != nil {
			return err
		}
		d := dispute{Status: "needs_response", Amount: of.Amount, Reason: of.Reason}
		if err := d.complete(ch, of.Asks); err != nil {
			return err
		}
		d, err = c.dispute(ctx, ch, d)
		id = d.ID
		return err
	})
	return id, err
}

func (d *dispute) complete(ch charge, asks bool) error {
	left := ch.Amount - ch.Refunded
	if d.Amount == 0 {
		d.Amount = left
	}
	if d.Reason == "" {
		d.Reason = "fraudulent"
	}
	if asks {
		d.Status = "warning_needs_response"
	}
	if ch.Status != "succeeded" || ch.Disputed || d.Amount < 1 || d.Amount > left {
		return invalid("", "charge", "Charge %s cannot be disputed for %d cents.", ch.ID, d.Amount)
	}
	return nil
}

// Decide ends a dispute: "won", "lost", "warning_closed"; or "escalate" lets a
// bank that only asked take the money.
func (s *Simulator) Decide(ctx context.Context, id, outcome string) error {
	return s.change(ctx, s.now(), func(c *change) error {
		d, err := lockDispute(ctx, c.tx, id, c.now)
		if err != nil {
			return err
		}
		switch {
		case d.Status == disputeLost && outcome == disputeWon && d.Txn != "": // the bank thinks better of it
			_, err = c.decide(ctx, d, outcome)
		case d.closed():
			return overDispute(d)
		case outcome == "escalate" && d.warns():
			_, err = c.escalate(ctx, d)
		case outcome == disputeClosed && d.warns(), (outcome == disputeWon || outcome == disputeLost) && !d.warns():
			_, err = c.decide(ctx, d, outcome)
		default:
			err = invalid("", "outcome", "A dispute that is %s cannot end so.", d.Status)
		}
		return err
	})
}

// EndPayout lets a payout arrive ("paid"), or fail with this code, also one that
// was called paid.
func (s *Simulator) EndPayout(ctx context.Context, id, outcome string) error {
	return s.change(ctx, s.now(), func(c *change) error {
		p, err := lockAnyPayout(ctx, c.tx, id)
		switch {
		case err != nil:
			return err
		case outcome == "paid" && p.Status == "pending":
			return c.arrive(ctx, p, false)
		case outcome != "" && outcome != "paid" && (p.Status == "pending" || p.Status == "paid"):
			return c.bounce(ctx, p, outcome)
		}
		return invalid("", "outcome", "A payout that is %s cannot end so.", p.Status)
	})
}

// EndRefund lets a refund succeed, or fail, also one that was called done.
func (s *Simulator) EndRefund(ctx context.Context, id string, good bool) error {
	return s.change(ctx, s.now(), func(c *change) error {
		r, err := lockRefund(ctx, c.tx, id)
		if err != nil {
			return err
		}
		if r.Status == "failed" || good && r.Status == "succeeded" {
			return invalid("", "outcome", "A refund that is %s cannot end so.", r.Status)
		}
		return c.endRefund(ctx, r, good)
	})
}

// EndDebit lets a debit that is under way succeed or fail.
func (s *Simulator) EndDebit(ctx context.Context, charge string, good bool) error {
	return s.change(ctx, s.now(), func(c *change) error {
		ch, err := lockCharge(ctx, c.tx, charge, "")
		if err != nil {
			return err
		}
		if ch.Status != "pending" {
			return invalid("", "outcome", "A charge that is %s cannot end so.", ch.Status)
		}
		return c.endDebit(ctx, ch, good)
	})
}

// Leave takes the platform's access to an account back, as its owner may.
func (s *Simulator) Leave(ctx context.Context, id string) error {
	return s.onAccount(ctx, id, func(c *change, a account) error { return c.leave(ctx, a) })
}

// Ask lets Stripe ask something more of an account's owner, and stops its
// payouts until then; without anything it may pay out again.
func (s *Simulator) Ask(ctx context.Context, id string, due ...string) error {
	return s.onAccount(ctx, id, func(c *change, a account) error {
		if len(due) == 0 {
			return c.asks(ctx, &a, "")
		}
		return c.asks(ctx, &a, "requirements.past_due", due...)
	})
}

// ChangeBank gives an account another bank account, whose number ends so.
// simulate is how payouts to it end: "", "fail" or "fail_late".
func (s *Simulator) ChangeBank(ctx context.Context, id, last4, simulate string) error {
	return s.onAccount(ctx, id, func(c *change, a account) error {
		if err := c.addBank(ctx, &a, last4, simulate); err != nil {
			return err
		}
		if err := updateAccount(ctx, c.tx, a); err != nil {
			return err
		}
		return c.tell(ctx, a.ID, "account.updated", a.render())
	})
}

func (s *Simulator) onAccount(ctx context.Context, id string, f func(*change, account) error) error {
	return s.change(ctx, s.now(), func(c *change) error {
		a, err := lockAccount(ctx, c.tx, id)
		if err != nil {
			return err
		}
		return f(c, a)
	})
}

// Resend lets these events come again, as an operator may ask.
func (s *Simulator) Resend(ctx context.Context, ids ...string) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		err := markDue(ctx, tx, ids, s.time())
		s.ring()
		return err
	})
}
