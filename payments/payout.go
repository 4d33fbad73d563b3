package payments

import (
	"fmt"
	"slices"
	"time"

	"meent/internal/id"
	"meent/members"
)

// PayoutID identifies a payout.
type PayoutID = id.Of[Payout]

// PayoutStep is where a payout is in its life.
type PayoutStep string

// The states of a payout. Paid is what the bank said, and it may still fail.
const (
	PayoutIsHeld PayoutStep = "held" // more than may leave without a person
	PayoutIsDue  PayoutStep = "due"
	PayoutIsSent PayoutStep = "sent"
	PayoutIsPaid PayoutStep = "paid"
	PayoutHasNot PayoutStep = "failed" // the money came back

	PayoutIsReversed PayoutStep = "reversed" // all of it was taken back, as people decided
)

// PayoutSteps lists them in the order of a payout's life.
func PayoutSteps() []PayoutStep {
	return []PayoutStep{PayoutIsHeld, PayoutIsDue, PayoutIsSent, PayoutIsPaid, PayoutHasNot, PayoutIsReversed}
}

func (s PayoutStep) next() []PayoutStep {
	switch s {
	case PayoutIsHeld:
		return []PayoutStep{PayoutIsDue}
	case PayoutIsDue:
		return []PayoutStep{PayoutIsSent, PayoutIsHeld, PayoutHasNot, PayoutIsReversed} // failed: it left before with another sum
	case PayoutIsSent:
		return []PayoutStep{PayoutIsPaid, PayoutHasNot}
	case PayoutIsPaid:
		return []PayoutStep{PayoutHasNot}
	case PayoutHasNot:
		return []PayoutStep{PayoutIsDue, PayoutIsReversed}
	default:
		return nil
	}
}

// To moves to another state. It returns *WrongMove.
func (s PayoutStep) To(to PayoutStep) (PayoutStep, error) {
	if !slices.Contains(s.next(), to) {
		return s, &WrongMove{From: string(s), To: string(to)}
	}
	return to, nil
}

// Payout is one wage on its way to a member's bank.
type Payout struct {
	ID     PayoutID
	Member members.MemberID
	Ref    Reference // of the work
	Amount Cents
	Step   PayoutStep

	begun    bool   // its money was set apart, and may have left
	released bool   // a person let it leave
	tries    int    // how often it was sent to the bank before, and came back
	account  string // of the member at the gateway; "" until there is one
	bank     string // that was seen there when it was asked whether the money may leave
	charge   string
	advance  AdvanceID // which it is; zero: it is a wage
	reversed Cents     // what of it was taken back again
	instant  *bool     // nil: not known yet
	transfer string
	outside  string // its number at the gateway
}

// errandPayout is the kind of the errand that sends it to the bank.
const errandPayout errandKind = "payout"

// sending is what the gateway knows it by, as it goes to the bank this time.
func (p Payout) sending() Reference { return Reference(fmt.Sprintf("%s:%d", p.ID, p.tries)) }

// Left is what of it goes to the bank.
func (p Payout) Left() Cents { return p.Amount - p.reversed }

// Earning is one wage as its member sees it: from the bill to the bank.
type Earning struct {
	Ref      Reference // of the work
	Title    string
	Language members.Locale
	Day      Day
	Worked   time.Duration
	Rate     Cents
	Amount   Cents
	Bill     BillState
	Payout   PayoutStep // "" until the client has paid
	PaidAt   time.Time  // when the bank said so; zero before
	Advanced Cents      // of the amount, what the member had before
	LeftAt   time.Time  // when the client paid, or the gateway sent it; zero: not yet
	Sent     bool       // the gateway did
	AtHand   time.Time  // from when the gateway lets go of what the client paid; zero: it did at once
	Reversed Cents      // of the amount, what was taken back: see WageBack

	// Of a wage that is due: whether it waits for where the member is paid, until when it
	// rests, and whether no money leaves the cooperative (Stop).
	Waits   bool
	Rests   time.Time
	Stopped bool
}

// Stage is where an earning is, in one word.
type Stage string

// The stages of an earning.
const (
	StageBilled  Stage = "billed"  // the client has not paid yet
	StageWaits   Stage = "waits"   // the client has; the member must tell where to
	StageHeld    Stage = "held"    // the cooperative looks at it first
	StageRests   Stage = "rests"   // where to, or how the member signs in, was just changed
	StageStopped Stage = "stopped" // no money leaves the cooperative
	StageMoving  Stage = "moving"  // the money is on its way
	StagePaid    Stage = "paid"    // the bank said so
	StageFailed  Stage = "failed"  // the bank sent it back

	StageReversed Stage = "reversed" // and all of it was taken back, as people decided
)

// Arrives is the last day on which its money should be at the bank.
func (e Earning) Arrives() Day {
	day := Arrives(DayOf(e.LeftAt), e.Sent)
	if e.Sent || e.AtHand.IsZero() {
		return day
	}
	return max(day, Arrives(DayOf(e.AtHand), true))
}

// Stage is where it is.
func (e Earning) Stage() Stage {
	switch e.Payout {
	case PayoutIsHeld:
		return StageHeld
	case PayoutIsDue:
		return e.dueStage()
	case PayoutIsSent:
		return StageMoving
	case PayoutIsPaid:
		return StagePaid
	case PayoutHasNot:
		return StageFailed
	case PayoutIsReversed:
		return StageReversed
	}
	switch { // no payout
	case e.Bill == BillPaid && e.Advanced > 0:
		return StagePaid
	default:
		return StageBilled
	}
}

func (e Earning) dueStage() Stage {
	switch {
	case e.Waits:
		return StageWaits
	case e.Stopped:
		return StageStopped
	case !e.Rests.IsZero():
		return StageRests
	default:
		return StageMoving
	}
}

// Stages lists them in the order of an earning's life.
func Stages() []Stage {
	return []Stage{StageBilled, StageWaits, StageRests, StageHeld, StageStopped, StageMoving, StagePaid, StageFailed, StageReversed}
}
