package jobs

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// EngagementID identifies an engagement.
type EngagementID = id.Of[Engagement]

// EngagementState is where an engagement is in its life.
type EngagementState string

// The states of an engagement.
const (
	Confirmed EngagementState = "confirmed"
	Started   EngagementState = "started"
	Finished  EngagementState = "finished"
	Agreed    EngagementState = "agreed" // the hours are
	Billed    EngagementState = "billed"
	Paid      EngagementState = "paid"
	Closed    EngagementState = "closed" // agreed, and not paid by the cooperative
	CalledOff EngagementState = "cancelled"
	Absent    EngagementState = "absent"
)

// EngagementStates lists them in the order of an engagement's life.
func EngagementStates() []EngagementState {
	return []EngagementState{Confirmed, Started, Finished, Agreed, Billed, Paid, Closed, CalledOff, Absent}
}

func (s EngagementState) next() []EngagementState {
	switch s {
	case Confirmed:
		return []EngagementState{Started, CalledOff, Absent}
	case Started:
		return []EngagementState{Finished, CalledOff}
	case Finished:
		return []EngagementState{Agreed}
	case Agreed:
		return []EngagementState{Billed, Closed}
	case Billed:
		return []EngagementState{Paid}
	case Paid:
		return []EngagementState{Billed} // the payout failed, possibly days later
	case CalledOff:
		return []EngagementState{Agreed} // late, by the client: part of the pay
	case Absent:
		return []EngagementState{Confirmed} // a coordinator found that they were there
	default:
		return nil
	}
}

// To moves to another state. It returns *WrongEngagementMove.
func (s EngagementState) To(to EngagementState) (EngagementState, error) {
	if !slices.Contains(s.next(), to) {
		return s, &WrongEngagementMove{From: s, To: to}
	}
	return to, nil
}

// Seat is one place on a shift, as it is shown to who has it or may get it.
type Seat struct {
	Gig        GigID
	Title      string
	Language   members.Locale // of the title
	ClientName string
	PlaceName  string
	Rate       payments.Cents
	Shift      Shift
	Form       members.WorkForm
}

// Pay is what the seat earns, before tax.
func (s Seat) Pay() payments.Cents { return s.Shift.Pay(s.Rate) }

// Engagement is a member confirmed on a shift, as its member sees it.
type Engagement struct {
	ID EngagementID
	Seat
	State EngagementState
}

// ConfirmTx gives the member one of the shift's seats. Whoever else wants one
// waits until the transaction ends. It returns ErrNoSeat when all are taken,
// ErrBusy when the member works elsewhere at that time, ErrStarted for a shift
// that has begun, unless somebody is missing there, what is ErrUnlawful,
// ErrNotPrepaid where the client pays beforehand and has not, and members.ErrNotFound. On a paused gig it gives a seat to who was asked before.
// After an error the transaction goes on as if nothing was tried. Of several kinds
// of seats it is the first that is free; none named: any.
func (s *Service) ConfirmTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID, member members.MemberID, kinds ...SeatKind) (EngagementID, error) {
	locked, err := lockShift(ctx, tx, c, shift)
	switch {
	case err != nil:
		return EngagementID{}, err
	case !locked.open:
		return EngagementID{}, members.ErrNotFound
	case !locked.Starts.After(s.now()) && !(locked.freed && locked.Refills(s.now())):
		return EngagementID{}, ErrStarted
	case locked.taken >= locked.Seats:
		return EngagementID{}, ErrNoSeat
	}
	kind, free := locked.pick(kinds)
	if !free {
		return EngagementID{}, ErrNoSeat
	}
	if err := lockMember(ctx, tx, c, member); err != nil {
		return EngagementID{}, err
	}
	if err := s.prepaidTx(ctx, tx, c, locked); err != nil {
		return EngagementID{}, err
	}
	engagement := id.New[Engagement](s.random)
	err = pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error { // a savepoint
		return s.engageTx(ctx, tx, c, engagement, locked, member)
	})
	if err == nil {
		err = markSeat(ctx, tx, c, engagement, kind)
	}
	if err == nil {
		err = noteShiftTx(ctx, tx, c, member, engagement, locked)
	}
	if err == nil {
		err = s.remindTx(ctx, tx, c, engagement, member, locked.Shift)
	}
	if err == nil {
		err = s.plannedTx(ctx, tx, c, engagement, locked.Shift)
	}
	if err == nil {
		err = s.movedTx(ctx, tx, c, member, locked.client)
	}
	if err == nil && locked.taken+1 == locked.Seats {
		err = s.changedTx(ctx, tx, c, locked.gig) // full: browsing no longer finds it
	}
	return engagement, err
}

// Coming lists the member's engagements that end after from, the earliest first,
// at most so many.
func (s *Service) Coming(ctx context.Context, by members.Actor, from time.Time, most int) ([]Engagement, error) {
	return listEngagements(ctx, s.db, by, from, most)
}
