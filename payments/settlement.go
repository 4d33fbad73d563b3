package payments

import (
	"fmt"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// SettlementID identifies a settlement.
type SettlementID = id.Of[Settlement]

// SettleWay is how a wage that was asked back comes to an end.
type SettleWay string

// The ways.
const (
	SettleReversal SettleWay = "reversal" // it is taken from the member's account at the gateway, where it still is
	SettleRepaid   SettleWay = "repaid"   // the member brought it to the cooperative's bank
	SettleLetGo    SettleWay = "let_go"   // the fund carries it
)

// SettleWays lists them.
func SettleWays() []SettleWay { return []SettleWay{SettleReversal, SettleRepaid, SettleLetGo} }

func (w SettleWay) deed() members.Deed {
	switch w {
	case SettleReversal:
		return members.Deed{What: "settle_reversal"}
	case SettleRepaid:
		return members.Deed{What: "settle_repaid"}
	default:
		return members.Deed{What: "settle_let_go"}
	}
}

// SettlementStep is how far a settlement is.
type SettlementStep string

// Its states. Only a done one ends anything.
const (
	SettlementAsked     SettlementStep = "asked"
	SettlementApproved  SettlementStep = "approved" // a reversal, set apart, and nobody knows yet
	SettlementDone      SettlementStep = "done"
	SettlementFailed    SettlementStep = "failed"     // the gateway said no: it must end otherwise
	SettlementRefused   SettlementStep = "refused"    // by somebody else than who asked
	SettlementTakenBack SettlementStep = "taken_back" // by who asked
)

// Settlement is how a wage that was asked back, or a part of it, comes to an end.
type Settlement struct {
	ID          SettlementID
	Clawback    ClawbackID
	Way         SettleWay
	Amount      Cents
	Reason      string
	Gone        bool // nobody can read the reason any more
	State       SettlementStep
	AskedName   string
	AskedAt     time.Time
	DecidedName string // "" nobody had to, or not yet
	DecidedAt   time.Time
	EndedAt     time.Time
	Why         string // the gateway's word, when it said no

	asker    members.PersonID
	askedBy  members.RoleID
	payout   PayoutID // of which it is a reversal
	number   int      // how many reversals of that payout were done before
	transfer string
	outside  string
	sealed   []byte
}

// Own reports whether the acting person asked for it themselves.
func (t Settlement) Own(by members.Actor) bool { return t.asker == by.Person }

// open reports whether its amount is taken by it: it is done, or may be.
func (t Settlement) open() bool {
	return t.State == SettlementAsked || t.State == SettlementApproved || t.State == SettlementDone
}

// NewSettlement is what ending one asks.
type NewSettlement struct {
	ID       SettlementID // the same one sent twice is one; zero: a new one
	Clawback ClawbackID
	Way      SettleWay
	Amount   Cents
	Reason   string // the member reads it
}

func (n NewSettlement) problems() (p check.Problems) {
	check.OneOf(&p, "way", n.Way, SettleWays()...)
	if n.Amount <= 0 {
		p.Add("amount", "not_an_amount", nil)
	}
	p.Paragraphs("reason", n.Reason, 10, mostReason)
	return p
}

func (t Settlement) column() string { return "settlement.reason@" + t.ID.String() }

func (t Settlement) key(step string) string { return "settlement:" + t.ID.String() + ":" + step }

// ref is what the gateway knows a reversal by: the same for the same reversal, so that
// it is found also by a database that forgot it, when people decide it anew.
func (t Settlement) ref() Reference {
	return Reference(fmt.Sprintf("%s:%d:%d", t.payout, t.number, t.Amount))
}

// again returns members.ErrNotFound unless this is the one that was asked.
func (t Settlement) again(asked Settlement) error {
	if t.Clawback != asked.Clawback || t.Way != asked.Way || t.Amount != asked.Amount || t.askedBy != asked.askedBy {
		return members.ErrNotFound
	}
	return nil
}

// decide is the rule of four eyes; nobody decides about their own wage.
func (t Settlement) decide(k WageBack, by members.PersonID, to SettlementStep) error {
	switch {
	case t.State != SettlementAsked:
		return ErrBackDecided
	case to == SettlementTakenBack && t.asker != by:
		return members.ErrNotFound
	case to != SettlementTakenBack && t.asker == by:
		return ErrOwnBack
	case k.person == by:
		return members.ErrOneself
	}
	return nil
}

// hold sets the money of a reversal apart, so that nothing else sends it; back is that
// it stays the member's after all.
func (t Settlement) hold(m members.MemberID) Entry {
	e := move(t.key("hold"), CauseReversal, Reference(t.payout.String()), MemberAccount(m, AtGateway), MovingReversal(t.about()), t.Amount)
	e.Hands = Hands{Posted: t.askedBy}
	return e
}

func (t Settlement) back(m members.MemberID) Entry {
	return move(t.key("failed"), CauseReversalFailed, Reference(t.payout.String()), MovingReversal(t.about()), MemberAccount(m, AtGateway), t.Amount)
}

func (t Settlement) reversed(m members.MemberID) Entry {
	return move(t.key("done"), CauseReversed, Reference(t.payout.String()), MovingReversal(t.about()), MemberAccount(m, Clawback), t.Amount)
}

func (t Settlement) about() Reference { return Reference(t.ID.String()) }

// ended is what the fund gives for what was asked back: it is let go, or it stands at
// the cooperative's bank, to which the member brought it.
func (t Settlement) ended(k WageBack, c Carried, hands Hands) Entry {
	e := Entry{Key: t.key("done"), Cause: CauseLetGo, Subject: Reference(k.Bill.String()), Hands: hands, Postings: c.to(MemberAccount(k.Member, Clawback))}
	if t.Way == SettleRepaid {
		e.Cause = CauseRepaid
		e.Postings = append(e.Postings, Posting{MemberAccount(k.Member, Repaid), CoopBank, t.Amount})
	}
	return e
}
