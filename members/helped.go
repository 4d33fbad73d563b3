package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// ActedFor tells a member that somebody does things in their name: once a day,
// however many there are, and never what.
type ActedFor struct {
	Cooperative id.Cooperative
	Member      MemberID
	Helper      RoleID // who did the first
}

// Kind names the task.
func (ActedFor) Kind() string { return "members.acted_for" }

// tellHelpedTx tells the member whose name stands under a deed of a helper.
func (s *Service) tellHelpedTx(ctx context.Context, tx pgx.Tx, by Actor) error {
	if !by.Helped() {
		return nil
	}
	now := s.now()
	return NotifyTx(ctx, tx, s.tasks, now, by.Cooperative, Notice{
		Member: by.Member, Task: ActedFor{by.Cooperative, by.Member, by.Helper.Role},
		Opts: tasks.Opts{Key: by.Member.String() + " " + string(DayOf(now))},
	})
}

// ActedFor gives the member whom the news is for, and the name of who helped. It
// returns ErrNotFound for a member who left.
func (s *Service) ActedFor(ctx context.Context, t ActedFor) (who Person, helper string, err error) {
	return findHelped(ctx, s.db, t)
}
