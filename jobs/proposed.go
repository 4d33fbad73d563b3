package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// HoursProposed is the task that tells the other side of proposed hours.
type HoursProposed struct {
	Engagement  EngagementID
	Cooperative id.Cooperative
}

// Kind names the task.
func (HoursProposed) Kind() string { return "jobs.hours_proposed" }

// proposedTx notes it, for hours that wait for an answer.
func (s *Service) proposedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	if !w.Sheet.State.proposed() {
		return nil
	}
	who, err := clientNews(ctx, tx, c, w, w.Sheet.State.waitsFor())
	if err != nil {
		return err
	}
	if who == members.RoleCoordinator {
		return s.tellSheetTx(ctx, tx, c, w, NewsAnswer, who)
	}
	t := HoursProposed{Engagement: w.ID, Cooperative: c}
	if w.Sheet.State == ClientProposed {
		return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, members.Notice{Member: w.Member, Task: t})
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c})
	return err
}

// Awaited gives work whose hours wait for an answer, and who can give it: the
// member, or each contact of the client. It returns members.ErrNotFound also
// when nobody's answer is needed any more.
func (s *Service) Awaited(ctx context.Context, c id.Cooperative, engagement EngagementID) (Work, []members.Person, error) {
	w, err := findAnyWork(ctx, s.db, c, engagement)
	if err == nil && !w.Sheet.State.proposed() {
		err = members.ErrNotFound
	}
	if err != nil {
		return w, nil, err
	}
	people, err := listSide(ctx, s.db, c, engagement, w.Sheet.State.waitsFor())
	if err == nil && len(people) == 0 {
		err = members.ErrNotFound
	}
	return w, people, err
}
