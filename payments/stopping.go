package payments

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// Stopped is a stop as coordinators read of it.
type Stopped struct {
	ID       id.Of[Stop]
	Cause    StopCause
	Since    time.Time
	Reason   string // of one by hand
	By       string // who stopped by hand
	AskedBy  string // who asked to go on, and a second person has not agreed yet
	AskedAt  time.Time
	LiftedBy string // "" an operator, or nobody yet
	LiftedAt time.Time
	Adopted  int // what the gateway had done and the database forgot, found again

	asker members.PersonID
}

// Over reports whether it was lifted.
func (s Stopped) Over() bool { return !s.LiftedAt.IsZero() }

// AskedMe reports whether this person asked to go on, so that another must agree.
func (s Stopped) AskedMe(by members.PersonID) bool { return !s.asker.IsZero() && s.asker == by }

// Errors of stopping and going on.
var (
	// ErrStoppedBefore means that somebody stopped payouts by hand already.
	ErrStoppedBefore = errors.New("payments: stopped by hand already")
	// ErrDiffers means that differences are left which nobody explained.
	ErrDiffers = errors.New("payments: there are differences")
	// ErrNotLooked means that the books were not compared since the stop.
	ErrNotLooked = errors.New("payments: the books were not compared yet")
	// ErrOwnResume means that somebody else must agree to go on.
	ErrOwnResume = errors.New("payments: one's own wish to go on")
)

// StopsOf lists the stops of the acting coordinator's cooperative: those that
// last, the oldest first, and then the newest that are over; at most 50. For others
// it is empty.
func (s *Service) StopsOf(ctx context.Context, by members.Actor) ([]Stopped, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listStopped(ctx, s.db, by.Cooperative)
}

// StopPayouts stops all that leaves the acting coordinator's cooperative, at once.
// The reason is about money and nobody: it is plain and stays. It returns
// check.Problems, ErrStoppedBefore, members.ErrRestricted, and members.ErrNotFound
// to everybody else.
func (s *Service) StopPayouts(ctx context.Context, by members.Actor, reason string) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	reason = strings.TrimSpace(reason)
	var p check.Problems
	p.Text("reason", reason, 1, 300)
	if err := p.Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		stop := id.New[Stop](s.random)
		if err := stopByHand(ctx, tx, by, stop, reason, s.now()); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "payouts_stopped", Ref: "stop:" + stop.String()})
	})
}

// Resume lets money leave again as far as this stop is concerned, and reports
// whether it does: after a restore, and where what waits is above the four eyes of the policy
// and no hand stopped it, the first to ask only asks and a second person agrees. It
// returns ErrDiffers, ErrNotLooked, ErrOwnResume, members.ErrRestricted, and
// members.ErrNotFound.
func (s *Service) Resume(ctx context.Context, by members.Actor, stop id.Of[Stop]) (lifted bool, err error) {
	if by.Kind != members.RoleCoordinator {
		return false, members.ErrNotFound
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		lifted, err = s.resumeTx(ctx, tx, by, stop)
		return err
	})
	return lifted && err == nil, err
}

func (s *Service) resumeTx(ctx context.Context, tx pgx.Tx, by members.Actor, stop id.Of[Stop]) (lifted bool, err error) {
	st, err := lockStop(ctx, tx, by.Cooperative, stop)
	if err != nil || st.Over() {
		return true, err
	}
	if err := s.mayResumeTx(ctx, tx, by.Cooperative, st); err != nil {
		return false, err
	}
	second, err := s.needsSecondTx(ctx, tx, by.Cooperative, st)
	switch {
	case err != nil:
		return false, err
	case second && st.asker.IsZero():
		if err := askResume(ctx, tx, by, stop, s.now()); err != nil {
			return false, err
		}
		return false, s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "resume_asked", Ref: "stop:" + stop.String()})
	case second && st.asker == by.Person:
		return false, ErrOwnResume
	}
	if err := s.liftTx(ctx, tx, by.Cooperative, stop, by.Role); err != nil {
		return false, err
	}
	return true, s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "payouts_resumed", Ref: "stop:" + stop.String()})
}

// mayResumeTx is what must be so before a stop that no hand made is lifted.
func (s *Service) mayResumeTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, st Stopped) error {
	if st.Cause == StopByHand {
		return nil
	}
	looked, open, err := readLook(ctx, tx, c)
	switch {
	case err != nil:
		return err
	case st.Cause == StopRestored && looked.Before(st.Since.Add(settling)):
		return ErrNotLooked // what differs is not sure before that
	case open > 0:
		return ErrDiffers
	}
	return nil
}

// needsSecondTx reports whether two people must agree: where so much would leave, and
// always after a restore, since nobody knows all that was forgotten.
func (s *Service) needsSecondTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, st Stopped) (bool, error) {
	if st.Cause == StopByHand {
		return false, nil
	}
	if st.Cause == StopRestored {
		return true, nil
	}
	policy, err := findPolicy(ctx, tx, c)
	if err != nil {
		return false, err
	}
	due, err := sumDueHere(ctx, tx, c)
	return due > policy.FourEyes, err
}

// liftTx ends the stop. When it was the last, what waited goes on.
func (s *Service) liftTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, stop id.Of[Stop], by members.RoleID) error {
	if err := liftStop(ctx, tx, c, stop, by, s.now()); err != nil {
		return err
	}
	stopped, err := hasStop(ctx, tx, c)
	if err != nil || stopped {
		return err
	}
	return s.wakeTx(ctx, tx, c, members.MemberID{})
}

// ResumeAll is Resume for an operator: it lifts every stop of the cooperative that
// no hand made. It returns ErrDiffers and ErrNotLooked.
func (s *Service) ResumeAll(ctx context.Context, c id.Cooperative) (lifted int, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		list, err := lockStops(ctx, tx, c)
		if err != nil {
			return err
		}
		for _, st := range list {
			if err := s.mayResumeTx(ctx, tx, c, st); err != nil {
				return err
			}
			if err := s.liftTx(ctx, tx, c, st.ID, members.RoleID{}); err != nil {
				return err
			}
		}
		lifted = len(list)
		return nil
	})
	return lifted, err
}
