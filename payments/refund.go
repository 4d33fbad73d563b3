package payments

import (
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// RefundID identifies a refund.
type RefundID = id.Of[Refund]

// RefundStep is where a refund is in its life.
type RefundStep string

// The states of a refund. Approved money is set apart and waits to go; moving
// has left us; done is what the gateway says, and it may still fail.
const (
	RefundAsked     RefundStep = "asked"
	RefundApproved  RefundStep = "approved"
	RefundIsMoving  RefundStep = "moving"
	RefundIsDone    RefundStep = "done"
	RefundHasFailed RefundStep = "failed"
	RefundRefused   RefundStep = "refused"    // by somebody else than who asked
	RefundTakenBack RefundStep = "taken_back" // by who asked
)

// rank orders the states: what the gateway says moves a refund forward only.
func (s RefundStep) rank() int {
	switch s {
	case RefundApproved:
		return 1
	case RefundIsMoving:
		return 2
	case RefundIsDone:
		return 3
	case RefundHasFailed:
		return 4
	}
	return 0 // nobody asked the gateway
}

// then is the state after the gateway said how the refund is; the same when that
// is nothing new.
func (s RefundStep) then(there RefundState) RefundStep {
	to := map[RefundState]RefundStep{RefundMoving: RefundIsMoving, RefundDone: RefundIsDone, RefundFailed: RefundHasFailed}[there]
	if s.rank() == 0 || to.rank() <= s.rank() {
		return s
	}
	return to
}

// Refund is money of a paid bill that goes back to its client.
type Refund struct {
	ID          RefundID
	Bill        BillID
	Amount      Cents
	Reason      string // about money and nobody: the client reads it
	State       RefundStep
	Outside     bool // made by hand at the gateway, and found
	AskedName   string
	AskedAt     time.Time
	DecidedName string
	DecidedAt   time.Time // zero: nobody had to, or not yet
	DoneAt      time.Time
	FailedAt    time.Time
	Why         string // the gateway's word, when it said no
	Carried     Carried

	asker   members.PersonID
	askedBy members.RoleID
	charge  string
	outside string
	sent    bool
}

// NewRefund is what asking for one asks.
type NewRefund struct {
	ID     RefundID // the same one asked twice is one; zero: a new one
	Bill   BillID
	Amount Cents
	Reason string // about money, never about a person: it is plain, and the client reads it
}

func (n NewRefund) problems() (p check.Problems) {
	if n.Amount <= 0 {
		p.Add("amount", "not_an_amount", nil)
	}
	p.Text("reason", n.Reason, 1, 300)
	return p
}

// again returns members.ErrNotFound unless this is the refund that was asked.
func (r Refund) again(asked Refund) error {
	if r.Bill != asked.Bill || r.Amount != asked.Amount || r.askedBy != asked.askedBy {
		return members.ErrNotFound
	}
	return nil
}

// decide is the rule of four eyes. A person with two roles is one person.
func (r Refund) decide(by members.PersonID, to RefundStep) error {
	switch {
	case r.State != RefundAsked:
		return ErrBackDecided
	case to == RefundTakenBack && r.asker != by:
		return members.ErrNotFound
	case to != RefundTakenBack && r.asker == by:
		return ErrOwnBack
	}
	return nil
}

func (r Refund) ref() Reference { return Reference(r.ID.String()) }

// hold sets the money apart, sent is that it left us, failed that we have it again.
func (r Refund) hold() Entry {
	return Entry{Key: "refund:" + r.ID.String() + ":hold", Cause: CauseRefund, Subject: Reference(r.Bill.String()), Postings: r.Carried.to(MovingRefund(r.ref()))}
}

func (r Refund) left(client members.ClientID) Entry {
	return move("refund:"+r.ID.String()+":sent", CauseRefundSent, Reference(r.Bill.String()), MovingRefund(r.ref()), ClientBack(client), r.Amount)
}

func (r Refund) failed(client members.ClientID) Entry {
	from := MovingRefund(r.ref())
	if r.sent {
		from = ClientBack(client)
	}
	return Entry{Key: "refund:" + r.ID.String() + ":failed", Cause: CauseRefundFailed, Subject: Reference(r.Bill.String()), Postings: r.Carried.from(from)}
}

// entries are what a step to another state means for the ledger.
func (r Refund) entries(client members.ClientID, to RefundStep) (list []Entry) {
	if to == RefundHasFailed {
		return []Entry{r.failed(client)}
	}
	if !r.sent {
		list = append(list, r.left(client))
	}
	return list
}
