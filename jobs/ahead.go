package jobs

import (
	"context"
	"time"

	"meent/internal/id"
	"meent/members"
)

// WorkAhead is what a coach sees of agreed work that is still to come, beside its
// title: whether somebody comes along, and whether the member read what is to be
// read before.
type WorkAhead struct {
	Member  members.MemberID
	Starts  time.Time
	Company bool // the first time for this client, and somebody of the cooperative comes along
	ToRead  bool // there is something to read before
	Read    bool // as it is now
}

// AheadOf finds it for these members, for work that begins at one of these times. The
// caller knows that whoever asks may read of the work of each of them.
func (s *Service) AheadOf(ctx context.Context, c id.Cooperative, of []members.MemberID, starts []time.Time) ([]WorkAhead, error) {
	if len(of) == 0 || len(starts) == 0 {
		return nil, nil
	}
	return listAhead(ctx, s.db, c, of, starts, s.now())
}
