package matching

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// Seats is what the free seats of a shift are for.
type Seats struct {
	Buddies   bool // some are for somebody who learns
	BuddyFree int  // of those
	Remote    bool // the work is done at home
}

// seatsFor lists which seats the candidate may have, the first that is free; nil
// is any. Who learns the work has somebody beside them; who can do it works, and
// takes the other's place only where no seat to work is left.
func seatsFor(c Candidate, w Work) []jobs.SeatKind {
	switch {
	case !w.Seats.Buddies:
		return nil
	case c.Learns:
		return []jobs.SeatKind{jobs.BuddySeat}
	default:
		return []jobs.SeatKind{jobs.WorkSeat, jobs.BuddySeat}
	}
}

// learns reports whether the member learns all that they share with the work.
func (c Candidate) learns(w Work) (learns bool) {
	for _, code := range w.Skills {
		if slices.Contains(c.Skills, code) {
			if c.level(code) != members.Learning {
				return false
			}
			learns = true
		}
	}
	return learns
}

// hasSeatFor reports whether one of those is free.
func (w Work) hasSeatFor(c Candidate) bool {
	if w.Seats.Buddies && c.Learns {
		return w.Seats.BuddyFree > 0
	}
	return w.Free > 0
}

// judgeTx is Check, with the seats that the member may have.
func (s *Service) judgeTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, member members.MemberID, shift jobs.ShiftID) ([]Rule, []jobs.SeatKind, error) {
	w, err := selectWork(ctx, tx, c, shift, s.now())
	if err != nil {
		return nil, nil, err
	}
	found, err := selectCandidates(ctx, tx, w, []members.MemberID{member}, s.now())
	if err != nil {
		return nil, nil, err
	}
	if len(found) == 0 {
		return nil, nil, members.ErrNotFound
	}
	return failed(found[0], w), seatsFor(found[0], w), nil
}
