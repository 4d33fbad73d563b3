package payments

import (
	"slices"
	"time"

	"meent/internal/id"
	"meent/members"
)

// BillID identifies a bill.
type BillID = id.Of[Bill]

// BillState is where a bill is in its life.
type BillState string

// The states of a bill.
const (
	BillDue    BillState = "due"
	BillPaying BillState = "paying" // a checkout was begun
	BillPaid   BillState = "paid"
	BillFailed BillState = "failed" // the client's bank said no, afterwards
)

// BillStates lists them in the order of a bill's life.
func BillStates() []BillState { return []BillState{BillDue, BillPaying, BillPaid, BillFailed} }

func (s BillState) next() []BillState {
	switch s {
	case BillDue:
		return []BillState{BillPaying}
	case BillPaying:
		return []BillState{BillPaying, BillPaid, BillFailed, BillDue} // due: nobody paid in time
	case BillFailed:
		return []BillState{BillPaying}
	default:
		return nil
	}
}

// To moves to another state. It returns *WrongMove.
func (s BillState) To(to BillState) (BillState, error) {
	if !slices.Contains(s.next(), to) {
		return s, &WrongMove{From: string(s), To: string(to)}
	}
	return to, nil
}

// paid moves on when money came. A database that was put back, or lost its last
// moments, may have forgotten that a checkout was begun.
func (s BillState) paid() (BillState, error) {
	paying, err := s.To(BillPaying)
	if err != nil {
		return s, err
	}
	return paying.To(BillPaid)
}

// Open reports whether the client can pay it.
func (s BillState) Open() bool { return s != BillPaid }

// Work is agreed work, as it is billed. Payments knows it by its reference only.
type Work struct {
	Ref          Reference // one bill each
	Client       members.ClientID
	Member       members.MemberID
	Title        string
	Language     members.Locale // of the title
	Day          Day            // on which it began
	Until        Day            // on which it ended; "" is the same
	Before       time.Duration  // of the same work, that another bill asks for already
	Worked       time.Duration  // whole minutes, beside those
	Rate         Cents          // an hour
	Contribution Cents          // on top, to the cooperative
	Deposit      Reference      // under which money was paid beforehand; "" is none
}

// Wage is what the work earns, before tax: in two bills as much as in one.
func (w Work) Wage() Cents { return w.Rate.ForTime(w.Before+w.Worked) - w.Rate.ForTime(w.Before) }

// days are the dates that the work touches: it is no longer than a night.
func (w Work) days() []Day {
	if w.Until == "" || w.Until == w.Day {
		return []Day{w.Day}
	}
	return []Day{w.Day, w.Until}
}

// LineKind is what a line of a bill pays for.
type LineKind string

// The kinds of line.
const (
	WageLine         LineKind = "wage"
	ContributionLine LineKind = "contribution"
)

// Line is one part of a bill.
type Line struct {
	ID     id.Of[Line]
	Kind   LineKind
	Member members.MemberID // of a wage
	Amount Cents
}

// Bill is what a client owes for agreed hours.
type Bill struct {
	ID         BillID
	ClientName string
	Ref        Reference
	Title      string
	Language   members.Locale
	Day        Day
	Worked     time.Duration
	Rate       Cents
	Total      Cents
	Beforehand Cents // of it, from a deposit
	State      BillState
	BilledAt   time.Time
	PaidAt     time.Time // zero: not yet
	Refunded   Cents     // what left us for the client again
	Disputed   bool      // the client's bank asks it back now
	Lost       Cents     // what the client's bank has for good
}

// Due is what is left to pay, or was: without what was paid beforehand.
func (b Bill) Due() Cents { return b.Total - b.Beforehand }

// lines are the parts of the bill for this work; nobody is billed for nothing.
func (w Work) lines() (list []Line) {
	if wage := w.Wage(); wage > 0 {
		list = append(list, Line{Kind: WageLine, Member: w.Member, Amount: wage})
	}
	if w.Contribution > 0 {
		list = append(list, Line{Kind: ContributionLine, Amount: w.Contribution})
	}
	return list
}
