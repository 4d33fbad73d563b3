package jobs

import (
	"context"
	"time"

	"meent/internal/id"
	"meent/members"
)

// WorkedFor is a client for whom a member worked.
type WorkedFor struct {
	ID   members.ClientID
	Name string
}

// WorkedForBetween gives the clients for whom a member did work that began from
// one moment until another and whose hours both agreed, by name. The caller knows
// that whoever asks may read of the member's work.
func (s *Service) WorkedForBetween(ctx context.Context, c id.Cooperative, m members.MemberID, from, until time.Time) ([]WorkedFor, error) {
	return listWorkedFor(ctx, s.db, c, m, from, until)
}
