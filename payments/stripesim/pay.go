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
	decline string // why the card was refused; "" when it was not
}

// declineOf knows Stripe's test cards: "" works, the rest says why not.
// Everything else is no card.
func declineOf(card string) (decline string, known bool) {
	switch card {
	case "4242424242424242":
		return "", true
	case "4000000000000002":
		return "generic_decline", true
	case "4000000000009995":
		return "insufficient_funds", true
	}
	return "", false
}

// pay tries the card on an open session. A session that is paid already stays
// as it is, so two tabs pay once.
func (s *Simulator) pay(ctx context.Context, id, card, decline string) (o outcome, err error) {
	err = s.change(ctx, s.now(), func(c *change) error {
		if o.session, err = lockSession(ctx, c.tx, id); err != nil {
			return err
		}
		switch {
		case o.session.Status != "open":
			return nil
		case !c.now.Before(o.session.Expires):
			return c.expire(ctx, &o.session)
		}
		o.decline = decline
		return c.charge(ctx, &o.session, card, decline)
	})
	return o, err
}

// charge makes one charge on the session's intent.
func (c *change) charge(ctx context.Context, s *session, card, decline string) error {
	i, err := c.intentOf(ctx, s)
	if err != nil {
		return err
	}
	ch := charge{
		ID: c.id("ch_"), Intent: i.ID, Status: "succeeded", Amount: i.Amount, Description: i.Description, Group: i.Group, Metadata: i.Metadata,
		Card: card[len(card)-4:], Decline: decline, Created: c.now, Available: c.now.Add(c.config.FundsDelay),
	}
	i.Charge, i.Last = ch.ID, decline
	if decline != "" {
		return c.decline(ctx, *s, i, ch)
	}
	return c.settle(ctx, s, i, ch)
}

// intentOf makes the intent at the first attempt.
func (c *change) intentOf(ctx context.Context, s *session) (intent, error) {
	if s.Intent != "" {
		return findIntent(ctx, c.tx, s.Intent, "")
	}
	i := intent{
		ID: c.id("pi_"), Session: s.ID, Status: "requires_payment_method", Amount: s.Amount,
		Description: s.Data.Description, Group: s.Data.Group, Metadata: s.Data.Metadata, Created: c.now,
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
func (c *change) settle(ctx context.Context, s *session, i intent, ch charge) (err error) {
	i.Status, s.Status = "succeeded", "complete"
	ch.Txn, err = c.move(ctx, txn{Account: platform, Type: "charge", Amount: ch.Amount, Fee: feeOf(ch.Amount), Source: ch.ID, Available: ch.Available})
	if err != nil {
		return err
	}
	if err := c.store(ctx, *s, i, ch); err != nil {
		return err
	}
	if err := c.tell(ctx, platform, "charge.succeeded", ch.render()); err != nil {
		return err
	}
	if err := c.tell(ctx, platform, "payment_intent.succeeded", i.render()); err != nil {
		return err
	}
	return c.tell(ctx, platform, "checkout.session.completed", s.render())
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
