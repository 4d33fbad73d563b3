package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
)

// stint is the part of the time in which one task begins something new. What is left then
// another task does, so that a program that ends in its midst loses little.
type stint struct{ ends time.Time } // by the machine's clock, as deadlines are

// mostStint is about what a program that ends loses; what is begun then is still finished.
const mostStint = 5 * time.Second

// stintOf is half of the time that the task has, or mostStint: the rest is for what is
// under way when it is over.
func stintOf(ctx context.Context) stint {
	most := mostStint
	if deadline, has := ctx.Deadline(); has {
		most = min(most, time.Until(deadline)/2)
	}
	return stint{time.Now().Add(most)}
}

// over reports that nothing new is to be begun.
func (s stint) over() bool { return !time.Now().Before(s.ends) }

// letRestTx lets another task do the rest. It waits behind what was asked for before, not
// behind all that it may wait: books that are compared late stop payouts. One that is tried
// again, because of what could not be adopted, begins no second rest, however that ends.
func (s *Service) letRestTx(ctx context.Context, tx pgx.Tx, key string, rest tasks.Task) error {
	var o tasks.Opts
	if key != "" { // of a task by itself
		o.Key = "rest:" + key
	}
	_, err := s.tasks.EnqueueTx(ctx, tx, rest, o)
	return err
}

// despite ends a task. Where something could not be adopted it keeps what else was done,
// and the task fails with that.
func (s *Service) despite(ctx context.Context, unadopted error, end func(context.Context, pgx.Tx) error) (func(context.Context, pgx.Tx) error, error) {
	if unadopted == nil {
		return end, nil
	}
	return nil, errors.Join(unadopted, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return end(ctx, tx) }))
}
