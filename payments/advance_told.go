package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// AdvanceTold is the task that tells a member what became of an advance: their bank
// has it, or sent it back, or somebody refused it.
type AdvanceTold struct {
	Advance     AdvanceID
	Cooperative id.Cooperative
}

// Kind names the task.
func (AdvanceTold) Kind() string { return "payments.advance_told" }

// ToldAdvance gives how it is by now, without the reason of a refusal, and who is to
// hear of it. It returns members.ErrNotFound.
func (s *Service) ToldAdvance(ctx context.Context, t AdvanceTold) (Advanced, members.Person, error) {
	return findAdvanceTold(ctx, s.db, t)
}

// tellAdvanceTx tells the member when they want to hear things.
func (s *Service) tellAdvanceTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, advance AdvanceID) error {
	told := members.Notice{Member: m, Task: AdvanceTold{Advance: advance, Cooperative: c}}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, told)
}
