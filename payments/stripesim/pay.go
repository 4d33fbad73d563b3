package stripesim

import (
	"context"
	"strings"
)

// sessionMark in a success_url stands for the id of the session.
const sessionMark = "{CHECKOUT_SESSION_ID}"

// outcome is how an attempt to pay ended.
type outcome struct {
	session session
	decline string // why it was refused; "" when it was not
	strange bool   // the session does not take this method; nothing was tried
}

// pay tries the way on an open session. A session that is paid already stays
// as it is, so two tabs pay once.
func (s *Simulator) pay(ctx context.Context, id string, w way) (o outcome, err error) {
	err = s.change(ctx, s.now(), func(c *change) error {
		if o.session, err = lockSession(ctx, c.tx, id); err != nil {
			return err
		}
		switch {
		case o.session.Status != "open":
			return nil
		case !c.now.Before(o.session.Expires):
			return c.expire(ctx, &o.session)
		case !o.session.takes(w.method):
			o.strange = true
			return nil
		}
		o.decline = w.decline
		return c.charge(ctx, &o.session, w)
	})
	return o, err
}

// charge makes one charge on the session's intent.
func (c *change) charge(ctx context.Context, s *session, w way) error {
	i, err := c.intentOf(ctx, s)
	if err != nil {
		return err
	}
	ch := charge{
		ID: c.id(w.prefix()), Intent: i.ID, Status: "succeeded", Amount: i.Amount, Description: i.Description, Group: i.Group, Metadata: i.Metadata,
		Card: w.ends, Decline: w.decline, Created: c.now, Available: c.now.Add(c.config.FundsDelay), Method: w.method, Simulate: w.later,
	}
	if w.later == bringsAtOnce {
		ch.Available = c.now
	}
	i.Charge, i.Last, i.Tried = ch.ID, w.decline, w.method
	switch {
	case w.decline != "":
		return c.decline(ctx, *s, i, ch)
	case w.method == "sepa_debit":
		return c.collect(ctx, s, i, ch)
	default:
		return c.settle(ctx, s, i, ch)
	}
}

// intentOf makes the intent at the first attempt.
func (c *change) intentOf(ctx context.Context, s *session) (intent, error) {
	if s.Intent != "" {
		return findIntent(ctx, c.tx, s.Intent, "")
	}
	i := intent{
		ID: c.id("pi_"), Session: s.ID, Status: "requires_payment_method", Amount: s.Amount,
		Description: s.Data.Description, Group: s.Data.Group, Metadata: s.Data.Metadata, Created: c.now, Methods: s.Methods,
	}
	s.Intent = i.ID
	if err := insertIntent(ctx, c.tx, i); err != nil {
		return i, err
	}
	return i, c.tell(ctx, platform, "payment_intent.created", i.render())
}

func (c *change) decline(ctx context.Context, s session, i intent, ch charge) error {
	ch.Status = "failed"
	if err := c.store(ctx, s, i, ch); err != nil {
		return err
	}
	if err := c.tell(ctx, platform, "charge.failed", ch.render()); err != nil {
		return err
	}
	return c.tell(ctx, platform, "payment_intent.payment_failed", i.render())
}

// settle takes the money in and completes the session.
func (c *change) settle(ctx context.Context, s *session, i intent, ch charge) error {
	i.Status, s.Status, s.Paid = "succeeded", "complete", true
	ch.Due = c.consequence(ch)
	if err := c.take(ctx, &ch); err != nil {
		return err
	}
	if err := c.store(ctx, *s, i, ch); err != nil {
		return err
	}
	if err := c.tellPaid(ctx, i, ch); err != nil {
		return err
	}
	return c.tell(ctx, platform, "checkout.session.completed", s.render())
}

// take brings the money of a charge into the platform's balance.
func (c *change) take(ctx context.Context, ch *charge) (err error) {
	ch.Txn, err = c.move(ctx, txn{Account: platform, Type: ch.kind(), Amount: ch.Amount, Fee: ch.fee(), Source: ch.ID, Available: ch.Available})
	return err
}

func (c *change) tellPaid(ctx context.Context, i intent, ch charge) error {
	if err := c.tell(ctx, platform, "charge.succeeded", ch.render()); err != nil {
		return err
	}
	return c.tell(ctx, platform, "payment_intent.succeeded", i.render())
}

func (c *change) store(ctx context.Context, s session, i intent, ch charge) error {
	if err := insertCharge(ctx, c.tx, ch); err != nil {
		return err
	}
	if err := updateIntent(ctx, c.tx, i); err != nil {
		return err
	}
	return updateSession(ctx, c.tx, s)
}

// goal is where the browser goes after paying.
func (s session) goal() string { return strings.ReplaceAll(s.Success, sessionMark, s.ID) }
