package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/members/coaching"
)

// missedAfter is how long after the beginning of a shift somebody can say that a
// member did not come.
const missedAfter = 15 * time.Minute

// mayMiss reports why the actor cannot say now that the member did not come: it is
// too early, or they are at work, or hours are written down, or the office found
// that they were there.
func (w Work) mayMiss(by members.Actor, now time.Time) error {
	if err := w.may(MoveMiss, by); err != nil {
		return err
	}
	switch {
	case now.Before(w.Shift.Starts.Add(missedAfter)):
		return ErrTooEarly
	case w.Off.There != nil && by.Kind != members.RoleCoordinator:
		return ErrFoundThere
	default:
		return nil
	}
}

// MayMiss reports whether the actor, who runs the gig, can say that the member did
// not come.
func (w Work) MayMiss(by members.Actor, now time.Time) bool { return w.mayMiss(by, now) == nil }

// Miss says that the member did not come, by the client of the gig or a
// coordinator. The coach hears of it, the member is asked how they are, and
// somebody else is looked for while there is time: nothing else follows, now or
// later. Once more it changes nothing. It returns ErrTooEarly, *WrongEngagementMove,
// ErrFoundThere to a client where a coordinator found that they were there,
// members.ErrOneself, and members.ErrNotFound.
func (s *Service) Miss(ctx context.Context, by members.Actor, engagement EngagementID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		w, err := findRunWork(ctx, tx, by, engagement)
		if err != nil || w.State == Absent {
			return err
		}
		if err := w.mayMiss(by, s.now()); err != nil {
			return err
		}
		return s.missTx(ctx, tx, by, w)
	})
}

func (s *Service) missTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work) error {
	if err := markAbsent(ctx, tx, by, w.ID, s.now()); err != nil {
		return err
	}
	if err := s.leftTx(ctx, tx, by.Cooperative, w, coaching.NoShow, w.Shift.Starts); err != nil {
		return err
	}
	if err := s.freedTx(ctx, tx, by.Cooperative, w); err != nil {
		return err
	}
	if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative,
		members.Notice{Member: w.Member, Task: WorkOff{Engagement: w.ID, Cooperative: by.Cooperative}}); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: w.person, What: "absence_said", Ref: "engagement:" + w.ID.String()})
}

// WasThere says that the acting member, of whom somebody said that they did not
// come, was there. A coordinator looks, and is reminded; until then nothing
// changes. Once more, also after the answer, it changes nothing. It returns *WrongEngagementMove and members.ErrNotFound.
func (s *Service) WasThere(ctx context.Context, by members.Actor, engagement EngagementID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		w, err := lockOwnWork(ctx, tx, by, engagement)
		switch {
		case err != nil:
			return err
		case !MoveDeny.May(w.State, by.Kind):
			return &WrongEngagementMove{From: w.State, To: Confirmed}
		case w.Off.Denied != nil:
			return nil
		}
		if err := markDenied(ctx, tx, by.Cooperative, w.ID, s.now()); err != nil {
			return err
		}
		if err := s.deniedTx(ctx, tx, by.Cooperative, w); err != nil {
			return err
		}
		if err := s.movedTx(ctx, tx, by.Cooperative, w.Member, w.Client); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: w.person, What: "absence_denied", Ref: "engagement:" + w.ID.String()})
	})
}
