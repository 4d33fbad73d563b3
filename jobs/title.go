package jobs

import (
	"context"

	"meent/internal/id"
	"meent/members"
)

// Title is the name of a gig, and its language.
type Title struct {
	Text     string
	Language members.Locale
}

// Titles says which work the member's engagements with these references are;
// references that are none are left out. The caller knows that whoever asks may
// read of the member's work.
func (s *Service) Titles(ctx context.Context, c id.Cooperative, m members.MemberID, refs []string) (map[string]Title, error) {
	return listTitles(ctx, s.db, c, m, refs)
}
