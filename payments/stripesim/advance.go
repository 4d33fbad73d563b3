package stripesim

import "context"

// steps are what time brings, one object at a time.
func steps() []func(context.Context, *change) (bool, error) {
	return []func(context.Context, *change) (bool, error){ripen, stepCharge, stepRefund, stepDispute, stepPayout, expireOverdue}
}

// Advance does what time brings: money becomes available, payouts arrive or
// fail, debits, refunds and disputes end, sessions expire. Each is a transaction
// of its own; several may advance at once.
func (s *Simulator) Advance(ctx context.Context) error {
	for _, next := range steps() {
		for more := true; more; {
			err := s.change(ctx, s.now(), func(c *change) (err error) {
				more, err = next(ctx, c)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func stepPayout(ctx context.Context, c *change) (bool, error) {
	due, err := lockDuePayout(ctx, c.tx, c.now)
	for _, p := range due {
		err = c.step(ctx, p)
	}
	return len(due) > 0, err
}

func expireOverdue(ctx context.Context, c *change) (bool, error) {
	over, err := lockOverdue(ctx, c.tx, c.now)
	for _, s := range over {
		err = c.expire(ctx, &s)
	}
	return len(over) > 0, err
}
