package jobs

import (
	"slices"

	"meent/members"
)

// EngagementMove is something that can be done about work.
type EngagementMove string

// The moves of an engagement. What is said about its hours is a SheetMove.
const (
	MoveBegin   EngagementMove = "begin"    // "I am here"
	MoveDone    EngagementMove = "done"     // "I am done", or going home
	MoveLeave   EngagementMove = "leave"    // the member does not come
	MoveCallOff EngagementMove = "call_off" // the client does not need them
	MoveMiss    EngagementMove = "miss"     // they did not come
	MoveDeny    EngagementMove = "deny"     // they say that they were there
	MoveUphold  EngagementMove = "uphold"   // the office looked: it stays
	MoveRight   EngagementMove = "right"    // the office looked: they were there
	MoveHours   EngagementMove = "hours"    // something was said about the hours
	MovePart    EngagementMove = "part"     // called off late: part of it is paid
	MoveSettle  EngagementMove = "settle"   // billed, or closed
	MovePay     EngagementMove = "pay"      // the bank said so
	MovePayBack EngagementMove = "pay_back" // and took it back
)

// EngagementMoves lists them.
func EngagementMoves() []EngagementMove {
	return []EngagementMove{MoveBegin, MoveDone, MoveLeave, MoveCallOff, MoveMiss, MoveDeny, MoveUphold, MoveRight, MoveHours, MovePart, MoveSettle, MovePay, MovePayBack}
}

// engagementRule is who makes a move, from where and to where. The role of the
// program itself is empty.
type engagementRule struct {
	by   []members.RoleKind
	from []EngagementState
	to   EngagementState
}

func (m EngagementMove) rule() engagementRule {
	member, runners, office := []members.RoleKind{members.RoleMember}, []members.RoleKind{members.RoleClient, members.RoleCoordinator}, []members.RoleKind{members.RoleCoordinator}
	program := []members.RoleKind{""}
	from := func(states ...EngagementState) []EngagementState { return states }
	switch m {
	case MoveBegin:
		return engagementRule{member, from(Confirmed), Started}
	case MoveDone:
		return engagementRule{member, from(Started), Finished}
	case MoveLeave:
		return engagementRule{member, from(Confirmed, Started), CalledOff}
	case MoveCallOff:
		return engagementRule{runners, from(Confirmed, Started), CalledOff}
	case MoveMiss:
		return engagementRule{runners, from(Confirmed), Absent}
	case MoveDeny:
		return engagementRule{member, from(Absent), Absent}
	case MoveUphold:
		return engagementRule{office, from(Absent), Absent}
	case MoveRight:
		return engagementRule{office, from(Absent), Confirmed}
	case MoveHours:
		return engagementRule{[]members.RoleKind{members.RoleMember, members.RoleClient, members.RoleCoordinator, ""}, from(Confirmed, Started, Finished), Finished}
	case MovePart:
		return engagementRule{program, from(CalledOff), Agreed}
	case MoveSettle:
		return engagementRule{program, from(Agreed), Billed}
	case MovePay:
		return engagementRule{program, from(Billed), Paid}
	case MovePayBack:
		return engagementRule{program, from(Paid), Billed}
	default:
		return engagementRule{}
	}
}

// May reports whether who has this role may do it to work in this state. Whose
// member, client and cooperative it is, the verbs ask.
func (m EngagementMove) May(s EngagementState, by members.RoleKind) bool {
	r := m.rule()
	return slices.Contains(r.by, by) && slices.Contains(r.from, s)
}

// may reports why the actor cannot do it to this work: members.ErrNotFound to a
// role that never does, members.ErrOneself to who would decide about their own
// work in another role, and *WrongEngagementMove.
func (w Work) may(m EngagementMove, by members.Actor) error {
	r := m.rule()
	switch {
	case !slices.Contains(r.by, by.Kind):
		return members.ErrNotFound
	case !slices.Contains(r.from, w.State):
		return &WrongEngagementMove{From: w.State, To: r.to}
	case by.Kind != members.RoleMember && by.Person == w.person:
		return members.ErrOneself
	default:
		return nil
	}
}
