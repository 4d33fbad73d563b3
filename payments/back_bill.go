package payments

import (
	"errors"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// Errors of money that goes back.
var (
	// ErrNotPaid means that nothing can go back, since nothing came, or it came so
	// long ago that nobody knows from where.
	ErrNotPaid = errors.New("payments: nothing that could go back")
	// ErrDisputed means that the client's bank decides about this money now.
	ErrDisputed = errors.New("payments: the client's bank decides about it")
	// ErrOwnBack means that another person must decide what one asked oneself.
	ErrOwnBack = errors.New("payments: one's own wish to give money back")
	// ErrBackDecided means that somebody decided it before.
	ErrBackDecided = errors.New("payments: it is decided")
)

// backBill is a bill as money goes back: its row is locked.
type backBill struct {
	id           BillID
	client       members.ClientID
	ref          Reference
	state        BillState
	total        Cents // what its charge brought; what was paid beforehand is of another
	charge       string
	asked        Cents // refunds that wait for somebody's word, or go, or went
	withdrawn    Cents // by its disputes, and not given back to us
	gross        Cents // what the client paid for all of it
	gave         Cents // of that, what the cooperative got
	contribution Cents // and what is left of it: less what it carries already
	disputed     bool  // a dispute is open or was lost: the gateway refunds nothing
}

// part is what of an amount is the cooperative's contribution, up to whole cents.
func (b backBill) part(amount Cents) Cents {
	if b.gross <= 0 {
		return 0
	}
	return (amount*b.gave + b.gross - 1) / b.gross
}

// left is what may still go back.
func (b backBill) left() Cents { return max(b.total-b.asked-b.withdrawn, 0) }

// back asks whether so much may go back, beside what is asked already.
func (b backBill) back(amount Cents) error {
	var p check.Problems
	switch {
	case b.state != BillPaid || b.charge == "":
		return ErrNotPaid
	case b.disputed:
		return ErrDisputed
	case amount <= 0:
		p.Add("amount", "not_an_amount", nil)
	case amount > b.left():
		p.Add("amount", "more_than_left", map[string]any{"Cents": int64(b.left())})
	}
	return p.Err()
}

// BackKind is what happened to money that goes back, in a word.
type BackKind string

// What the office is told.
const (
	BackRefundAsked  BackKind = "refund_asked"  // a second person decides
	BackRefundFailed BackKind = "refund_failed" // the client did not get it
	BackDisputed     BackKind = "disputed"      // the client's bank asks money back
	BackAsksAnswer   BackKind = "question"      // the bank only asks
	BackDisputeWon   BackKind = "won"
	BackDisputeLost  BackKind = "lost"
	BackObjected     BackKind = "objected" // the client says that a bill is not right
	BackClawback     BackKind = "clawback" // a second person decides

	BackSettlement     BackKind = "settlement"      // a second person decides how that ends
	BackReversalFailed BackKind = "reversal_failed" // it could not be taken from the member's account
	BackStuck          BackKind = "stuck"           // what was paid beforehand could not be given back
)

// BackKinds lists them.
func BackKinds() []BackKind {
	return []BackKind{BackRefundAsked, BackRefundFailed, BackDisputed, BackAsksAnswer, BackDisputeWon, BackDisputeLost, BackObjected, BackClawback, BackSettlement, BackReversalFailed, BackStuck}
}

// BackTold is the task that tells the office of money that goes back, or is to.
type BackTold struct {
	What        BackKind
	Bill        BillID
	Dispute     DisputeID // zero: none
	Cooperative id.Cooperative
}

// Kind names the task.
func (BackTold) Kind() string { return "payments.back_told" }

// BillTold is the task that tells a client what became of a bill: money comes
// back, or there is an answer.
type BillTold struct {
	Bill        BillID
	Cooperative id.Cooperative
	Answered    bool // an answer; otherwise money
}

// Kind names the task.
func (BillTold) Kind() string { return "payments.bill_told" }
