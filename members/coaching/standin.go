package coaching

import (
	"context"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// StandInID identifies a stand-in.
type StandInID = id.Of[StandIn]

// MostStandInDays is how long somebody may stand in, in days.
const MostStandInDays = 42

// farStandIn is how far ahead one may be named, in months.
const farStandIn = 12

// StandIn is a colleague who helps one member while their coach is away.
type StandIn struct {
	ID         StandInID
	Member     members.MemberID
	MemberName string
	CoachName  string
	Colleague  members.RoleID
	Name       string // of the colleague
	From       members.Day
	Until      members.Day // included
	Ended      time.Time   // zero: nobody ended it
}

// NewStandIn names a colleague for members of the acting coach's caseload.
type NewStandIn struct {
	Colleague members.RoleID
	All       bool // the whole caseload of this moment
	Members   []members.MemberID
	From      members.Day
	Until     members.Day // included
}

func (n NewStandIn) problems(today members.Day) (p check.Problems) {
	if !n.All && len(n.Members) == 0 {
		p.Add("members", "nothing_chosen", nil)
	}
	far := today.AddMonths(farStandIn)
	switch {
	case !n.From.Real():
		p.Add("from", "no_such_day", nil)
	case n.From < today:
		p.Add("from", "day_is_past", nil)
	case n.From > far:
		p.Add("from", "day_too_far", map[string]any{"Day": string(far)})
	}
	switch last := n.From.AddDays(MostStandInDays - 1); {
	case !n.Until.Real():
		p.Add("until", "no_such_day", nil)
	case p.At("from"):
	case n.Until < n.From:
		p.Add("until", "ends_before", nil)
	case n.Until > last:
		p.Add("until", "day_too_far", map[string]any{"Day": string(last)})
	}
	return p
}

// Helper is somebody to whom a member can give keys.
type Helper struct {
	Coach
	StandIn bool
	From    members.Day // of a stand-in
	Until   members.Day // included; empty: the coach
}

// Helpers lists to whom the acting member can give keys: their coach first, then
// who stands in or will; nobody for others.
func (s *Service) Helpers(ctx context.Context, by members.Actor) ([]Helper, error) {
	return listHelpers(ctx, s.db, by, members.DayOf(s.now()))
}

// StandIns lists what is not over: to a coach what they named and where they
// stand in, to a coordinator all; nothing to others.
func (s *Service) StandIns(ctx context.Context, by members.Actor) ([]StandIn, error) {
	if by.Kind != members.RoleCoach && by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listStandIns(ctx, s.db, by, members.DayOf(s.now()))
}

// Colleagues lists the other coaches of the acting coach's cooperative, and to a
// coordinator all; nobody to others.
func (s *Service) Colleagues(ctx context.Context, by members.Actor) ([]Coach, error) {
	if by.Kind != members.RoleCoach && by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listColleagues(ctx, s.db, by)
}

// StandInNews tells a member that somebody stands in, or does not any more.
type StandInNews struct {
	StandIn     StandInID
	Cooperative id.Cooperative
}

// StandInTold tells a colleague that they stand in, or do not any more.
type StandInTold struct {
	StandIn     StandInID // one of those that were named together
	Cooperative id.Cooperative
}

// The kinds of the tasks.
func (StandInNews) Kind() string { return "coaching.stand_in_news" }
func (StandInTold) Kind() string { return "coaching.stand_in_told" }

// StandInMember is the member whom news of a stand-in is for. It returns
// members.ErrNotFound.
func (s *Service) StandInMember(ctx context.Context, t StandInNews) (stand StandIn, who members.Person, err error) {
	if stand, err = findStandIn(ctx, s.db, t.Cooperative, t.StandIn); err != nil {
		return stand, who, err
	}
	who, err = findMemberPerson(ctx, s.db, t.Cooperative, stand.Member)
	return stand, who, err
}

// StandInColleague is who is told that they stand in. It returns
// members.ErrNotFound, also when they stopped being a coach.
func (s *Service) StandInColleague(ctx context.Context, t StandInTold) (stand StandIn, who members.Person, err error) {
	if stand, err = findStandIn(ctx, s.db, t.Cooperative, t.StandIn); err != nil {
		return stand, who, err
	}
	who, err = findRolePerson(ctx, s.db, t.Cooperative, stand.Colleague)
	return stand, who, err
}

// MemberPerson is whom a notice for a member goes to. It returns
// members.ErrNotFound.
func (s *Service) MemberPerson(ctx context.Context, c id.Cooperative, m members.MemberID) (members.Person, error) {
	return findMemberPerson(ctx, s.db, c, m)
}
