package payments

import "time"

// Onboarding sends a member to the gateway's own pages.
type Onboarding struct {
	Account string
	Back    string // the address to which the browser comes back, done or not
	Again   string // the address that makes a new link, when this one was used or is old
}

// AccountThere is a member's account as the gateway sees it.
type AccountThere struct {
	ID        string
	Submitted bool     // the member sent in all that was asked first
	Payouts   bool     // money can come to it, and go on to the bank
	Due       []string // the names of what must still be given, in order; no data
	Disabled  string   // why it may do nothing, in the gateway's word; "" when it may
	Bank      string   // the id of the bank account that is paid; "" none
}

// RefundOrder gives a part of a charge back, or all of it.
type RefundOrder struct {
	Refund Reference
	Charge string
	Amount Cents
}

// RefundState is how a refund is on the other side.
type RefundState string

// The states of a refund there.
const (
	RefundMoving RefundState = "moving"
	RefundDone   RefundState = "done"
	RefundFailed RefundState = "failed" // the money is ours again
)

// PayoutThere is a payout on the other side.
type PayoutThere struct {
	ID     string
	Amount Cents
}

// RefundThere is a refund on the other side.
type RefundThere struct {
	ID     string
	Charge string
	Ref    Reference // "" for one that was made by hand over there
	Amount Cents
	State  RefundState
}

// ReversalOrder brings a part of a transfer back, or all of it.
type ReversalOrder struct {
	Reversal Reference
	Transfer string
	Amount   Cents
}

// ReversalThere is a reversal on the other side.
type ReversalThere struct {
	ID     string
	Amount Cents
}

// DisputeState is how a dispute is on the other side.
type DisputeState string

// The states of a dispute there. A warning is a bank's question: no money moves,
// and it ends closed or becomes a dispute. Money moves when Withdrawn says so,
// not by state.
const (
	DisputeOpen    DisputeState = "open"
	DisputeWarning DisputeState = "warning"
	DisputeWon     DisputeState = "won"
	DisputeLost    DisputeState = "lost"
	DisputeClosed  DisputeState = "closed" // a warning that came to nothing
)

// DisputeThere is a dispute on the other side.
type DisputeThere struct {
	ID       string
	Charge   string
	Amount   Cents // what is asked back
	State    DisputeState
	Reason   string    // the bank's, in the gateway's word, such as "product_not_received"
	Until    time.Time // when an answer must be there; zero: none is possible
	Answered bool      // an answer of ours was submitted

	Withdrawn  Cents // what was taken from us because of it
	Reinstated Cents // what came back of that
	Fee        Cents // what the gateway keeps for it, both ways together
}

// DisputeAnswer is our side of a dispute. The text leaves for the client's bank;
// who writes it keeps what is private out of it.
type DisputeAnswer struct {
	Dispute string
	Text    string // at most 20,000 characters
	Submit  bool   // otherwise it is only kept there
}

// BalanceThere is what an account has.
type BalanceThere struct {
	Available Cents
	Pending   Cents // on its way
	Instant   Cents // of what is there, what can be at the bank within the hour
}

// BalanceChange is one change of an account's balance, with its sign: what comes in
// is above zero. Amount less Fee is Net.
type BalanceChange struct {
	ID     string
	Kind   string // in the gateway's word, such as "charge" or "payout_failure"
	Source string // the id of what made it; "" nothing, such as a fee of the month
	Amount Cents
	Fee    Cents
	Net    Cents

	At        time.Time
	Available time.Time // from when it may be spent
}
