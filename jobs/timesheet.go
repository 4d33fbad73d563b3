package jobs

import (
	"slices"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// SheetState is where the hours of an engagement stand.
type SheetState string

// The states of a timesheet. Nothing is proposed while it is empty.
const (
	SheetEmpty     SheetState = ""
	MemberProposed SheetState = "member_proposed"
	ClientProposed SheetState = "client_proposed"
	SheetAgreed    SheetState = "agreed"
	Disputed       SheetState = "disputed"
)

// SheetStates lists them.
func SheetStates() []SheetState {
	return []SheetState{SheetEmpty, MemberProposed, ClientProposed, SheetAgreed, Disputed}
}

func (s SheetState) next() []SheetState {
	switch s {
	case SheetEmpty:
		return []SheetState{MemberProposed, ClientProposed}
	case MemberProposed:
		return []SheetState{MemberProposed, ClientProposed, SheetAgreed, Disputed}
	case ClientProposed:
		return []SheetState{MemberProposed, ClientProposed, SheetAgreed, Disputed}
	case Disputed:
		return []SheetState{SheetAgreed}
	default:
		return nil
	}
}

// To moves to another state. It returns *WrongSheetMove.
func (s SheetState) To(to SheetState) (SheetState, error) {
	if !slices.Contains(s.next(), to) {
		return s, &WrongSheetMove{From: s, To: to}
	}
	return to, nil
}

// SheetMove is something that can be done about hours.
type SheetMove string

// The moves of a timesheet.
const (
	Propose SheetMove = "propose" // hours, or others than were proposed
	Agree   SheetMove = "agree"
	Dispute SheetMove = "dispute" // a part of them
	Decide  SheetMove = "decide"  // about that part
	Silence SheetMove = "silence" // nobody answered in time
)

// SheetMoves lists them.
func SheetMoves() []SheetMove { return []SheetMove{Propose, Agree, Dispute, Decide, Silence} }

// May reports whether who has this role may do it to hours in this state. A
// silence is nobody's: the program's own role is empty. Whose member, client and
// cooperative they are, the verbs ask. A coordinator does for the client what the
// client may. A client can begin when MayPropose says so.
func (m SheetMove) May(s SheetState, by members.RoleKind) bool {
	switch m {
	case Propose:
		return by != "" && (s.waitsFor() == sideOfHours(by) || s == SheetEmpty && sideOfHours(by) == members.RoleClient)
	case Agree, Dispute:
		return by != "" && s.waitsFor() == sideOfHours(by) && s != SheetEmpty
	case Decide:
		return s == Disputed && by == members.RoleCoordinator
	case Silence:
		return s.waitsFor() != "" && by == ""
	default:
		return false
	}
}

// proposed reports whether one side waits for the other's answer.
func (s SheetState) proposed() bool { return s == MemberProposed || s == ClientProposed }

// waitsFor is whose answer a proposal needs; the member begins, and after a time
// the client may.
func (s SheetState) waitsFor() members.RoleKind {
	switch s {
	case SheetEmpty, ClientProposed:
		return members.RoleMember
	case MemberProposed:
		return members.RoleClient
	default:
		return ""
	}
}

// Timesheet is the hours of an engagement, proposed and agreed.
type Timesheet struct {
	State  SheetState
	Worked time.Duration // paid time, whole minutes; while a part is disputed, what is beyond doubt
	Break  time.Duration // unpaid, as it was said last
	Round  int           // how often something was said
	Since  time.Time     // of the last proposal; zero: none
	Auto   bool          // agreed because nobody answered in time
	Reason string        // of the client, for other hours than the member's; empty in lists
	Gone   bool          // a reason was given, and cannot be read any more
	Helper string        // who wrote the last word in the name of the member; empty: themselves
	sealed []byte        // the reason as its row has it
	helper members.RoleID
}

// TimesheetID identifies a timesheet.
type TimesheetID = id.Of[Timesheet]

// Work is an engagement with its hours, as its member and its client see it.
type Work struct {
	Engagement
	Member     members.MemberID
	person     members.PersonID // the member's
	MemberName string
	Client     members.ClientID
	Address    string // of the work: who is engaged must find it; empty once they do not come
	Sheet      Timesheet
	Terms      Terms
	StoppedAt  time.Time // when the client ended work that had begun; zero: never
	Unbilled   Unbilled
	Off        Off
	Clock      Clock
}

// Over reports whether the work has ended, so that hours can be proposed.
func (w Work) Over(now time.Time) bool { return !now.Before(w.ends()) }

// WaitsFor reports whether the hours wait for this role.
func (w Work) WaitsFor(kind members.RoleKind, now time.Time) bool {
	return w.Over(now) && w.Sheet.State.waitsFor() == kind && w.State != CalledOff && w.State != Absent && !w.Off.Called()
}

// MayPropose reports whether this role can propose hours: whom they wait for; and
// the client of hours about which the member said nothing for days, or whose clock
// says it all.
func (w Work) MayPropose(kind members.RoleKind, now time.Time) bool {
	if kind != members.RoleClient || w.Sheet.State != SheetEmpty {
		return w.WaitsFor(kind, now)
	}
	return w.WaitsFor(members.RoleMember, now) && (w.Clock.Whole() || !now.Before(w.since().Add(clientBegins)))
}

// Earned is what the hours come to, before tax.
func (w Work) Earned() payments.Cents { return w.Rate.ForTime(w.Sheet.Worked) }

// AsPlanned reports whether the hours are the planned ones, so that a client
// can agree at a glance.
func (w Work) AsPlanned() bool {
	return w.Sheet.State != SheetEmpty && w.Sheet.Worked == w.Planned()
}

// Hours is a proposal.
type Hours struct {
	Worked time.Duration // paid: 1 minute to LongestShift, whole minutes
	Break  time.Duration // unpaid, whole minutes; not longer than the work, unless it was planned so
	Reason string        // asked of a client; a member may give one
}

// problems also says which role proposes; a client says why.
func (h Hours) problems(by members.RoleKind) check.Problems {
	var p check.Problems
	if h.Worked < time.Minute || h.Worked > LongestShift || h.Worked%time.Minute != 0 {
		p.Add("worked", "wrong_hours", map[string]any{"Hours": int(LongestShift.Hours())})
	}
	if h.Break < 0 || h.Break > LongestShift || h.Break%time.Minute != 0 {
		p.Add("break", "wrong_break", nil)
	}
	least := 0
	if sideOfHours(by) == members.RoleClient {
		least = 1
	}
	p.Text("reason", h.Reason, least, 500)
	return p
}

// fits is what the work itself says about a proposal.
func (h Hours) fits(w Work) check.Problems {
	var p check.Problems
	if h.Break > max(h.Worked, w.Shift.Break) {
		p.Add("break", "wrong_break", nil)
	}
	w.leastProblem(&p, "worked", h.Worked)
	return p
}
