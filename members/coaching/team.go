package coaching

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"meent/members"
)

// MostCaseload is how many members one coach follows at the most for full marks
// on the IPS fidelity scale (IPS-25, item "caseload size": 20 or fewer).
const MostCaseload = 20

// leastShown is from how many members on a figure about them is shown: below, it
// would tell of somebody.
const leastShown = 5

// paidWithin is how many days back paid work counts, and clientWithin how many
// years back a beginning may be for the first contact with a client to be known:
// facts are kept no longer.
const (
	paidWithin   = 90
	clientWithin = 2
)

// TeamCoach is one coach in figures: no member, and nothing that one told.
//
// Sources of the figures: caseload size, days to the first contact with an
// employer ("rapid job search", 30 days or fewer) and the share in competitive
// paid work stand in the IPS fidelity scale (IPS-25); days since the last contact
// are the contact rhythm of a coaching log. They are signals to talk about, never
// marks that do anything.
type TeamCoach struct {
	Coach
	Members  int
	StandsIn int // members for whom they stand in today

	Shown       bool // the figures below: from five members up
	Silent      int  // days since the coach's last contact with a member, or since they follow: the middle
	Longest     int  // and the longest
	ClientDays  int  // days from a member's beginning to the first contact with a client or the first shift: the middle
	ClientKnown bool // that is known of five members or more
	Paid        int  // members with paid work in the last 90 days
}

// Large reports a caseload above MostCaseload.
func (t TeamCoach) Large() bool { return t.Members > MostCaseload }

// PaidPercent is the share of members with paid work.
func (t TeamCoach) PaidPercent() int { return (200*t.Paid + t.Members) / max(1, 2*t.Members) }

// Team is the work of all coaches, and what waits for one.
type Team struct {
	Coaches []TeamCoach
	Alone   int // members without a coach

	OnSteps int // members on a step of the ladder of work; 0 below five
	StepsUp int // moves to a higher step in a year; 0 while OnSteps is
}

// TeamOrder is by what the coaches are sorted.
type TeamOrder string

// The orders.
const (
	TeamByName    TeamOrder = "name"
	TeamByMembers TeamOrder = "members"
	TeamBySilent  TeamOrder = "silent"
	TeamByClient  TeamOrder = "client"
	TeamByPaid    TeamOrder = "paid"
)

// TeamOrders lists them in the order of the page.
func TeamOrders() []TeamOrder {
	return []TeamOrder{TeamByName, TeamByMembers, TeamBySilent, TeamByClient, TeamByPaid}
}

// Team gives the coaches of the acting coordinator's cooperative in this order,
// what asks for a look first; a strange order means by name. It is empty for
// others.
func (s *Service) Team(ctx context.Context, by members.Actor, order TeamOrder) (t Team, err error) {
	if by.Kind != members.RoleCoordinator {
		return t, nil
	}
	if t, err = findTeam(ctx, s.db, by.Cooperative, s.now()); err != nil {
		return t, err
	}
	for i := range t.Coaches {
		if c := &t.Coaches[i]; c.Members < leastShown {
			*c = TeamCoach{Coach: c.Coach, Members: c.Members, StandsIn: c.StandsIn}
		} else {
			c.Shown = true
		}
	}
	slices.SortStableFunc(t.Coaches, order.compare)
	t.OnSteps, t.StepsUp, err = countWorkSteps(ctx, s.db, by.Cooperative, s.now())
	if t.OnSteps < leastShown {
		t.OnSteps, t.StepsUp = 0, 0
	}
	return t, err
}

// compare puts first what asks for a look; what is not shown comes last.
func (o TeamOrder) compare(a, b TeamCoach) int {
	shown := func(c TeamCoach, figure int) int {
		if !c.Shown {
			return -1
		}
		return figure
	}
	switch o {
	case TeamByMembers:
		return cmp.Compare(b.Members, a.Members)
	case TeamBySilent:
		return cmp.Compare(shown(b, b.Longest), shown(a, a.Longest))
	case TeamByClient:
		return cmp.Compare(shown(b, b.ClientDays), shown(a, a.ClientDays))
	case TeamByPaid:
		return cmp.Compare(shown(b, 100-b.PaidPercent()), shown(a, 100-a.PaidPercent()))
	}
	return cmp.Or(strings.Compare(a.Name, b.Name), slices.Compare(a.Role[:], b.Role[:]))
}
