package stripesim

import "context"

// collect lets a debit begin: the session is complete, and not paid yet.
func (c *change) collect(ctx context.Context, s *session, i intent, ch charge) error {
	due := c.now.Add(c.config.DebitDelay)
	i.Status, s.Status, ch.Status, ch.Due = "processing", "complete", "pending", &due
	if err := c.store(ctx, *s, i, ch); err != nil {
		return err
	}
	if err := c.tell(ctx, platform, "charge.pending", ch.render()); err != nil {
		return err
	}
	if err := c.tell(ctx, platform, "payment_intent.processing", i.render()); err != nil {
		return err
	}
	return c.tell(ctx, platform, "checkout.session.completed", s.render())
}

// stepCharge does what time brings to one charge: a debit ends, a payer
// complains.
func stepCharge(ctx context.Context, c *change) (bool, error) {
	due, err := lockDueCharge(ctx, c.tx, c.now)
	for _, ch := range due {
		if ch.Status == "pending" {
			err = c.endDebit(ctx, ch, ch.Simulate != bringsFailure)
		} else {
			err = c.complain(ctx, ch)
		}
	}
	return len(due) > 0, err
}

// endDebit lets a pending charge, which the caller has locked, succeed or fail.
func (c *change) endDebit(ctx context.Context, ch charge, good bool) error {
	i, err := findIntent(ctx, c.tx, ch.Intent, "")
	if err != nil {
		return err
	}
	s, err := lockSession(ctx, c.tx, i.Session)
	if err != nil {
		return err
	}
	if !good {
		return c.failDebit(ctx, s, i, ch)
	}
	i.Status, s.Paid, ch.Status, ch.Due = "succeeded", true, "succeeded", c.consequence(ch)
	ch.Available = c.now.Add(c.config.FundsDelay)
	if err := c.take(ctx, &ch); err != nil {
		return err
	}
	if err := c.restore(ctx, s, i, ch); err != nil {
		return err
	}
	if err := c.tellPaid(ctx, i, ch); err != nil {
		return err
	}
	return c.tell(ctx, platform, "checkout.session.async_payment_succeeded", s.render())
}

func (c *change) failDebit(ctx context.Context, s session, i intent, ch charge) error {
	ch.Status, ch.Decline, ch.Due = "failed", "insufficient_funds", nil
	i.Status, i.Last = "requires_payment_method", ch.Decline
	if err := c.restore(ctx, s, i, ch); err != nil {
		return err
	}
	if err := c.tell(ctx, platform, "charge.failed", ch.render()); err != nil {
		return err
	}
	if err := c.tell(ctx, platform, "payment_intent.payment_failed", i.render()); err != nil {
		return err
	}
	return c.tell(ctx, platform, "checkout.session.async_payment_failed", s.render())
}

func (c *change) restore(ctx context.Context, s session, i intent, ch charge) error {
	if err := updateCharge(ctx, c.tx, ch); err != nil {
		return err
	}
	if err := updateIntent(ctx, c.tx, i); err != nil {
		return err
	}
	return updateSession(ctx, c.tx, s)
}
