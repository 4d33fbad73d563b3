package demo

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/payments"
)

// newWorker does what the program's own does, and leaves out what would tell
// somebody: mail and live news of the past come to nothing.
func newWorker(s services, client redis.UniversalClient) (*tasks.Worker, error) {
	m := tasks.NewMux()
	tasks.HandleTx(m, s.matching.FindTx)
	tasks.HandleTx(m, s.matching.FillTx)
	tasks.Handle(m, s.payments.FollowEvent)
	tasks.Handle(m, s.payments.LookAtCheckout)
	tasks.Handle(m, s.payments.MakeTransfer)
	tasks.Handle(m, s.payments.SendPayout)
	tasks.Handle(m, s.payments.LookAtPayout)
	tasks.HandleTx(m, s.jobs.FollowPayTx)
	untold[jobs.GigPosted](m)
	untold[matching.OfferSent](m)
	untold[matching.OfferDecided](m)
	untold[members.Moved](m)
	untold[payments.BillReady](m)
	untold[payments.PayTold](m)
	return tasks.NewWorker(s.queue, client, m)
}

// untold lets the tasks of a kind do nothing.
func untold[T tasks.Task](m *tasks.Mux) {
	tasks.HandleTx(m, func(context.Context, pgx.Tx, T) error { return nil })
}

// round does all that is due: what time brings at the bank, what that tells
// us, and every task; and again, until nothing is left.
func (p *past) round(ctx context.Context) error {
	if err := p.stripe.Advance(ctx); err != nil {
		return err
	}
	for range 50 {
		sent, err := p.stripe.Deliver(ctx)
		if err != nil {
			return err
		}
		done, err := p.tasks.RunDue(ctx)
		if err != nil {
			return err
		}
		if sent+done == 0 {
			return p.follow(ctx)
		}
	}
	return fmt.Errorf("demo: there is always more to do")
}

// follow plans the answers to new offers, and the hours of new engagements.
func (p *past) follow(ctx context.Context) error {
	if err := p.noteAnswers(ctx); err != nil {
		return err
	}
	return p.noteWorks(ctx)
}

// settled makes sure that nothing failed, and that nothing is left of the past.
func (p *past) settled(ctx context.Context) error {
	var left int
	const query = `SELECT count(*) FROM tasks.task WHERE failures > 0 OR state IN ('sent', 'running', 'dead')`
	if err := p.db.QueryRow(ctx, query).Scan(&left); err != nil {
		return err
	}
	if left > 0 {
		return fmt.Errorf("demo: %d tasks of the past failed", left)
	}
	return nil
}
