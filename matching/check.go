package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// Check judges whether the member may work on the shift, and lists each rule
// that does not hold. It reads Postgres afresh in the transaction that gives a
// seat, whatever a matcher said. It returns members.ErrNotFound
// for a shift or a member of another cooperative.
func (s *Service) Check(ctx context.Context, tx pgx.Tx, c id.Cooperative, member members.MemberID, shift jobs.ShiftID) ([]Rule, error) {
	broken, _, err := s.judgeTx(ctx, tx, c, member, shift)
	return broken, err
}
