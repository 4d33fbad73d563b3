package coaching

import (
	"slices"
	"strings"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// StatementID identifies a statement.
type StatementID = id.Of[Statement]

// StatementState is where a statement stands: draft → signed_once → signed; the
// first two → withdrawn.
type StatementState string

// The states of a statement.
const (
	StatementDraft      StatementState = "draft"
	StatementSignedOnce StatementState = "signed_once" // frozen
	StatementSigned     StatementState = "signed"      // by both: it never changes
	StatementWithdrawn  StatementState = "withdrawn"
)

// StatementStates lists them.
func StatementStates() []StatementState {
	return []StatementState{StatementDraft, StatementSignedOnce, StatementSigned, StatementWithdrawn}
}

// Frozen reports whether the content is fixed.
func (s StatementState) Frozen() bool { return s == StatementSignedOnce || s == StatementSigned }

// To moves to another state. It returns ErrStatementMoved.
func (s StatementState) To(to StatementState) (StatementState, error) {
	next := map[StatementState][]StatementState{
		StatementDraft:      {StatementSignedOnce, StatementWithdrawn},
		StatementSignedOnce: {StatementSigned, StatementWithdrawn},
	}
	if !slices.Contains(next[s], to) {
		return s, ErrStatementMoved
	}
	return to, nil
}

// FunderKind is who pays for the help.
type FunderKind string

// The kinds of funders.
const (
	FunderUWV          FunderKind = "uwv"
	FunderMunicipality FunderKind = "municipality"
	FunderOther        FunderKind = "other"
)

// FunderKinds lists them in the order of pages.
func FunderKinds() []FunderKind { return []FunderKind{FunderUWV, FunderMunicipality, FunderOther} }

// Funder is whom a statement is for.
type Funder struct {
	Kind         FunderKind
	Municipality members.MunicipalityID // of a municipality
	Name         string                 // of a municipality or another; empty for UWV
}

// How long a statement's words and its period may be.
const (
	MostSummary       = 1000
	MostFunder        = 80
	LongestStatement  = 13 // months
	mostStatementRows = 5000
	shownStatements   = 100
)

// NewStatement is what a coach begins with.
type NewStatement struct {
	Funder Funder
	From   members.Day // both included
	Until  members.Day
}

func (n *NewStatement) tidy() {
	n.Funder.Name = strings.TrimSpace(n.Funder.Name)
	if n.Funder.Kind != FunderOther {
		n.Funder.Name = ""
	}
	if n.Funder.Kind != FunderMunicipality {
		n.Funder.Municipality = members.MunicipalityID{}
	}
}

func (n NewStatement) problems(today members.Day) (p check.Problems) {
	check.OneOf(&p, "funder", n.Funder.Kind, FunderKinds()...)
	if n.Funder.Kind == FunderMunicipality && n.Funder.Municipality.IsZero() {
		p.Add("funder", "not_a_choice", nil)
	}
	if n.Funder.Kind == FunderOther {
		p.Text("funder-name", n.Funder.Name, 1, MostFunder)
	}
	from, until := startOf(n.From), startOf(n.Until)
	switch {
	case from.IsZero():
		p.Add("from", "no_such_day", nil)
	case until.IsZero():
		p.Add("until", "no_such_day", nil)
	case n.Until < n.From:
		p.Add("until", "ends_before", nil)
	case n.Until > today:
		p.Add("until", "day_to_come", nil)
	case n.Until >= n.From.AddMonths(LongestStatement):
		p.Add("until", "statement_too_long", map[string]any{"Max": LongestStatement})
	}
	return p
}

// Statement is what a member and their coach tell a funder about a period.
type Statement struct {
	ID           StatementID
	Member       members.MemberID
	MemberName   string
	Coach        members.RoleID // who began it
	CoachName    string
	Funder       Funder
	From, Until  members.Day
	State        StatementState
	Begun        time.Time
	Moved        time.Time // into its state
	CoachSigned  time.Time // zero: not yet
	MemberSigned time.Time
}

// SignedBy reports whether the side of the actor signed.
func (s Statement) SignedBy(by members.Actor) bool {
	if by.Kind == members.RoleMember {
		return !s.MemberSigned.IsZero()
	}
	return !s.CoachSigned.IsZero()
}

// Open reports whether something can still be done with it.
func (s Statement) Open() bool { return s.State == StatementDraft || s.State == StatementSignedOnce }

// StatementPage is a statement with what it says.
type StatementPage struct {
	Statement
	Content Content
	Hash    string          // of the content, for who signs it
	Missing []members.Scope // what the coach may not read: then nobody knows all of a draft, and it cannot be signed
	Medical []string        // words that look medical, for who looks again before signing
	Own     FormState       // of the member's form
	Waits   []WaitingClient // whom the coach wants to ask, for the member to say
	Gone    bool            // the content cannot be read any more
}

// statementScopes are what a coach must be let read for a statement.
func statementScopes() []members.Scope {
	return []members.Scope{members.ProgressScope, members.SharedNotesScope, members.HoursScope}
}

func statementRef(s StatementID) string  { return "statement:" + s.String() }
func summaryColumn(s StatementID) string { return "statement.summary@" + s.String() }
func contentColumn(s StatementID) string { return "statement.content@" + s.String() }

// startOf is the first moment of a day in the Netherlands; zero for no day.
func startOf(d members.Day) time.Time {
	at, err := time.ParseInLocation(time.DateOnly, string(d), members.Amsterdam())
	if err != nil || at.Year() < 1 || members.Day(at.Format(time.DateOnly)) != d {
		return time.Time{}
	}
	return at
}

// Span is from the first moment of the period until the first after it.
func (s Statement) Span() (from, until time.Time) { return startOf(s.From), startOf(s.Until.Add(1)) }
