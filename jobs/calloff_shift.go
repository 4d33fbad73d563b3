package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// ShiftCalledOff is the task that ends what waits on a shift that is called off.
type ShiftCalledOff struct {
	Shift       ShiftID
	Cooperative id.Cooperative
	By          members.RoleID // who called it off: no machine says no to what a member asked
}

// Kind names the task.
func (ShiftCalledOff) Kind() string { return "jobs.shift_called_off" }

// ShiftCosts is what calling a whole shift off costs now, for those who would have
// come. It returns ErrShiftOver also for a shift that is called off, and
// members.ErrNotFound to who does not run its gig.
func (s *Service) ShiftCosts(ctx context.Context, by members.Actor, shift ShiftID) (costs Costs, err error) {
	return costs, s.readTx(ctx, func(tx pgx.Tx) error {
		r, err := findRunShift(ctx, tx, by, shift)
		if err == nil && r.ended(s.now()) {
			err = ErrShiftOver
		}
		if err != nil {
			return err
		}
		list, err := listComers(ctx, tx, by.Cooperative, []ShiftID{shift})
		if err != nil {
			return err
		}
		costs = costsOf(list, s.now())
		return nil
	})
}

// CallOffShift calls a whole shift off, by the client or a coordinator, as
// CallOffWork does for each who would have come. Who was asked, asks or waits for
// a seat hears of it. seen is what it was said to cost. It returns ErrCostMoved,
// members.ErrOneself where the actor's own work is among it, and the errors of
// ShiftCosts.
func (s *Service) CallOffShift(ctx context.Context, by members.Actor, shift ShiftID, seen payments.Cents) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockShiftRow(ctx, tx, by.Cooperative, shift); err != nil {
			return err
		}
		r, err := findRunShift(ctx, tx, by, shift)
		if err != nil {
			return err
		}
		if r.ended(s.now()) {
			return ErrShiftOver
		}
		list, err := s.callOffShiftsTx(ctx, tx, by, r.gig, []ShiftID{shift}, seen)
		if err != nil {
			return err
		}
		if err := s.auditOffTx(ctx, tx, by, list...); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "shift_called_off", Ref: "shift:" + shift.String()})
	})
}

// callOffShiftsTx calls locked shifts of one gig off, and gives the work that goes
// with them.
func (s *Service) callOffShiftsTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, shifts []ShiftID, seen payments.Cents) ([]Work, error) {
	if err := lockComers(ctx, tx, by.Cooperative, shifts); err != nil {
		return nil, err
	}
	list, err := listComers(ctx, tx, by.Cooperative, shifts)
	if err != nil {
		return nil, err
	}
	if err := s.callOffAllTx(ctx, tx, by, list, seen); err != nil {
		return nil, err
	}
	for _, shift := range shifts {
		if err := s.closeShiftTx(ctx, tx, by, gig, shift); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// closeShiftTx takes the shift out of everything that looks for people.
func (s *Service) closeShiftTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, shift ShiftID) error {
	if err := markShiftOff(ctx, tx, by.Cooperative, shift, s.now()); err != nil {
		return err
	}
	off := ShiftCalledOff{Shift: shift, Cooperative: by.Cooperative, By: by.Role}
	if _, err := s.tasks.EnqueueTx(ctx, tx, off, tasks.Opts{Cooperative: by.Cooperative, Lane: tasks.Hi}); err != nil {
		return err
	}
	return s.changedTx(ctx, tx, by.Cooperative, gig)
}
