package jobs

import (
	"time"

	"meent/payments"
)

// WaitKind is what a gig waits for.
type WaitKind string

// What a gig can wait for: first what its client can do, then what others do,
// then how it ended.
const (
	WaitsDraft     WaitKind = "draft"     // to be finished
	WaitsDeposit   WaitKind = "deposit"   // to be paid beforehand
	WaitsQuestions WaitKind = "questions" // of members, for a decision
	WaitsHours     WaitKind = "hours"     // to be approved
	WaitsBill      WaitKind = "bill"      // to be paid
	WaitsToday     WaitKind = "today"     // people work
	WaitsPaused    WaitKind = "paused"
	WaitsPeople    WaitKind = "people"
	WaitsFull      WaitKind = "full"     // for the day itself
	WaitsDisputed  WaitKind = "disputed" // for the office
	WaitsSent      WaitKind = "sent"     // for hours of members
	WaitsDone      WaitKind = "done"     // for nothing
	WaitsCancelled WaitKind = "cancelled"
)

// WaitKinds lists them.
func WaitKinds() []WaitKind {
	return []WaitKind{WaitsDraft, WaitsDeposit, WaitsQuestions, WaitsHours, WaitsBill, WaitsToday, WaitsPaused, WaitsPeople, WaitsFull, WaitsDisputed, WaitsSent, WaitsDone, WaitsCancelled}
}

// Yours reports whether the gig's client can do something now.
func (k WaitKind) Yours() bool {
	switch k {
	case WaitsDraft, WaitsDeposit, WaitsQuestions, WaitsHours, WaitsBill:
		return true
	default:
		return false
	}
}

// Facts are what decides what a gig waits for.
type Facts struct {
	State    State
	Seats    int       // on shifts that have not begun
	Taken    int       // of these
	Next     time.Time // the first of these shifts; zero: none comes
	Today    int       // people who work today, and are not finished
	Hours    int       // proposals of members, for the client
	Sent     int       // works that are over and whose hours are the member's turn
	Disputed int
	Unpaid   int // bills
	Owed     payments.Cents

	FirstHours EngagementID // of Hours, the earliest
	FirstBill  payments.BillID

	Out   int       // offers whose window is open, answered or not
	Look  time.Time // when the first of these ends, and the seats are looked at again
	Asked int       // questions of members for a seat, to decide

	Awaits bool // money that is asked beforehand
}

// Wait is the one thing that a gig waits for.
type Wait struct {
	Kind      WaitKind
	Count, Of int
	Out       int       // of WaitsPeople: how many are asked
	When      time.Time // the next shift; of WaitsPeople the next look, zero: not known
	Owed      payments.Cents
}

// Waits says what a gig waits for: of several things the first that its client
// can do, else what is nearest.
func Waits(f Facts) Wait {
	switch {
	case f.State == Draft:
		return Wait{Kind: WaitsDraft}
	case f.Awaits && f.State == Paused:
		return Wait{Kind: WaitsDeposit}
	case f.Asked > 0 && f.State == Open:
		return Wait{Kind: WaitsQuestions, Count: f.Asked}
	case f.Hours > 0:
		return Wait{Kind: WaitsHours, Count: f.Hours}
	case f.Unpaid > 0:
		return Wait{Kind: WaitsBill, Count: f.Unpaid, Owed: f.Owed}
	case f.State == Cancelled:
		return Wait{Kind: WaitsCancelled}
	case f.Today > 0:
		return Wait{Kind: WaitsToday, Count: f.Today}
	case f.State == Paused:
		return Wait{Kind: WaitsPaused}
	case f.State == Open && f.Taken < f.Seats:
		return Wait{Kind: WaitsPeople, Count: f.Taken, Of: f.Seats, Out: f.Out, When: f.Look}
	case f.State == Open && f.Seats > 0:
		return Wait{Kind: WaitsFull, Count: f.Seats, When: f.Next}
	case f.Disputed > 0:
		return Wait{Kind: WaitsDisputed, Count: f.Disputed}
	case f.Sent > 0:
		return Wait{Kind: WaitsSent, Count: f.Sent}
	default:
		return Wait{Kind: WaitsDone}
	}
}
