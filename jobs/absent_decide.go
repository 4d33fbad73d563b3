package jobs

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

// The clock of an answer to who says that they were there: the coordinators are
// reminded, and then it is late. Nothing is decided by itself.
const (
	deniedReminds = 7 * day
	DeniedWithin  = 14 * day
)

// MostUpheldWhy is how long the reason may be.
const MostUpheldWhy = 500

// AbsenceDue is when a coordinator should have looked; zero: nobody waits.
func (o Off) AbsenceDue() time.Time {
	if !o.Asks() {
		return time.Time{}
	}
	return o.Denied.Add(DeniedWithin)
}

// AbsenceLate reports whether that is over.
func (o Off) AbsenceLate(now time.Time) bool { return o.Asks() && !now.Before(o.AbsenceDue()) }

// deniedTx tells the coordinators that they have to look: now, once more, and when
// it is late.
func (s *Service) deniedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	for _, after := range []time.Duration{0, deniedReminds, DeniedWithin} {
		t, o := AbsenceDenied{Engagement: w.ID, Cooperative: c, Reminds: after > 0}, tasks.Opts{Cooperative: c}
		if after > 0 {
			o.Due, o.Key = s.now().Add(after), fmt.Sprint(w.ID, " denied ", after)
		}
		if _, err := s.tasks.EnqueueTx(ctx, tx, t, o); err != nil {
			return err
		}
	}
	return nil
}

// upheldColumn is what the reason is bound to, beside the member.
func upheldColumn(e EngagementID) string { return "engagement.absent_upheld_why@" + e.String() }

// lockAbsentTx finds work of which somebody said that the member did not come, for
// a coordinator on neither side, and lets nobody else move it: shift, member, work,
// as ConfirmTx does.
func (s *Service) lockAbsentTx(ctx context.Context, tx pgx.Tx, by members.Actor, engagement EngagementID, move EngagementMove) (w Work, err error) {
	if w, err = findRunWork(ctx, tx, by, engagement); err != nil {
		return w, err
	}
	if err := lockShiftRow(ctx, tx, by.Cooperative, w.Shift.ID); err != nil {
		return w, err
	}
	if err := lockWorker(ctx, tx, by.Cooperative, w.Member); err != nil {
		return w, err
	}
	if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
		return w, err
	}
	if w, err = findRunWork(ctx, tx, by, engagement); err != nil {
		return w, err
	}
	if err := w.may(move, by); err != nil {
		return w, err
	}
	side, err := isSide(ctx, tx, by, w)
	if err == nil && side {
		err = members.ErrOneself
	}
	return w, err
}

// Uphold answers a member who said that they were there: a coordinator on neither
// side looked, and it stays, for a reason that the member reads. The member can ask
// for a second look at that. It returns check.Problems at "reason",
// members.ErrDecided where nobody waits for it, *WrongEngagementMove,
// members.ErrOneself, members.ErrNoKey, and members.ErrNotFound.
func (s *Service) Uphold(ctx context.Context, by members.Actor, engagement EngagementID, why string) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	why = strings.TrimSpace(why)
	var p check.Problems
	if p.Paragraphs("reason", why, 1, MostUpheldWhy); len(p) > 0 {
		return p.Err()
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		w, err := s.lockAbsentTx(ctx, tx, by, engagement, MoveUphold)
		switch {
		case err != nil:
			return err
		case !w.Off.Asks():
			return members.ErrDecided
		}
		return s.upholdTx(ctx, tx, by, w, why)
	})
}

func (s *Service) upholdTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work, why string) error {
	sealed, err := s.people.SealTx(ctx, tx, w.person, upheldColumn(w.ID), why)
	if err != nil {
		return err
	}
	if err := markUpheld(ctx, tx, by, w.ID, sealed, s.now()); err != nil {
		return err
	}
	told := members.Notice{Member: w.Member, Task: AbsenceUpheld{Engagement: w.ID, Cooperative: by.Cooperative}}
	if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, told); err != nil {
		return err
	}
	if err := s.movedTx(ctx, tx, by.Cooperative, w.Member, w.Client); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: w.person, What: "absence_upheld", Ref: "engagement:" + w.ID.String(), Why: why})
}

// PutRight takes back that a member did not come, by a coordinator on neither side
// who found that they were there, also after the member left: the work goes on as
// it was agreed, or is stopped when the shift was, and the client cannot say it again. Where somebody came in their
// place both have a seat. It returns ErrBusy for who works elsewhere at that time,
// *WrongEngagementMove, members.ErrOneself, and members.ErrNotFound to everybody else.
func (s *Service) PutRight(ctx context.Context, by members.Actor, engagement EngagementID) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		w, err := s.lockAbsentTx(ctx, tx, by, engagement, MoveRight)
		if err != nil {
			return err
		}
		return s.putRightTx(ctx, tx, by, w)
	})
}

func (s *Service) putRightTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work) (err error) {
	off, err := findStop(ctx, tx, by.Cooperative, w.Shift.ID)
	if err != nil {
		return err
	}
	if err := needMoreTx(ctx, tx, by.Cooperative, w); err != nil {
		return err
	}
	l := lockedShift{Shift: w.Shift, gig: w.Gig, client: w.Client}
	if w.Form == members.TrialPlacement { // there may be another trial by now
		if err := s.placeTx(ctx, tx, by.Cooperative, l, w.Member); err != nil {
			return err
		}
	}
	if err := markThere(ctx, tx, by, w.ID, s.now()); err != nil {
		return err
	}
	if w.State = Confirmed; !off.IsZero() { // with the others who were there
		if err := s.stoppedTx(ctx, tx, by, &w, off); err != nil {
			return err
		}
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
