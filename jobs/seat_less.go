package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// less is the shift with one seat less, of one who had this kind and left it. No
// seat: nobody is needed any more. A buddy is not left alone with nobody to learn
// from: where no seat to work would be left an empty seat to learn goes too, and
// one of those who learn gets a seat to work.
func (l lockedShift) less(kind SeatKind) (left lockedShift, promotes bool) {
	l.Seats--
	switch {
	case kind == BuddySeat && l.BuddySeats > 0:
		l.BuddySeats--
	case l.BuddySeats > 0 && l.BuddySeats >= l.Seats && l.buddies == 0:
		l.Seats, l.BuddySeats = 0, 0
	case l.BuddySeats > 0 && l.BuddySeats >= l.Seats:
		l.BuddySeats--
		return l, true
	}
	return l, false
}

// more is the shift with room for one more of this kind.
func (l lockedShift) more(kind SeatKind) lockedShift {
	if _, free := l.pick([]SeatKind{kind}); free {
		return l
	}
	l.Seats++
	if kind == BuddySeat {
		l.BuddySeats++
	}
	return l
}

// needLessTx takes the seat away of work that was called off, of a locked shift;
// the last one takes the shift.
func (s *Service) needLessTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work) error {
	l, kind, err := findSeats(ctx, tx, by.Cooperative, w)
	if err != nil {
		return err
	}
	left, promotes := l.less(kind)
	if left.Seats == 0 {
		return s.closeShiftTx(ctx, tx, by, w.Gig, w.Shift.ID)
	}
	if promotes { // before the seats: they are counted by kind
		if err := promoteBuddy(ctx, tx, by.Cooperative, w.Shift.ID); err != nil {
			return err
		}
	}
	if err := setSeats(ctx, tx, by.Cooperative, w.Shift.ID, left.Shift); err != nil {
		return err
	}
	return s.changedTx(ctx, tx, by.Cooperative, w.Gig)
}

// needMoreTx makes room for this work on a locked shift, of the kind that its
// member had. It returns ErrNoSeat when a shift cannot have more.
func needMoreTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	l, kind, err := findSeats(ctx, tx, c, w)
	if err != nil {
		return err
	}
	return setSeats(ctx, tx, c, w.Shift.ID, l.more(kind).Shift)
}
