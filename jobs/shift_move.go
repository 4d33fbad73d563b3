package jobs

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// NewTime is when a shift is from now on.
type NewTime struct {
	Starts, Ends time.Time
	Break        time.Duration
}

// ShiftMoved is the task that looks for people for the shift that came in the
// place of another: who was to come to that one is asked first.
type ShiftMoved struct {
	Cooperative id.Cooperative
	Old, New    ShiftID
	First       []EngagementID // that ended with the old one
}

// Kind names the task.
func (ShiftMoved) Kind() string { return "jobs.shift_moved" }

// MoveCosts is what moving the shift costs now, for those who would have come: to
// them it is called off. It returns ErrShiftMoved, ErrShiftOver, ErrStarted,
// ErrGigOver, ErrGigMoved where the gig is not open, and members.ErrNotFound to who
// does not run it.
func (s *Service) MoveCosts(ctx context.Context, by members.Actor, shift ShiftID) (costs Costs, err error) {
	return costs, s.readTx(ctx, func(tx pgx.Tx) error {
		m, err := findToMove(ctx, tx, by, shift)
		if err != nil {
			return err
		}
		if err := m.may(s.now()); err != nil {
			return err
		}
		list, err := listComers(ctx, tx, by.Cooperative, []ShiftID{shift})
		if err != nil {
			return err
		}
		costs = costsOf(list, s.now())
		return err
	})
}

// MoveShift gives a shift that has not begun another time, by the client of its
// open gig or a coordinator. Nobody is moved with it: a new shift with the same
// seats takes its place and the old one is called off, as CallOffShift does, so
// that who would have come is paid their part where it is late, and is asked
// first. Who was asked, asks or waits for the old one hears that its time changed.
// seen is what it was said to cost. It returns check.Problems at the fields of the
// shift at index 0, as AddShifts does, also for the time that it has already;
// ErrCostMoved, the errors of MoveCosts, members.ErrRestricted and
// members.ErrNotApproved.
func (s *Service) MoveShift(ctx context.Context, by members.Actor, shift ShiftID, to NewTime, seen payments.Cents) (moved ShiftID, err error) {
	return moved, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		m, err := s.lockToMoveTx(ctx, tx, by, shift)
		if err != nil {
			return err
		}
		if err := s.moveProblemsTx(ctx, tx, by, m, to); err != nil {
			return err
		}
		if moved, err = s.replaceTx(ctx, tx, by, m, to); err != nil {
			return err
		}
		list, err := s.callOffShiftsTx(ctx, tx, by, m.gig, []ShiftID{shift}, seen)
		if err != nil {
			return err
		}
		if err := markMoved(ctx, tx, by.Cooperative, shift, moved); err != nil {
			return err
		}
		if err := s.shiftMovedTx(ctx, tx, by, m, moved, list); err != nil {
			return err
		}
		if err := s.auditOffTx(ctx, tx, by, list...); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "shift_moved", Ref: "shift:" + moved.String()})
	})
}

// toMove is a shift that may get another time.
type toMove struct {
	Shift
	gig    GigID
	client members.ClientID
	state  State
	series SeriesID // zero: it is in none
	off    bool
	moved  bool
}

// may reports why it cannot.
func (m toMove) may(now time.Time) error {
	switch {
	case m.moved:
		return ErrShiftMoved
	case m.off:
		return ErrShiftOver
	case m.Seats == 0, m.state == Draft: // removed, or to be changed where it is made
		return members.ErrNotFound
	case m.state == Done, m.state == Cancelled:
		return ErrGigOver
	case m.state != Open: // nobody could be asked for the new time
		return ErrGigMoved
	case !m.Starts.After(now):
		return ErrStarted
	}
	return nil
}

// at is the shift at its new time: everything else stays.
func (m toMove) at(to NewTime) NewShift {
	return NewShift{Starts: to.Starts, Ends: to.Ends, Break: to.Break, Seats: m.Seats, BuddySeats: m.BuddySeats, Pieces: m.Pieces}
}

// lockToMoveTx lets nobody give or take a seat of the shift, nor add to its gig,
// until the transaction ends. The shift comes before the gig, as in CancelGig.
func (s *Service) lockToMoveTx(ctx context.Context, tx pgx.Tx, by members.Actor, shift ShiftID) (m toMove, err error) {
	if m, err = findToMove(ctx, tx, by, shift); err != nil { // a stranger locks nothing
		return m, err
	}
	if err := lockShiftRow(ctx, tx, by.Cooperative, shift); err != nil {
		return m, err
	}
	if _, err := lockGig(ctx, tx, by, m.gig); err != nil {
		return m, err
	}
	if m, err = findToMove(ctx, tx, by, shift); err != nil {
		return m, err
	}
	if err := m.may(s.now()); err != nil {
		return m, err
	}
	return m, s.mayPostTx(ctx, tx, by, m.client)
}

// moveProblemsTx is what adding the shift at its new time would refuse, beside the
// others of its gig.
func (s *Service) moveProblemsTx(ctx context.Context, tx pgx.Tx, by members.Actor, m toMove, to NewTime) error {
	if m.Starts.Equal(to.Starts) && m.Ends.Equal(to.Ends) && m.Break == to.Break {
		var p check.Problems
		date := ShiftField(0, "date")
		p.Add(date, "same_time", nil)
		return p
	}
	there, err := listShifts(ctx, tx, by.Cooperative, m.gig)
	if err != nil {
		return err
	}
	there = slices.DeleteFunc(there, func(one Shift) bool { return one.ID == m.ID })
	g := running{id: m.gig, client: m.client, state: m.state}
	return s.addingProblemsTx(ctx, tx, by, g, there, []NewShift{m.at(to)})
}

// replaceTx adds the shift at its new time; a date of a series stays one of it.
func (s *Service) replaceTx(ctx context.Context, tx pgx.Tx, by members.Actor, m toMove, to NewTime) (ShiftID, error) {
	added, err := s.insertShiftsTx(ctx, tx, by, m.gig, []NewShift{m.at(to)})
	if err != nil {
		return ShiftID{}, err
	}
	if m.series.IsZero() {
		return added[0], nil
	}
	return added[0], markSeries(ctx, tx, by.Cooperative, m.series, added)
}

// shiftMovedTx lets people be asked for the new time, those first whose work ended.
func (s *Service) shiftMovedTx(ctx context.Context, tx pgx.Tx, by members.Actor, m toMove, moved ShiftID, list []Work) error {
	t := ShiftMoved{Cooperative: by.Cooperative, Old: m.ID, New: moved}
	for _, w := range list {
		t.First = append(t.First, w.ID)
	}
	if _, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: by.Cooperative, Lane: tasks.Hi}); err != nil {
		return err
	}
	_, err := s.tasks.EnqueueTx(ctx, tx, GigPosted{ID: m.gig, Cooperative: by.Cooperative}, tasks.Opts{Cooperative: by.Cooperative})
	return err
}
