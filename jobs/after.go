package jobs

import (
	"context"
	"time"

	"meent/members"
)

// AgreedWork is agreed work of which something can be said, or was.
type AgreedWork struct {
	Engagement EngagementID
	Occasion
	MemberName string
	Mine       bool      // the actor's side said something
	Theirs     bool      // the other side did
	Until      time.Time // until when the actor's side can begin
}

// Open reports whether the actor's side can still say something.
func (d AgreedWork) Open(now time.Time) bool { return !d.Mine && !now.After(d.Until) }

// doneDays is how long work stands in the list.
const doneDays = 2 * FeedbackDays

// AgreedWorks lists the work of the acting member, or of the acting client's gigs,
// whose hours were agreed in the last weeks, the newest first; to everybody else
// nothing.
func (s *Service) AgreedWorks(ctx context.Context, by members.Actor) ([]AgreedWork, error) {
	if by.Kind != members.RoleClient && by.Kind != members.RoleMember || by.Helped() {
		return nil, nil
	}
	return listAgreedWork(ctx, s.db, by, s.now().AddDate(0, 0, -doneDays))
}
