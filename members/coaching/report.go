package coaching

import (
	"slices"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// ReportID identifies a report of unsafe work.
type ReportID = id.Of[Report]

// ReportState is where a report stands: reported → taken → closed.
type ReportState string

// The states of a report.
const (
	ReportNew    ReportState = "reported"
	ReportTaken  ReportState = "taken" // a named person looks at it
	ReportClosed ReportState = "closed"
)

// ReportStates lists them in their order.
func ReportStates() []ReportState { return []ReportState{ReportNew, ReportTaken, ReportClosed} }

// To moves to another state. It returns ErrReportMoved.
func (s ReportState) To(to ReportState) (ReportState, error) {
	next := map[ReportState]ReportState{ReportNew: ReportTaken, ReportTaken: ReportClosed}
	if next[s] != to {
		return s, ErrReportMoved
	}
	return to, nil
}

// ReportKind is what is unsafe.
type ReportKind string

// The kinds of reports. None asks how anybody is.
const (
	UnsafePlace  ReportKind = "place"
	UnsafeTools  ReportKind = "tools"
	UnsafePeople ReportKind = "people"
	OtherWork    ReportKind = "other_work"
	UnsafeElse   ReportKind = "something_else"
)

// ReportKinds lists them in the order of pages.
func ReportKinds() []ReportKind {
	return []ReportKind{UnsafePlace, UnsafeTools, UnsafePeople, OtherWork, UnsafeElse}
}

// MostReport is how many characters a report, or what was done about it, may have.
const MostReport = 1000

// lookWithin is how soon somebody must look at a report, at any hour.
const lookWithin = 4 * time.Hour

// Report is unsafe work, as those read it who look at it, and its member.
type Report struct {
	ID         ReportID
	Ref        string // the engagement
	MemberName string
	Kind       ReportKind
	Text       string
	State      ReportState
	At         time.Time
	LookBefore time.Time
	Waited     bool   // nobody looked in time
	TakenBy    string // a name; empty: nobody yet
	Mine       bool   // the reader took it
	Done       string // what was done
	ClosedAt   time.Time
	Gone       bool // of the text and what was done, what is empty cannot be read any more
}

// Late reports whether nobody has looked in time.
func (r Report) Late(now time.Time) bool { return r.State == ReportNew && !now.Before(r.LookBefore) }

// NewReport is what a member reports about an engagement.
type NewReport struct {
	Ref  string // its id
	Kind ReportKind
	Text string // 1 to MostReport characters
}

func (n NewReport) problems() check.Problems {
	var p check.Problems
	if !slices.Contains(ReportKinds(), n.Kind) {
		p.Add("kind", "not_a_choice", nil)
	}
	p.Paragraphs("text", n.Text, 1, MostReport)
	return p
}

// UnsafeReported tells the coach and the coordinators, after the commit.
type UnsafeReported struct {
	Report      ReportID
	Cooperative id.Cooperative
}

// UnsafeWaits is the task that looks whether somebody looked in time.
type UnsafeWaits struct {
	Report      ReportID
	Cooperative id.Cooperative
}

// UnsafeWaited tells the coordinators again.
type UnsafeWaited struct {
	Report      ReportID
	Cooperative id.Cooperative
}

// UnsafeClosed tells the member that something was done.
type UnsafeClosed struct {
	Report      ReportID
	Cooperative id.Cooperative
}

// The kinds of the tasks.
func (UnsafeReported) Kind() string { return "coaching.unsafe_reported" }
func (UnsafeWaits) Kind() string    { return "coaching.unsafe_waits" }
func (UnsafeWaited) Kind() string   { return "coaching.unsafe_waited" }
func (UnsafeClosed) Kind() string   { return "coaching.unsafe_closed" }

// lockedReport is a report that nobody else moves meanwhile.
type lockedReport struct {
	ID         ReportID
	Member     members.MemberID
	Person     members.PersonID // the member's
	State      ReportState
	LookBefore time.Time
	Waited     bool
	TakenBy    members.RoleID
}
