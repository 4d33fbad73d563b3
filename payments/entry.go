package payments

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"meent/internal/id"
	"meent/members"
)

// EntryID identifies an entry.
type EntryID = id.Of[Entry]

// Cause is why money moved, in a word that pages translate.
type Cause string

// The causes.
const (
	CauseBillPaid     Cause = "bill_paid"
	CauseWage         Cause = "wage"
	CauseContribution Cause = "contribution"
	CauseFee          Cause = "fee"
	CauseHold         Cause = "hold" // a wage is about to leave
	CauseTransfer     Cause = "transfer"
	CausePayoutSent   Cause = "payout_sent"
	CausePayoutPaid   Cause = "payout_paid"
	CausePayoutFailed Cause = "payout_failed"
	CauseManual       Cause = "manual"

	CauseRefund       Cause = "refund"        // set apart for a client
	CauseRefundSent   Cause = "refund_sent"   // it left us
	CauseRefundFailed Cause = "refund_failed" // and came back
	CauseWithdrawn    Cause = "withdrawn"     // a client's bank asks it back
	CauseReinstated   Cause = "reinstated"    // and gave it up
	CauseLost         Cause = "lost"          // or has it for good
	CauseDisputeFee   Cause = "dispute_fee"
	CauseClawback     Cause = "clawback"

	CauseReversal       Cause = "reversal"        // what was asked back is set apart on the member's account
	CauseReversed       Cause = "reversed"        // and came back from there
	CauseReversalFailed Cause = "reversal_failed" // or did not
	CauseRepaid         Cause = "repaid"          // the member brought it to the cooperative's bank
	CauseLetGo          Cause = "let_go"

	CauseDepositPaid     Cause = "deposit_paid"
	CauseDepositApplied  Cause = "deposit_applied"
	CauseDepositReturned Cause = "deposit_returned"
	CauseDepositLost     Cause = "deposit_lost"
	CauseDepositRegained Cause = "deposit_regained" // the bank decided otherwise after all

	CauseAdvanceNetted  Cause = "advance_netted"
	CauseAdvanceCovered Cause = "advance_covered"
)

// Causes lists them in the order in which money goes.
func Causes() []Cause {
	return []Cause{
		CauseBillPaid, CauseWage, CauseContribution, CauseFee, CauseHold, CauseTransfer, CausePayoutSent, CausePayoutPaid, CausePayoutFailed, CauseManual,
		CauseRefund, CauseRefundSent, CauseRefundFailed, CauseWithdrawn, CauseDisputeFee, CauseReinstated, CauseLost, CauseClawback,
		CauseReversal, CauseReversed, CauseReversalFailed, CauseRepaid, CauseLetGo,
		CauseDepositPaid, CauseDepositApplied, CauseDepositReturned, CauseDepositLost, CauseDepositRegained, CauseAdvanceNetted, CauseAdvanceCovered,
	}
}

// Posting is one movement of money. Its direction is from source to destination;
// the amount is above zero.
type Posting struct {
	Source      Account
	Destination Account
	Amount      Cents
}

// Entry is one thing that happened to money: its postings stand and fall together.
type Entry struct {
	Key      string // what happened: the same key moves money once
	Cause    Cause
	Subject  Reference // the id of what it is about; may be empty
	Postings []Posting // at least one
	Hands    Hands
}

// Hands are the roles of the two people without whom a manual entry is not posted.
type Hands struct{ Posted, Approved members.RoleID }

// Errors of posting.
var (
	// ErrOtherPosting is returned for a key that was used for another movement.
	ErrOtherPosting = errors.New("payments: this key moved other money before")
	// ErrOverdrawn is returned when there is not so much on an account.
	ErrOverdrawn = errors.New("payments: there is not so much on the account")

	errEmptyEntry = errors.New("payments: an entry that moves nothing")
)

// move is an entry with one posting.
func move(key string, why Cause, about Reference, from, to Account, amount Cents) Entry {
	return Entry{Key: key, Cause: why, Subject: about, Postings: []Posting{{from, to, amount}}}
}

// hash sums up what the entry says: why and what moves, in its order. It is the
// same as payments.input_hash in the database.
func (e Entry) hash() []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n", e.Cause)
	for _, p := range e.Postings {
		fmt.Fprintf(h, "%s>%s:%d\n", p.Source, p.Destination, p.Amount)
	}
	return h.Sum(nil)
}
