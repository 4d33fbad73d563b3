package coaching

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// StatementWaits tells the side that has to do something with a statement.
type StatementWaits struct {
	Statement   StatementID
	Cooperative id.Cooperative
}

// Kind names the task.
func (StatementWaits) Kind() string { return "coaching.statement_waits" }

// SatisfactionAsked tells the people of a client that there is a form.
type SatisfactionAsked struct {
	Satisfaction SatisfactionID
	Cooperative  id.Cooperative
}

// Kind names the task.
func (SatisfactionAsked) Kind() string { return "coaching.satisfaction_asked" }

// WaitedFor is who has to do something with a statement.
type WaitedFor struct {
	members.Person
	Member   members.MemberID // whom the statement is about
	IsMember bool             // and it is they who are waited for; else the coach
	State    StatementState
}

// StatementWaitsFor gives whom a statement waits for. It returns
// members.ErrNotFound when nobody has anything to do any more.
func (s *Service) StatementWaitsFor(ctx context.Context, c id.Cooperative, statement StatementID) (WaitedFor, error) {
	return findWaitedFor(ctx, s.db, c, statement)
}

// AskedForSatisfaction gives the people of the client who were asked; nobody once
// they answered.
func (s *Service) AskedForSatisfaction(ctx context.Context, c id.Cooperative, f SatisfactionID) ([]members.Person, error) {
	return listAskedPeople(ctx, s.db, c, f)
}

// tellStatementTx lets open pages look again, and the side be told that has to do
// something. The member is, when they want to hear things.
func (s *Service) tellStatementTx(ctx context.Context, tx pgx.Tx, k keptStatement, waits bool) error {
	if err := s.tellTx(ctx, tx, k.in, movedOf(k.in, k.Member)); err != nil || !waits {
		return err
	}
	w, err := findWaitedFor(ctx, tx, k.in, k.ID)
	if errors.Is(err, members.ErrNotFound) { // who would be told has left
		return nil
	}
	if err != nil {
		return err
	}
	told := StatementWaits{k.ID, k.in}
	if !w.IsMember {
		return s.tellTx(ctx, tx, k.in, told)
	}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), k.in, members.Notice{Member: k.Member, Task: told, Opts: tasks.Opts{}})
}
