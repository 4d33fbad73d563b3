package jobs

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

// RunWork finds an engagement for who runs its gig: the client, or a coordinator.
// It returns members.ErrNotFound to everybody else.
func (s *Service) RunWork(ctx context.Context, by members.Actor, engagement EngagementID) (Work, error) {
	return findRunWork(ctx, s.db, by, engagement)
}

// Engaged lists who comes, came or does not come to the shifts of a gig, for who
// runs it, by shift and name. To everybody else it lists nobody.
func (s *Service) Engaged(ctx context.Context, by members.Actor, gig GigID) ([]Work, error) {
	return listEngaged(ctx, s.db, by, gig)
}

// WorkCosts is what calling this work off costs now. It returns
// members.ErrNotFound to who does not run the gig, ErrShiftOver, and
// *WrongEngagementMove.
func (s *Service) WorkCosts(ctx context.Context, by members.Actor, engagement EngagementID) (costs Costs, err error) {
	return costs, s.readTx(ctx, func(tx pgx.Tx) error {
		w, err := findRunWork(ctx, tx, by, engagement)
		if err == nil {
			err = w.mayEnd(by, s.now())
		}
		if err != nil {
			return err
		}
		costs = costsOf([]Work{w}, s.now())
		return nil
	})
}

// CallOffWork calls one member's work off, by the client of the gig or a
// coordinator: one person less is needed. Within the notice time the member is
// paid part of it; work that has begun ends now, and its hours are said as always:
// see Stopped. seen is what the actor was told that it costs. It returns
// ErrCostMoved when it is more by now, members.ErrOneself for the actor's own work,
// and the errors of WorkCosts.
func (s *Service) CallOffWork(ctx context.Context, by members.Actor, engagement EngagementID, seen payments.Cents) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		w, err := findRunWork(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		if err := lockShiftRow(ctx, tx, by.Cooperative, w.Shift.ID); err != nil {
			return err
		}
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		if w, err = findRunWork(ctx, tx, by, engagement); err != nil {
			return err
		}
		if err := w.mayEnd(by, s.now()); err != nil {
			return err
		}
		if err := s.callOffAllTx(ctx, tx, by, []Work{w}, seen); err != nil {
			return err
		}
		if !w.Begun(s.now()) { // a seat that was worked on is not taken away
			if err := s.needLessTx(ctx, tx, by, w); err != nil {
				return err
			}
		}
		return s.auditOffTx(ctx, tx, by, w)
	})
}

// mayEnd reports why the actor cannot call the work off.
func (w Work) mayEnd(by members.Actor, now time.Time) error {
	if err := w.may(MoveCallOff, by); err != nil {
		return err
	}
	if w.Over(now) {
		return ErrShiftOver
	}
	return nil
}

// callOffAllTx calls all of this work off, which nobody else moves meanwhile, and
// pays what is due. It goes by member, so that two at once do not wait for each
// other.
func (s *Service) callOffAllTx(ctx context.Context, tx pgx.Tx, by members.Actor, list []Work, seen payments.Cents) error {
	costs := costsOf(list, s.now())
	if err := costs.noMoreThan(seen); err != nil {
		return err
	}
	slices.SortFunc(costs, func(a, b Cost) int { return slices.Compare(a.Member[:], b.Member[:]) })
	for _, one := range costs {
		if err := s.callOffOneTx(ctx, tx, by, one); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) callOffOneTx(ctx context.Context, tx pgx.Tx, by members.Actor, one Cost) (err error) {
	w := one.Work
	if err := w.may(MoveCallOff, by); err != nil {
		return err
	}
	if w.Begun(s.now()) {
		return s.stopTx(ctx, tx, by, w)
	}
	if w.State, err = w.State.To(CalledOff); err != nil {
		return err
	}
	if err := markCalledOff(ctx, tx, by.Cooperative, w.ID, sideOf(by), by.Role, "", nil, s.now()); err != nil {
		return err
	}
	if err := s.leftTx(ctx, tx, by.Cooperative, w, coaching.CalledOff, s.now()); err != nil {
		return err
	}
	if one.Part > 0 {
		if err := s.partPayOrTellTx(ctx, tx, by.Cooperative, w, one.Part); err != nil {
			return err
		}
	}
	return s.workOffTx(ctx, tx, by.Cooperative, w)
}

// partPayTx pays part of work that was called off late: the hours are agreed, and
// nobody is asked for them.
func (s *Service) partPayTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, part time.Duration) (err error) {
	w.Sheet = Timesheet{State: SheetAgreed, Worked: part}
	if err := insertPartPay(ctx, tx, c, id.New[Timesheet](s.random), w, s.now()); err != nil {
		return err
	}
	if w.State, err = s.agreedTx(ctx, tx, c, w); err != nil {
		return err
	}
	return updateEngagement(ctx, tx, c, w.ID, w.State)
}

// auditOffTx writes down who called whose work off.
func (s *Service) auditOffTx(ctx context.Context, tx pgx.Tx, by members.Actor, list ...Work) error {
	for _, w := range list {
		d := members.Deed{By: by, For: w.person, What: "work_called_off", Ref: "engagement:" + w.ID.String()}
		if err := s.people.AuditTx(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

// readTx reads several things as they were at one moment.
func (s *Service) readTx(ctx context.Context, f func(pgx.Tx) error) error {
	return pgx.BeginTxFunc(ctx, s.db, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, f)
}
