package matching

import (
	"context"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// Titles says which work the member's offers with these references are about;
// references that are none are left out. The caller knows that whoever asks may
// read the member's offers.
func (s *Service) Titles(ctx context.Context, c id.Cooperative, m members.MemberID, refs []string) (map[string]jobs.Title, error) {
	return listTitles(ctx, s.db, c, m, refs)
}
