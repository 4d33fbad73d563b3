package jobs

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// Pause stops asking people for the gig, by its client or a coordinator. Who was
// asked before can still answer, and agreed work goes on. Errors are those of
// Finish, without ErrShiftsToCome.
func (s *Service) Pause(ctx context.Context, by members.Actor, gig GigID) error {
	return s.moveGig(ctx, by, gig, Paused, "gig_paused", nil)
}

// Resume asks people again. Errors are those of Pause, members.ErrRestricted, and
// ErrNotPrepaid.
func (s *Service) Resume(ctx context.Context, by members.Actor, gig GigID) error {
	return s.moveGig(ctx, by, gig, Open, "gig_resumed", func(tx pgx.Tx, from State) error {
		if from == Draft {
			return &WrongMove{From: from, To: Open} // that is posting
		}
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		g, err := findRunning(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		missing, err := s.missingDepositTx(ctx, tx, by.Cooperative, gig, g.client)
		if err != nil {
			return err
		}
		if missing > 0 {
			return ErrNotPrepaid
		}
		return s.announceTx(ctx, tx, by.Cooperative, gig, time.Time{})
	})
}

// Finish ends a gig that has no shift to come, by its client or a coordinator;
// hours may still be open. It returns ErrShiftsToCome, *WrongMove, and
// members.ErrNotFound to everybody else.
func (s *Service) Finish(ctx context.Context, by members.Actor, gig GigID) error {
	return s.moveGig(ctx, by, gig, Done, "gig_finished", func(tx pgx.Tx, _ State) error {
		left, err := listShiftsLeft(ctx, tx, by.Cooperative, gig, s.now())
		if err == nil && len(left) > 0 {
			err = ErrShiftsToCome
		}
		return err
	})
}

// moveGig moves the gig one at a time; also does what goes with it.
func (s *Service) moveGig(ctx context.Context, by members.Actor, gig GigID, to State, deed string, also func(pgx.Tx, State) error) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		g, err := lockGig(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		if to, err = g.state.To(to); err != nil {
			return err
		}
		if err := updateGigState(ctx, tx, by.Cooperative, gig, to); err != nil {
			return err
		}
		if also != nil {
			if err := also(tx, g.state); err != nil {
				return err
			}
		}
		if err := s.changedTx(ctx, tx, by.Cooperative, gig); err != nil {
			return err
		}
		return s.auditGigTx(ctx, tx, by, gig, deed)
	})
}

func (s *Service) auditGigTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, deed string) error {
	d := members.Deed{By: by, Ref: "gig:" + gig.String()}
	d.What = deed
	return s.people.AuditTx(ctx, tx, d)
}

// GigCosts is what cancelling the gig costs now, for those who would have come.
// It returns *WrongMove, and members.ErrNotFound to who does not run it.
func (s *Service) GigCosts(ctx context.Context, by members.Actor, gig GigID) (costs Costs, err error) {
	return costs, s.readTx(ctx, func(tx pgx.Tx) error {
		g, err := findRunning(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		if _, err := g.state.To(Cancelled); err != nil {
			return err
		}
		shifts, err := listShiftsLeft(ctx, tx, by.Cooperative, gig, s.now())
		if err != nil {
			return err
		}
		list, err := listComers(ctx, tx, by.Cooperative, shifts)
		if err != nil {
			return err
		}
		costs = costsOf(list, s.now())
		return nil
	})
}

// CancelGig ends a gig, by its client or a coordinator: every shift to come is
// called off, as CallOffShift does. seen is what it was said to cost. It returns
// ErrCostMoved, members.ErrOneself where the actor's own work is among it, and the
// errors of GigCosts.
func (s *Service) CancelGig(ctx context.Context, by members.Actor, gig GigID, seen payments.Cents) error {
	for {
		if err := s.cancelGig(ctx, by, gig, seen); !errors.Is(err, errMoreShifts) {
			return err
		}
	}
}

// errMoreShifts means that shifts came while the gig was not locked yet: they are
// locked before it, so it begins again.
var errMoreShifts = errors.New("jobs: shifts came meanwhile")

func (s *Service) cancelGig(ctx context.Context, by members.Actor, gig GigID, seen payments.Cents) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := findRunning(ctx, tx, by, gig); err != nil {
			return err
		}
		shifts, err := lockShiftsLeft(ctx, tx, by.Cooperative, gig, s.now()) // before the gig, as who gives a seat does
		if err != nil {
			return err
		}
		g, err := lockGig(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		to, err := g.state.To(Cancelled)
		if err != nil {
			return err
		}
		if now, err := listShiftsLeft(ctx, tx, by.Cooperative, gig, s.now()); err != nil {
			return err
		} else if !slices.Equal(now, shifts) {
			return errMoreShifts
		}
		if err := updateGigState(ctx, tx, by.Cooperative, gig, to); err != nil {
			return err
		}
		list, err := s.callOffShiftsTx(ctx, tx, by, gig, shifts, seen)
		if err != nil {
			return err
		}
		if err := s.changedTx(ctx, tx, by.Cooperative, gig); err != nil {
			return err
		}
		if err := s.auditOffTx(ctx, tx, by, list...); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "gig_cancelled", Ref: "gig:" + gig.String()})
	})
}

// FinishGigs is the task that ends gigs a day after the last of their shifts, so
// that lists stay short.
type FinishGigs struct{}

// Kind names the task.
func (FinishGigs) Kind() string { return "jobs.finish_gigs" }

// quietBefore is how long a gig without a shift to come stays open.
const quietBefore = 24 * time.Hour

// FinishGigsTx does it, some of them at a time; a long list goes on in the next
// task. Hours stay open until they are agreed.
func (s *Service) FinishGigsTx(ctx context.Context, tx pgx.Tx, _ FinishGigs) error {
	ended, more, err := finishGigs(ctx, tx, s.now().Add(-quietBefore))
	if err != nil {
		return err
	}
	for _, one := range ended {
		if err := s.changedTx(ctx, tx, one.cooperative, one.gig); err != nil {
			return err
		}
	}
	if !more {
		return nil
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, FinishGigs{}, tasks.Opts{Lane: tasks.Low})
	return err
}

// endedGig is one that was finished by itself.
type endedGig struct {
	cooperative id.Cooperative
	gig         GigID
}
