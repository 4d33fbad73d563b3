package jobs

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// SheetNews is what is new about hours.
type SheetNews string

// The news of hours. That some were proposed is HoursProposed.
const (
	NewsPropose  SheetNews = "propose"  // you worked: how long was it?
	NewsPlanned  SheetNews = "planned"  // nobody proposed, so the planned hours will be agreed
	NewsAnswer   SheetNews = "answer"   // hours still wait for your answer
	NewsSilent   SheetNews = "silent"   // nobody answered, so they are agreed
	NewsDisputed SheetNews = "disputed" // the other side disputes a part
	NewsDecided  SheetNews = "decided"  // a coordinator decided about it
	NewsWaits    SheetNews = "waits"    // a dispute waits for a coordinator
	NewsUnbilled SheetNews = "unbilled" // the law does not let the work be billed: a coordinator looks
)

// SheetTold is the task that tells one side, or the coordinators, of it.
type SheetTold struct {
	Engagement  EngagementID
	Cooperative id.Cooperative
	News        SheetNews
	To          members.RoleKind
	Round       int // what was said until then
}

// Kind names the task.
func (SheetTold) Kind() string { return "jobs.sheet_told" }

// tellSheetTx lets them be told after the commit, a member when they want to hear
// things.
func (s *Service) tellSheetTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, news SheetNews, to ...members.RoleKind) error {
	for _, kind := range to {
		t, o := SheetTold{w.ID, c, news, kind, w.Sheet.Round}, tasks.Opts{Cooperative: c}
		if kind == members.RoleMember {
			if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), c, members.Notice{Member: w.Member, Task: t, Opts: o}); err != nil {
				return err
			}
			continue
		}
		if _, err := s.tasks.EnqueueTx(ctx, tx, t, o); err != nil {
			return err
		}
	}
	return nil
}

// over reports news that nobody needs any more: what was waited for came.
func (t SheetTold) over(w Work) bool {
	switch t.News {
	case NewsPropose, NewsPlanned, NewsAnswer:
		return w.Sheet.Round != t.Round || w.SilentAt().IsZero()
	case NewsWaits:
		return w.Sheet.State != Disputed
	case NewsUnbilled:
		return w.State == Billed || w.State == Paid || w.State == Closed
	default:
		return false
	}
}

// ToldSheet reads afresh what is told, and to whom. It returns members.ErrNotFound
// when nobody needs to hear it any more.
func (s *Service) ToldSheet(ctx context.Context, t SheetTold) (w Work, people []members.Person, err error) {
	if w, err = findAnyWork(ctx, s.db, t.Cooperative, t.Engagement); err != nil {
		return w, nil, err
	}
	if !t.over(w) {
		people, err = listSide(ctx, s.db, t.Cooperative, w.ID, t.To)
	}
	if err == nil && len(people) == 0 {
		err = members.ErrNotFound
	}
	return w, people, err
}

// disputeWaitsTx sets the reminder to all coordinators of a dispute that begins.
func (s *Service) disputeWaitsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	t := SheetTold{w.ID, c, NewsWaits, members.RoleCoordinator, w.Sheet.Round}
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c, Due: s.now().Add(disputeReminds), Key: fmt.Sprint(w.ID, " ", NewsWaits)})
	return err
}
