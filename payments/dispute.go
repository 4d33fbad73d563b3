package payments

import (
	"fmt"
	"time"

	"meent/internal/id"
	"meent/members"
)

// DisputeID identifies a dispute.
type DisputeID = id.Of[Dispute]

// SentState is how far something is that the gateway is told.
type SentState string

// The states of an answer and of a yes: none → (asked →) sending → sent | refused.
const (
	SentNone    SentState = "none"
	SentAsked   SentState = "asked" // a second person must say so too
	SentSending SentState = "sending"
	SentSent    SentState = "sent"
	SentRefused SentState = "refused" // the gateway said no
)

// SentStates lists them.
func SentStates() []SentState {
	return []SentState{SentNone, SentAsked, SentSending, SentSent, SentRefused}
}

// DisputeStates lists the states of a dispute.
func DisputeStates() []DisputeState {
	return []DisputeState{DisputeOpen, DisputeWarning, DisputeWon, DisputeLost, DisputeClosed}
}

// Ended reports whether nobody decides about it any more.
func (s DisputeState) Ended() bool { return s != DisputeOpen && s != DisputeWarning }

// Dispute is a client's bank that asks the money of a bill, or of a deposit, back.
type Dispute struct {
	ID          DisputeID
	Bill        BillID    // zero: it is of what was paid beforehand
	Deposit     DepositID // zero: it is of a bill
	Amount      Cents     // what is asked back
	State       DisputeState
	Reason      string    // the bank's, in the gateway's word
	Until       time.Time // when an answer must be there; zero: none is possible
	Withdrawn   Cents
	Reinstated  Cents
	Fee         Cents
	Lost        Cents // of the withdrawn, the client's for good
	Carried     Carried
	FromDeposit Cents // what of the lost was left of the deposit: it paid back who carried that
	OpenedAt    time.Time
	ClosedAt    time.Time

	Answered    bool // the bank has an answer
	Answer      string
	AnswerState SentState
	AnswerName  string
	AnswerAt    time.Time

	AcceptState  SentState
	AcceptName   string // who wants to let the bank have it
	AcceptSecond string // who agreed, where two must

	ClientName string
	Title      string
	Language   members.Locale

	outside      string
	answerNumber int
	accepter     members.PersonID
}

// older reports whether the gateway's answer is from before what we know: two may
// ask at once, and the later answer may be written first. Who won loses again only
// when money moves.
func (d Dispute) older(there DisputeThere) bool {
	if d.State == "" { // it is new
		return false
	}
	return there.Withdrawn < d.Withdrawn || there.Reinstated < d.Reinstated || d.State.Ended() && !there.State.Ended() ||
		d.State == DisputeOpen && there.State == DisputeWarning ||
		d.State == DisputeWon && there.State == DisputeLost && there.Withdrawn == d.Withdrawn && there.Reinstated == d.Reinstated
}

// follow gives what the gateway's answer means: how the dispute is then, and what
// moves. Each key names from which sum to which, so that answers in any order and
// however often move each cent once. plus is who bears what is newly withdrawn.
func (d Dispute) follow(there DisputeThere, client members.ClientID, plus Carried) (Dispute, []Entry) {
	next := d
	next.Amount, next.State, next.Reason, next.Until, next.Answered = there.Amount, there.State, there.Reason, there.Until, there.Answered
	next.Withdrawn, next.Reinstated, next.Fee = there.Withdrawn, there.Reinstated, there.Fee
	minus := d.Carried.plus(plus).returned(there.Reinstated - d.Reinstated)
	next.Carried = d.Carried.plus(plus).minus(minus)
	next.Lost = 0
	if there.State == DisputeLost {
		next.Lost = there.Withdrawn - there.Reinstated
	}
	list := []Entry{
		d.entry("withdrawn", CauseWithdrawn, d.Withdrawn, next.Withdrawn, plus.to(Disputed)),
		d.entry("reinstated", CauseReinstated, d.Reinstated, next.Reinstated, minus.from(Disputed)),
		d.entry("fee", CauseDisputeFee, d.Fee, next.Fee, between(Costs, GatewayFees, next.Fee-d.Fee)),
		d.entry(d.again("lost", next), CauseLost, d.Lost, next.Lost, between(Disputed, ClientBack(client), next.Lost-d.Lost)),
	}
	return next, moving(list)
}

// again names what may happen again: lost, won after all, and lost once more.
func (d Dispute) again(what string, next Dispute) string {
	if next.Reinstated == 0 {
		return what
	}
	return fmt.Sprintf("%s:%d", what, next.Reinstated)
}

// fromDeposit is what of it moves between what is left of the deposit and who carried
// the dispute: as much as was not moved before.
func (d Dispute) fromDeposit(next Dispute, left Account) []Entry {
	more := next.Carried.returned(next.FromDeposit).minus(d.Carried.returned(d.FromDeposit))
	return moving([]Entry{
		d.entry(d.again("regained", next), CauseDepositRegained, d.FromDeposit, next.FromDeposit, Carried{}.minus(more).above().to(left)),
		d.entry(d.again("deposit", next), CauseDepositLost, d.FromDeposit, next.FromDeposit, more.above().from(left)),
	})
}

func (d Dispute) entry(what string, why Cause, from, to Cents, postings []Posting) Entry {
	key := fmt.Sprintf("dispute:%s:%s:%d:%d", d.ID, what, from, to)
	return Entry{Key: key, Cause: why, Subject: d.about(), Postings: postings}
}

// about is whose money is disputed.
func (d Dispute) about() Reference {
	if d.Bill.IsZero() {
		return Reference(d.Deposit.String())
	}
	return Reference(d.Bill.String())
}

// between moves so much, or back when it is below zero.
func between(from, to Account, amount Cents) []Posting {
	switch {
	case amount > 0:
		return []Posting{{from, to, amount}}
	case amount < 0:
		return []Posting{{to, from, -amount}}
	}
	return nil
}

// moving leaves out what moves nothing.
func moving(list []Entry) (some []Entry) {
	for _, e := range list {
		if len(e.Postings) > 0 {
			some = append(some, e)
		}
	}
	return some
}

// MayAnswer reports whether an answer can still go to the bank.
func (d Dispute) MayAnswer(now time.Time) bool {
	return !d.State.Ended() && !d.Answered && d.AnswerState != SentSending && d.AnswerState != SentSent && now.Before(d.Until)
}

// MayAccept reports whether the bank can be let have it.
func (d Dispute) MayAccept() bool {
	return d.State == DisputeOpen && (d.AcceptState == SentNone || d.AcceptState == SentRefused)
}
