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
		return []SheetState{MemberProposed}
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

// waitsFor is whose answer a proposal needs; the member begins.
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
	Worked time.Duration // paid time, whole minutes
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
	Address    string // of the work: who is engaged must find it
	Sheet      Timesheet
	Off        Off
}

// Over reports whether the shift has ended, so that hours can be proposed.
func (w Work) Over(now time.Time) bool { return !now.Before(w.Shift.Ends) }

// WaitsFor reports whether the hours wait for this role.
func (w Work) WaitsFor(kind members.RoleKind, now time.Time) bool {
	return w.Over(now) && w.Sheet.State.waitsFor() == kind && w.State != CalledOff && w.State != Absent && !w.Off.Called()
}

// Earned is what the hours come to, before tax.
func (w Work) Earned() payments.Cents { return w.Rate.ForTime(w.Sheet.Worked) }

// charge is the work as it is billed, with the cooperative's contribution.
func (w Work) charge(contribution members.BasisPoints) payments.Work {
	days := w.Shift.Days()
	return payments.Work{
		Ref: payments.Reference(w.ID.String()), Client: w.Client, Member: w.Member, Title: w.Title, Language: w.Language,
		Day: days[0], Until: days[len(days)-1], Worked: w.Sheet.Worked, Rate: w.Rate, Contribution: priceOf(w.Earned(), contribution).Contribution,
	}
}

// Hours is a proposal.
type Hours struct {
	Worked time.Duration // 1 minute to LongestShift, whole minutes
	Reason string        // asked of a client
}

// problems also says which role proposes; a client says why.
func (h Hours) problems(by members.RoleKind) check.Problems {
	var p check.Problems
	if h.Worked < time.Minute || h.Worked > LongestShift || h.Worked%time.Minute != 0 {
		p.Add("worked", "wrong_hours", map[string]any{"Hours": int(LongestShift.Hours())})
	}
	least := 0
	if by == members.RoleClient {
		least = 1
	}
	p.Text("reason", h.Reason, least, 500)
	return p
}
