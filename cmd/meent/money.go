package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"meent/internal/feed"
	"meent/payments"
)

const (
	quarantineUsage = "say only: meent quarantine"
	reconcileUsage  = "say what to compare: meent reconcile, or meent reconcile -whole"
	resumeUsage     = `say only: meent resume`
)

// quarantine is `meent quarantine`: all payouts stop, as after a database that was
// put back, what left is looked for, and each engine of matching loads anew. It is for
// who put one back in a way that leaves no trace.
func (p *program) quarantine(ctx context.Context) error {
	if len(p.args) > 0 {
		return errors.New(quarantineUsage)
	}
	return p.withServices(ctx, func(b *backends, s *services) error {
		if err := s.payments.Quarantine(ctx); err != nil {
			return err
		}
		if err := feed.Begin(ctx, b.db); err != nil { // what engines keep may be of later than the database
			return err
		}
		_, err := fmt.Fprintln(p.out, "All payouts are stopped. `meent work` asks Stripe now what left before. In half an hour `meent resume`, or a coordinator, lets them go on.")
		return err
	})
}

// reconcile is `meent reconcile`: it asks `meent work` to hold the books of Stripe
// against ours, those of late or the whole of them.
func (p *program) reconcile(ctx context.Context) error {
	flags := flag.NewFlagSet("reconcile", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	whole := flags.Bool("whole", false, "")
	if err := flags.Parse(p.args); err != nil || flags.NArg() > 0 {
		return errors.New(reconcileUsage)
	}
	return p.withServices(ctx, func(_ *backends, s *services) error {
		if err := s.payments.ReconcileSoon(ctx, *whole); err != nil {
			return err
		}
		_, err := fmt.Fprintln(p.out, "`meent work` compares the books now. `meent doctor` and the money board show what differs.")
		return err
	})
}

// resume is `meent resume`: payouts go on wherever no hand stopped them and the
// books agree.
func (p *program) resume(ctx context.Context) error {
	if len(p.args) > 0 {
		return errors.New(resumeUsage)
	}
	return p.withServices(ctx, func(_ *backends, s *services) error {
		list, err := s.members.Cooperatives(ctx)
		if err != nil {
			return err
		}
		var waits []error
		for _, c := range list {
			lifted, err := s.payments.ResumeAll(ctx, c.ID)
			switch {
			case errors.Is(err, payments.ErrDiffers):
				waits = append(waits, fmt.Errorf("%s: the books differ; a coordinator explains that on the money board", c.Name))
			case errors.Is(err, payments.ErrNotLooked):
				waits = append(waits, fmt.Errorf("%s: the books were not compared yet; that is done 20 minutes after the stop", c.Name))
			case err != nil:
				return err
			case lifted == 0:
				fmt.Fprintf(p.out, "%s: nothing was stopped that an operator lifts.\n", c.Name)
			default:
				fmt.Fprintf(p.out, "%s: payouts go on.\n", c.Name)
			}
		}
		return errors.Join(waits...)
	})
}
