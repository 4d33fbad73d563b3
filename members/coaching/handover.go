package coaching

import (
	"slices"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// HandOverID identifies a hand-over.
type HandOverID = id.Of[HandOver]

// HandOverState is where a hand-over stands: proposed → agreed | refused |
// withdrawn; agreed → done | refused | withdrawn. Until it is done the member may
// say no after all.
type HandOverState string

// The states of a hand-over.
const (
	HandOverProposed  HandOverState = "proposed"
	HandOverAgreed    HandOverState = "agreed"
	HandOverRefused   HandOverState = "refused"
	HandOverWithdrawn HandOverState = "withdrawn" // by who proposed it, or because it cannot be any more
	HandOverDone      HandOverState = "done"
)

// HandOverStates lists them.
func HandOverStates() []HandOverState {
	return []HandOverState{HandOverProposed, HandOverAgreed, HandOverRefused, HandOverWithdrawn, HandOverDone}
}

// Open reports whether it may still come.
func (s HandOverState) Open() bool { return s == HandOverProposed || s == HandOverAgreed }

// To moves to another state. It returns ErrHandOverMoved.
func (s HandOverState) To(to HandOverState) (HandOverState, error) {
	next := map[HandOverState][]HandOverState{
		HandOverProposed: {HandOverAgreed, HandOverRefused, HandOverWithdrawn},
		HandOverAgreed:   {HandOverDone, HandOverRefused, HandOverWithdrawn},
	}
	if !slices.Contains(next[s], to) {
		return s, ErrHandOverMoved
	}
	return to, nil
}

// EndReason is why a coach hands a member over.
type EndReason string

// The reasons. None is about how anybody is.
const (
	EndLeaves        EndReason = "leaves"
	EndOtherDistrict EndReason = "other_district"
	EndMemberAsked   EndReason = "member_asked"
	EndTooLarge      EndReason = "too_large" // the caseload
	EndElse          EndReason = "something_else"
)

// EndReasons lists them in the order of pages.
func EndReasons() []EndReason {
	return []EndReason{EndLeaves, EndOtherDistrict, EndMemberAsked, EndTooLarge, EndElse}
}

// Tick is one thing of the checklist.
type Tick string

// What a careful hand-over has.
const (
	TickTalk       Tick = "talk"       // a last talk together
	TickGoals      Tick = "goals"      // gone through
	TickQuestions  Tick = "questions"  // answered
	TickNotes      Tick = "notes"      // read by the member
	TickIntroduced Tick = "introduced" // the new coach
)

// Ticks lists them in the order of pages.
func Ticks() []Tick {
	return []Tick{TickTalk, TickGoals, TickQuestions, TickNotes, TickIntroduced}
}

// MostEndWords is how many characters the sentence beside the reason may have,
// and farHandOver how far ahead the day may be, in months.
const (
	MostEndWords = 200
	farHandOver  = 3
)

// HandOver is a member on the way from one coach to another.
type HandOver struct {
	ID       HandOverID // zero: there is none
	Member   members.MemberID
	From     Coach
	To       Coach
	Reason   EndReason
	Words    string
	Gone     bool // the words cannot be read any more
	Day      members.Day
	Ticked   []Tick
	State    HandOverState
	Proposed time.Time
	By       string // who proposed it
}

// Has reports whether the old coach has done this.
func (h HandOver) Has(t Tick) bool { return slices.Contains(h.Ticked, t) }

// NewHandOver is what a coach or a coordinator proposes.
type NewHandOver struct {
	To     members.RoleID
	Reason EndReason
	Words  string // up to MostEndWords characters, with EndElse alone; may be empty
	Day    members.Day
}

func (n NewHandOver) problems(today members.Day) (p check.Problems) {
	check.OneOf(&p, "reason", n.Reason, EndReasons()...)
	p.Text("words", n.Words, 0, MostEndWords)
	switch last := today.AddMonths(farHandOver); {
	case !n.Day.Real():
		p.Add("day", "no_such_day", nil)
	case n.Day < today:
		p.Add("day", "day_is_past", nil)
	case n.Day > last:
		p.Add("day", "day_too_far", map[string]any{"Day": string(last)})
	}
	return p
}

// HandOverDue is the task that carries a hand-over out when its day begins.
type HandOverDue struct {
	HandOver    HandOverID
	Cooperative id.Cooperative
}

// HandOverNews tells the member where their hand-over stands.
type HandOverNews struct {
	HandOver    HandOverID
	Cooperative id.Cooperative
	State       HandOverState
}

// HandOverTold tells coaches and coordinators.
type HandOverTold struct {
	HandOver    HandOverID
	Cooperative id.Cooperative
	State       HandOverState
}

// CoachMoved tells a member that the office gave them another coach without
// their yes, and why that may be asked.
type CoachMoved struct {
	Member      members.MemberID
	Cooperative id.Cooperative
}

// The kinds of the tasks.
func (HandOverDue) Kind() string  { return "coaching.handover_due" }
func (HandOverNews) Kind() string { return "coaching.handover_news" }
func (HandOverTold) Kind() string { return "coaching.handover_told" }
func (CoachMoved) Kind() string   { return "coaching.coach_moved" }

func handOverColumn(h HandOverID) string { return "handover.words@" + h.String() }

// dayBegins is the first moment of a day in the Netherlands.
func dayBegins(d members.Day) time.Time {
	at, err := time.ParseInLocation(time.DateOnly, string(d), members.Amsterdam())
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}
