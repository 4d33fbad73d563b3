package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

// missedAfter is how long after the beginning of a shift somebody can say that a
// member did not come.
const missedAfter = 15 * time.Minute

// mayMiss reports why nobody can say now that the member did not come: it is too
// early, or they are at work, or hours are written down.
func (w Work) mayMiss(now time.Time) error {
	if _, err := w.State.To(Absent); err != nil {
		return err
	}
	if now.Before(w.Shift.Starts.Add(missedAfter)) {
		return ErrTooEarly
	}
	return nil
}

// MayMiss reports whether who runs the gig can say that the member did not come.
func (w Work) MayMiss(now time.Time) bool { return w.mayMiss(now) == nil }

// Miss says that the member did not come, by the client of the gig or a
// coordinator. The coach hears of it, the member is asked how they are, and
// somebody else is looked for while there is time: nothing else follows, now or
// later. Once more it changes nothing. It returns ErrTooEarly, *WrongEngagementMove,
// and members.ErrNotFound.
func (s *Service) Miss(ctx context.Context, by members.Actor, engagement EngagementID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		w, err := findRunWork(ctx, tx, by, engagement)
		if err != nil || w.State == Absent {
			return err
		}
		if err := w.mayMiss(s.now()); err != nil {
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
// come, was there. A coordinator looks; until then nothing changes. Once more it
// changes nothing. It returns *WrongEngagementMove and members.ErrNotFound.
func (s *Service) WasThere(ctx context.Context, by members.Actor, engagement EngagementID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		w, err := lockOwnWork(ctx, tx, by, engagement)
		switch {
		case err != nil:
			return err
		case w.State != Absent:
			return &WrongEngagementMove{From: w.State, To: Confirmed}
		case w.Off.Denied != nil:
			return nil
		}
		if err := markDenied(ctx, tx, by.Cooperative, w.ID, s.now()); err != nil {
			return err
		}
		t := AbsenceDenied{Engagement: w.ID, Cooperative: by.Cooperative}
		if _, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: by.Cooperative}); err != nil {
			return err
		}
		if err := s.movedTx(ctx, tx, by.Cooperative, w.Member, w.Client); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: w.person, What: "absence_denied", Ref: "engagement:" + w.ID.String()})
	})
}

// PutRight takes back that a member did not come, by a coordinator who found that
// they were there: the work goes on as it was agreed. Where somebody came in their
// place both have a seat. It returns ErrBusy for who works elsewhere at that time,
// *WrongEngagementMove, and members.ErrNotFound to everybody else.
func (s *Service) PutRight(ctx context.Context, by members.Actor, engagement EngagementID) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		w, err := findRunWork(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		if err := lockShiftRow(ctx, tx, by.Cooperative, w.Shift.ID); err != nil { // shift, member, work: as ConfirmTx does
			return err
		}
		if err := lockMember(ctx, tx, by.Cooperative, w.Member); err != nil {
			return err
		}
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		if w, err = findRunWork(ctx, tx, by, engagement); err != nil {
			return err
		}
		if w.State != Absent {
			return &WrongEngagementMove{From: w.State, To: Confirmed}
		}
		return s.putRightTx(ctx, tx, by, w)
	})
}

func (s *Service) putRightTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work) (err error) {
	if err := needMoreTx(ctx, tx, by.Cooperative, w); err != nil {
		return err
	}
	l := lockedShift{Shift: w.Shift, gig: w.Gig, client: w.Client}
	if w.Form == members.TrialPlacement { // there may be another trial by now
		if err := s.placeTx(ctx, tx, by.Cooperative, l, w.Member); err != nil {
			return err
		}
	}
	if err := markThere(ctx, tx, by.Cooperative, w.ID); err != nil {
		return err
	}
	if err := coaching.ForgetTx(ctx, tx, by.Cooperative, w.Member, w.ID.String(), coaching.NoShow); err != nil {
		return err
	}
	if err := noteShiftTx(ctx, tx, by.Cooperative, w.Member, w.ID, l); err != nil {
		return err
	}
	if err := s.movedTx(ctx, tx, by.Cooperative, w.Member, w.Client); err != nil {
		return err
	}
	if w.Sheet.State.waitsFor() != "" { // its timer may have passed while nobody waited for hours
		if err := s.anewTx(ctx, tx, by.Cooperative, w); err != nil {
			return err
		}
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: w.person, What: "absence_put_right", Ref: "engagement:" + w.ID.String()})
}
