package jobs

import (
	"context"
	"time"

	"meent/internal/id"
	"meent/members"
)

// AgendaItem is agreed work as a calendar shows it: nothing of its member, nor of
// people at the client's.
type AgendaItem struct {
	ID     EngagementID
	Title  string
	Place  string // its name, not the address
	Starts time.Time
	Ends   time.Time
	Since  time.Time // when it was agreed
	Off    bool      // and is not any more
}

// An agenda reaches some weeks back, and holds so many at the most.
const (
	agendaBack = 35 * 24 * time.Hour
	mostAgenda = 500
)

// Agenda lists the member's agreed work, what is off too, the earliest first. The
// caller knows that whoever asks may read it.
func (s *Service) Agenda(ctx context.Context, c id.Cooperative, m members.MemberID) ([]AgendaItem, error) {
	return listAgenda(ctx, s.db, c, m, s.now().Add(-agendaBack), mostAgenda)
}
