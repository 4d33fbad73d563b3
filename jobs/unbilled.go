package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// refusedByLaw reports an answer of payments that only a human can go on from.
func refusedByLaw(err error) bool {
	return errors.Is(err, payments.ErrMinor) || errors.Is(err, payments.ErrBelowFloor) || errors.Is(err, payments.ErrNoFigure)
}

// orTellTx does what bills this work. Where the law refuses the bill, nothing of
// it is done and the coordinators are told: one case never keeps back the rest of
// what happens in this transaction, and is never lost in silence.
func (s *Service) orTellTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, bills func(pgx.Tx) error) (refused bool, err error) {
	err = pgx.BeginFunc(ctx, tx, bills) // a savepoint
	if !refusedByLaw(err) {
		return false, err
	}
	if err := markUnbilled(ctx, tx, c, w.ID, whyUnbilled(err), s.now()); err != nil {
		return true, err
	}
	return true, s.tellSheetTx(ctx, tx, c, w, NewsUnbilled, members.RoleCoordinator)
}

// orMark does what somebody says about hours. Where the law refuses the bill, they
// get that error and nothing of it is done but that the office hears of it, once.
func (s *Service) orMark(ctx context.Context, c id.Cooperative, e EngagementID, say func(pgx.Tx) error) error {
	err := pgx.BeginFunc(ctx, s.db, say)
	if !refusedByLaw(err) {
		return err
	}
	marks := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.markTx(ctx, tx, c, e, whyUnbilled(err)) })
	if marks != nil {
		return errors.Join(err, marks)
	}
	return err
}

// markTx leaves alone what somebody else billed meanwhile.
func (s *Service) markTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID, why UnbilledWhy) error {
	if err := lockEngagement(ctx, tx, c, e); err != nil {
		return gone(err)
	}
	w, err := findAnyWork(ctx, tx, c, e)
	if err != nil || (SheetTold{News: NewsUnbilled}).over(w) {
		return gone(err)
	}
	if err := markUnbilled(ctx, tx, c, e, why, s.now()); err != nil || w.Owed() {
		return err
	}
	return s.tellSheetTx(ctx, tx, c, w, NewsUnbilled, members.RoleCoordinator)
}

// PartPayDue is the task that tries again to pay part of work that was called off
// late, of which the law refused the bill.
type PartPayDue struct {
	Engagement  EngagementID
	Cooperative id.Cooperative
	Minutes     int // paid
}

// Kind names the task.
func (PartPayDue) Kind() string { return "jobs.part_pay_due" }

// partPayOrTellTx pays it, or tells the coordinators and tries again in a week: the
// part is owed until a human put right what stands in the way.
func (s *Service) partPayOrTellTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, part time.Duration) error {
	refused, err := s.orTellTx(ctx, tx, c, w, func(tx pgx.Tx) error { return s.partPayTx(ctx, tx, c, w, part) })
	if err != nil || !refused {
		return err
	}
	t := PartPayDue{Engagement: w.ID, Cooperative: c, Minutes: int(part / time.Minute)}
	_, err = s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c, Due: s.now().Add(SilentAfter)})
	return err
}

// PartPayDueTx does the task; work that is paid by now needs nothing.
func (s *Service) PartPayDueTx(ctx context.Context, tx pgx.Tx, t PartPayDue) error {
	if err := lockEngagement(ctx, tx, t.Cooperative, t.Engagement); err != nil {
		return gone(err)
	}
	w, err := findAnyWork(ctx, tx, t.Cooperative, t.Engagement)
	if err != nil || w.State != CalledOff {
		return gone(err)
	}
	return s.partPayOrTellTx(ctx, tx, t.Cooperative, w, time.Duration(t.Minutes)*time.Minute)
}

// silentOrTellTx is silentTx; hours that the law does not let be billed stay as
// they are, and a week later it is tried again.
func (s *Service) silentOrTellTx(ctx context.Context, tx pgx.Tx, t SheetSilent, w Work) error {
	refused, err := s.orTellTx(ctx, tx, t.Cooperative, w, func(tx pgx.Tx) error { return s.silentTx(ctx, tx, t.Cooperative, w) })
	if err != nil || !refused {
		return err
	}
	return s.timerTx(ctx, tx, t, s.now().Add(SilentAfter))
}

// UnbilledWhy is what keeps work off a bill, as far as the office needs to know it.
type UnbilledWhy string

// What can stand in the way. Of the member nothing more is said.
const (
	UnbilledPerson UnbilledWhy = "person" // what the cooperative knows of the member
	UnbilledFloor  UnbilledWhy = "floor"  // the wage is below what the law asks
	UnbilledFigure UnbilledWhy = "figure" // there is no figure of the law for the day
)

// UnbilledWhys lists them.
func UnbilledWhys() []UnbilledWhy {
	return []UnbilledWhy{UnbilledPerson, UnbilledFloor, UnbilledFigure}
}

func whyUnbilled(err error) UnbilledWhy {
	switch {
	case errors.Is(err, payments.ErrMinor):
		return UnbilledPerson
	case errors.Is(err, payments.ErrBelowFloor):
		return UnbilledFloor
	default:
		return UnbilledFigure
	}
}

// Unbilled is since when the law keeps work off a bill, and why.
type Unbilled struct {
	At  time.Time // zero: it does not
	Why UnbilledWhy
}

// Owed reports whether the member waits for pay that the law keeps back.
func (w Work) Owed() bool { return !w.Unbilled.At.IsZero() }

// UnbilledWorks lists work that cannot be billed, the oldest first, at most 200;
// none to everybody but a coordinator.
func (s *Service) UnbilledWorks(ctx context.Context, by members.Actor) ([]Work, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listUnbilled(ctx, s.db, by.Cooperative)
}
