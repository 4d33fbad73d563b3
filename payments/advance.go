package payments

import (
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// AdvanceID identifies an advance.
type AdvanceID = id.Of[Advanced]

// AdvanceState is where an advance is in its life.
type AdvanceState string

// The states of an advance.
const (
	AdvanceAsked    AdvanceState = "asked" // a person decides
	AdvanceApproved AdvanceState = "approved"
	AdvanceSent     AdvanceState = "sent"
	AdvanceOut      AdvanceState = "out"     // at the member's bank
	AdvanceNetted   AdvanceState = "netted"  // earned back by wages
	AdvanceCovered  AdvanceState = "covered" // by the fund, as people decided
	AdvanceRefused  AdvanceState = "refused" // by a person, with a reason
	AdvanceDropped  AdvanceState = "dropped" // the wage itself came first, or it was taken back
)

// AdvanceStates lists them in the order of an advance's life.
func AdvanceStates() []AdvanceState {
	return []AdvanceState{AdvanceAsked, AdvanceApproved, AdvanceSent, AdvanceOut, AdvanceNetted, AdvanceCovered, AdvanceRefused, AdvanceDropped}
}

// Open reports whether it still waits, or is to be earned back.
func (s AdvanceState) Open() bool {
	switch s {
	case AdvanceAsked, AdvanceApproved, AdvanceSent, AdvanceOut:
		return true
	default:
		return false
	}
}

// Doubt is why a person decides about an advance, and not the program.
type Doubt string

// The doubts.
const (
	NoDoubt      Doubt = ""
	LimitDoubt   Doubt = "limit"   // more than one member may have
	HistoryDoubt Doubt = "history" // more than their work until now
	FundDoubt    Doubt = "fund"    // the fund has not so much
)

// Doubts lists those that there are.
func Doubts() []Doubt { return []Doubt{LimitDoubt, HistoryDoubt, FundDoubt} }

// Advanced is part of a wage that is paid out before the client has paid.
type Advanced struct {
	ID        AdvanceID
	Member    members.MemberID
	Name      string    // for a coordinator
	Ref       Reference // of the work
	Title     string
	Amount    Cents
	Netted    Cents // earned back
	State     AdvanceState
	Doubt     Doubt
	AskedAt   time.Time
	Reason    string // of who refused it
	Gone      bool   // a reason was given, and cannot be read any more
	Instant   bool   // its bank has it at once
	SentBack  bool   // its bank sent it back; of who is told
	Proposed  bool   // somebody wants the fund to cover it
	ProposedI bool   // the actor does

	person members.PersonID
	sealed []byte
	cover  members.RoleID
}

// Left is what is not earned back.
func (a Advanced) Left() Cents { return a.Amount - a.Netted }

const (
	// FirstAdvance is the most that somebody gets of whom nothing is known.
	FirstAdvance = Cents(50_00)
	// fundShare is the part of the fund, in percent, that may be out at once.
	fundShare = 80
	// wagesThatCount is how many paid wages say how much somebody earns.
	wagesThatCount = 3
	// carriedCounts is how long what the fund carried counts for a member.
	carriedCounts = 365 * 24 * time.Hour
	// mostAdvanceReason is how long the reason of a refusal may be.
	mostAdvanceReason = 300
)

// AdvanceRoom is how much can be advanced now, each way of looking at it.
type AdvanceRoom struct {
	Wage    Cents // of this work, less what the fund carried of it
	Limit   Cents // of the member, less what is out
	History Cents // what their work until now says, less what is out
	Fund    Cents // what the fund can have out, less what is
	Anybody Cents // what any member may have out
}

// Most is what the program may approve.
func (r AdvanceRoom) Most() Cents { return max(min(r.Wage, r.Limit, r.History, r.Fund), 0) }

// doubt is why the program does not approve so much.
func (r AdvanceRoom) doubt(amount Cents) Doubt {
	switch {
	case amount > r.Fund:
		return FundDoubt
	case amount > r.Limit:
		return LimitDoubt
	case amount > r.History:
		return HistoryDoubt
	}
	return NoDoubt
}

// mayPerson is what nobody approves: what the cooperative does not let anybody
// have, and what the fund has not.
func (r AdvanceRoom) mayPerson(amount Cents) error {
	if amount > min(r.Wage, r.Limit, r.Fund) {
		return ErrNoRoom
	}
	return nil
}

// history is how much the wages that were paid last say, and something for who
// begins.
func history(paid []Cents) (sum Cents) {
	for _, wage := range paid {
		sum += wage
	}
	if len(paid) == 0 {
		return FirstAdvance
	}
	return max(sum, FirstAdvance)
}

func (r AdvanceRoom) problems(amount Cents) (p check.Problems) {
	switch {
	case amount <= 0:
		p.Add("amount", "not_an_amount", nil)
	case amount > r.Wage:
		p.Add("amount", "too_much", map[string]any{"Cents": int64(r.Wage)})
	}
	return p
}

// AdvanceOffer is what a member is told before they ask.
type AdvanceOffer struct {
	AdvanceRoom
	Stop AdvanceStop // why nothing can be asked; "" it can
	Last []Advanced  // for this work, the newest first
}

// AdvanceStop is why no advance can be asked.
type AdvanceStop string

// The reasons.
const (
	AdvancePaid    AdvanceStop = "paid"    // the client has paid
	AdvanceDispute AdvanceStop = "dispute" // the client's bank asks the money of it back
	AdvanceThere   AdvanceStop = "there"   // one was asked, or is out
	AdvanceNoBank  AdvanceStop = "bank"    // we do not know where to
	AdvanceRests   AdvanceStop = "rests"   // the details were changed lately
	AdvanceStopped AdvanceStop = "stopped" // no money leaves the cooperative
	AdvanceEmpty   AdvanceStop = "empty"   // nothing can be advanced now
)
