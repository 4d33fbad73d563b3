package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// RungDue is the task that looks, half a year after a rung was set, whether the
// ladder waits for a look.
type RungDue struct {
	Rung        RungID
	Member      members.MemberID
	Cooperative id.Cooperative
}

// RungTold tells the member, or their coach, that it does.
type RungTold struct {
	Rung        RungID
	Member      members.MemberID
	Cooperative id.Cooperative
	Coach       bool
}

// The kinds of the tasks.
func (RungDue) Kind() string  { return "coaching.rung_due" }
func (RungTold) Kind() string { return "coaching.rung_told" }

// RungDueTx handles RungDue: where nobody has set a rung for half a year since,
// both are told, the member when they want to hear things. Nothing else follows. A
// task that came too early, by somebody's clock, comes again.
func (s *Service) RungDueTx(ctx context.Context, tx pgx.Tx, t RungDue) error {
	rungs, err := listRungs(ctx, tx, t.Cooperative, t.Member)
	if err != nil {
		return err
	}
	due := dueBecauseOf(rungs, t.Rung)
	if due == "" {
		return nil
	}
	if at := eightOn(due); s.now().Before(at) {
		_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: t.Cooperative, Due: at})
		return err
	}
	member := members.Notice{Member: t.Member, Task: RungTold{Rung: t.Rung, Member: t.Member, Cooperative: t.Cooperative}}
	if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), t.Cooperative, member); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, t.Cooperative, RungTold{Rung: t.Rung, Member: t.Member, Cooperative: t.Cooperative, Coach: true})
}

// dueBecauseOf is when the ladder waits for a look because of this rung; empty: it
// is gone, or another one was set for half a year since.
func dueBecauseOf(rungs []Rung, rung RungID) members.Day {
	due := Due(rungs)
	for _, r := range rungs {
		if r.ID == rung && Due([]Rung{r}) == due {
			return due
		}
	}
	return ""
}

// RungPeople are who is told that the ladder waits for a look: the member while
// they are one, or the coach whom the member lets read their progress. Nobody once
// it was looked at.
func (s *Service) RungPeople(ctx context.Context, t RungTold) (list []members.Person, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		rungs, err := listRungs(ctx, tx, t.Cooperative, t.Member)
		if err != nil || dueBecauseOf(rungs, t.Rung) == "" {
			return err
		}
		list, err = listRungPeople(ctx, tx, t, members.DayOf(s.now()))
		return err
	})
	return list, err
}
