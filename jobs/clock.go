package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// The bounds of a press on the clock.
const (
	clockOpens  = 30 * time.Minute // so long before the shift one can say "I am here"
	clockCloses = 2 * time.Hour    // so long after its end one can at least say "I am done"
	sentLater   = 5 * time.Minute  // what comes longer after the press was sent later
)

// Clock is when the member said that they were there, and that they were done.
// Where they were nobody asks.
type Clock struct {
	In, Out         time.Time     // when they pressed, as their phone says; zero: they did not
	InSent, OutSent time.Time     // when that came here
	Break           time.Duration // as they said at the end
	Helper          string        // who filled it in for the member; empty: themselves
	inID, outID     PressID
}

// InLater reports whether the first press was sent later; OutLater, the last.
func (c Clock) InLater() bool  { return c.InSent.Sub(c.In) > sentLater }
func (c Clock) OutLater() bool { return c.OutSent.Sub(c.Out) > sentLater }

// Whole reports whether both were pressed, so that hours can begin from there.
func (c Clock) Whole() bool { return !c.In.IsZero() && !c.Out.IsZero() }

// PressID is drawn in the form: the same press sent twice is one.
type PressID = id.Of[Press]

// Press is one press on the clock.
type Press struct {
	ID    PressID
	Done  bool          // "I am done"; else "I am here"
	Ago   time.Duration // how long before it was sent, where a phone kept it
	Break time.Duration // with "I am done": unpaid, whole minutes
}

// MayCheckIn reports whether the member can say "I am here" now.
func (w Work) MayCheckIn(now time.Time) bool {
	return MoveBegin.May(w.State, members.RoleMember) && w.Sheet.State == SheetEmpty && !now.Before(w.Shift.Starts.Add(-clockOpens)) && now.Before(w.Shift.Ends)
}

// MayCheckOut reports whether the member can say "I am done" now.
func (w Work) MayCheckOut(now time.Time) bool {
	return MoveDone.May(w.State, members.RoleMember) && w.Sheet.State == SheetEmpty && !w.Clock.In.IsZero() && !now.After(w.Shift.clockEnds())
}

// clockEnds is until when one can be done: the end of the shift's last day, or
// some time after its end when that is later.
func (s Shift) clockEnds() time.Time {
	last := s.Ends.Add(-time.Nanosecond).In(members.Amsterdam())
	midnight := time.Date(last.Year(), last.Month(), last.Day()+1, 0, 0, 0, 0, last.Location()).UTC()
	if late := s.Ends.Add(clockCloses); late.After(midnight) {
		return late
	}
	return midnight
}

// pressed moves the work by a press at this moment.
func (w *Work) pressed(p Press, at time.Time) (err error) {
	switch {
	case at.Before(w.Shift.Starts.Add(-clockOpens)):
		return ErrClockEarly
	case w.State == Confirmed && p.Done && w.Sheet.State == SheetEmpty:
		return ErrNotPresent
	case !p.Done && !w.MayCheckIn(at), p.Done && !w.MayCheckOut(at), p.Done && !at.After(w.Clock.In):
		return ErrClockClosed
	}
	if !p.Done {
		w.Clock.In, w.Clock.inID = at, p.ID
		w.State, err = w.State.To(Started)
		return err
	}
	if err := p.problems(at.Sub(w.Clock.In)).Err(); err != nil {
		return err
	}
	w.Clock.Out, w.Clock.outID, w.Clock.Break = at, p.ID, p.Break
	w.State, err = w.State.To(Finished)
	return err
}

func (p Press) problems(length time.Duration) (problems check.Problems) {
	if p.Break < 0 || p.Break >= length || p.Break > LongestShift || p.Break%time.Minute != 0 {
		problems.Add("break", "wrong_break", nil)
	}
	return problems
}

// Press notes that the member is there, or done; a helper may press for them. A
// phone that was offline tells how long ago it was, and only a moment of the
// shift's own day is believed. The same press twice is one. It returns
// ErrClockEarly, ErrClockClosed after the work, when it is off and when it was
// pressed before, ErrNotPresent for "done" without "here", check.Problems at
// "break", and members.ErrNotFound to everybody but the member.
func (s *Service) Press(ctx context.Context, by members.Actor, engagement EngagementID, p Press) error {
	if by.Kind != members.RoleMember || p.ID.IsZero() || p.Ago < 0 {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		w, err := findWork(ctx, tx, by, engagement)
		if err != nil || p.ID == w.Clock.inID || p.ID == w.Clock.outID {
			return err
		}
		now := s.now()
		if err := w.pressed(p, now.Add(-p.Ago)); err != nil {
			return err
		}
		if err := updateClock(ctx, tx, by, w, p.Done, now); err != nil {
			return err
		}
		if err := s.movedTx(ctx, tx, by.Cooperative, w.Member, w.Client); err != nil {
			return err
		}
		return s.people.HelpedTx(ctx, tx, by, "helped_clock", "engagement:"+w.ID.String())
	})
}
