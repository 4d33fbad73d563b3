package jobs

import (
	"meent/internal/check"
)

// SeatKind is what a seat is for.
type SeatKind string

// The kinds. Both are paid alike.
const (
	WorkSeat  SeatKind = "work"
	BuddySeat SeatKind = "buddy" // learns the work beside somebody who can do it
)

// SeatKinds lists them.
func SeatKinds() []SeatKind { return []SeatKind{WorkSeat, BuddySeat} }

// seatProblems is what is wrong with what the seats are for: somebody must be
// there beside whom one learns.
func (s Shift) seatProblems(p *check.Problems, i int) {
	buddies, pieces := ShiftField(i, "buddies"), ShiftField(i, "pieces")
	if s.BuddySeats < 0 || s.BuddySeats > 0 && s.BuddySeats >= s.Seats {
		p.Add(buddies, "too_many_buddies", nil)
	}
	if s.Pieces < 0 || s.Pieces > MostPieces {
		p.Add(pieces, "out_of_range", map[string]any{"Min": 1, "Max": MostPieces})
	}
}

// pick is the first of the kinds of which a seat is free; none: false. Without
// kinds it is a seat to work, or else one to learn.
func (l lockedShift) pick(kinds []SeatKind) (SeatKind, bool) {
	if len(kinds) == 0 {
		kinds = SeatKinds()
	}
	free := map[SeatKind]int{WorkSeat: l.Seats - l.BuddySeats - (l.taken - l.buddies), BuddySeat: l.BuddySeats - l.buddies}
	for _, kind := range kinds {
		if free[kind] > 0 {
			return kind, true
		}
	}
	return "", false
}
