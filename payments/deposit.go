package payments

import (
	"slices"
	"time"

	"meent/internal/id"
	"meent/members"
)

// DepositID identifies a deposit.
type DepositID = id.Of[Deposit]

// DepositState is where a deposit is in its life.
type DepositState string

// The states of a deposit.
const (
	DepositAsked    DepositState = "asked"
	DepositPaying   DepositState = "paying" // a checkout was begun
	DepositIsHeld   DepositState = "held"
	DepositApplied  DepositState = "applied"  // all of it went to bills, or to the client's bank
	DepositReturned DepositState = "returned" // what was left goes back, or went
)

// DepositStates lists them in the order of a deposit's life.
func DepositStates() []DepositState {
	return []DepositState{DepositAsked, DepositPaying, DepositIsHeld, DepositApplied, DepositReturned}
}

func (s DepositState) next() []DepositState {
	switch s {
	case DepositAsked:
		return []DepositState{DepositPaying}
	case DepositPaying:
		return []DepositState{DepositPaying, DepositIsHeld, DepositAsked} // asked: nobody paid in time
	case DepositIsHeld:
		return []DepositState{DepositApplied, DepositReturned}
	case DepositApplied:
		return []DepositState{DepositIsHeld, DepositReturned} // the client's bank gives a part back
	case DepositReturned:
		return []DepositState{DepositApplied} // the client's bank takes the rest
	default:
		return nil
	}
}

// To moves to another state. It returns *WrongMove.
func (s DepositState) To(to DepositState) (DepositState, error) {
	if !slices.Contains(s.next(), to) {
		return s, &WrongMove{From: string(s), To: string(to)}
	}
	return to, nil
}

// paid moves on when money came. A database that was put back may have forgotten
// that a checkout was begun.
func (s DepositState) paid() (DepositState, error) {
	paying, err := s.To(DepositPaying)
	if err != nil {
		return s, err
	}
	return paying.To(DepositIsHeld)
}

// Deposits is who pays beforehand.
type Deposits string

// Who pays beforehand: nobody, those of whom the cooperative does not know yet
// whether they pay, or everybody.
const (
	NoDeposits       Deposits = "none"
	HouseholdsAndNew Deposits = "households_and_new"
	EveryDeposit     Deposits = "all"
)

// DepositChoices lists them.
func DepositChoices() []Deposits { return []Deposits{NoDeposits, HouseholdsAndNew, EveryDeposit} }

// asks reports whether such a client pays beforehand.
func (d Deposits) asks(kind members.ClientKind, paidBefore bool) bool {
	switch d {
	case EveryDeposit:
		return true
	case HouseholdsAndNew:
		return kind == members.Household || !paidBefore
	default:
		return false
	}
}

// MostAtOnce bounds what a client is asked to pay on one page: more is a slip of
// the pen, or for the office.
const MostAtOnce = Cents(50_000_00)

// payable refuses what is no amount to pay.
func payable(amount Cents) error {
	switch {
	case amount <= 0:
		return ErrNothingDue
	case amount > MostAtOnce:
		return ErrTooMuch
	}
	return nil
}

// NewDeposit is what a client is asked to pay before the work.
type NewDeposit struct {
	Client   members.ClientID
	Ref      Reference // of the work, one or several deposits
	Title    string
	Language members.Locale // of the title
	Amount   Cents
}

// Deposit is money that a client pays before the work.
type Deposit struct {
	ID        DepositID
	Client    members.ClientID
	Ref       Reference
	Title     string
	Language  members.Locale
	Amount    Cents
	Used      Cents // of it, for bills
	Lost      Cents // of it, to the client's bank
	Disputed  bool  // the client's bank asks it back: nobody uses it
	State     DepositState
	AskedAt   time.Time
	HeldAt    time.Time // zero: not yet
	EndedAt   time.Time // zero: not yet
	BackAt    time.Time // when the gateway gave the rest back; zero: not
	NotBackAt time.Time // since when a person must find another way for it; zero: not

	charge   string
	refund   string // the gateway's number of what went back; "" while it did not leave
	returns  int    // how often a person had its return tried again
	byHand   bool   // the client got it otherwise
	setApart bool   // its work is over: what is left waits to go back, or went
}

// Left is what no bill and no bank took.
func (d Deposit) Left() Cents { return d.Amount - d.Used - d.Lost }

// where is the account on which what is left of it is. None: that went back.
func (d Deposit) where() (a Account, here bool) {
	switch {
	case !d.setApart:
		return DepositHeld(d.Ref), true
	case d.refund == "" && !d.byHand:
		return MovingRefund(d.about()), true
	}
	return "", false
}

// bears is what of a lost dispute comes from what is left of it, and pays back who
// carried that. Where the bank decides otherwise later it is the deposit's again. It
// returns ErrNotGivenBack when the rest went back by then: what comes is the client's.
func (d Deposit) bears(before, next Dispute) (Cents, error) {
	if _, here := d.where(); here {
		return min(next.Lost, d.Left()+before.FromDeposit), nil
	}
	if next.Lost < before.FromDeposit {
		return 0, ErrNotGivenBack
	}
	return before.FromDeposit, nil
}

// lose is how it stands once the client's bank has so much more of it for good; below
// zero the bank gave that back after all. One of which nothing is left ends; one of which
// something is left again goes on where it was.
func (d Deposit) lose(lost Cents, now time.Time) (state DepositState, ended time.Time, err error) {
	switch {
	case d.State != DepositApplied && d.Left() == lost:
		state, err = d.State.To(DepositApplied)
		return state, now, err
	case d.State == DepositApplied && lost < 0 && d.setApart:
		state, err = d.State.To(DepositReturned)
		return state, d.EndedAt, err
	case d.State == DepositApplied && lost < 0:
		state, err = d.State.To(DepositIsHeld)
		return state, time.Time{}, err
	}
	return d.State, d.EndedAt, nil
}

// use is how it stands once a bill took so much of it: one of which nothing is left ends.
// It returns *WrongMove for one that is not held.
func (d Deposit) use(amount Cents, now time.Time) (Deposit, error) {
	if d.State != DepositIsHeld {
		return d, &WrongMove{From: string(d.State), To: string(DepositApplied)}
	}
	var err error
	if d.Used += amount; d.Left() == 0 {
		d.EndedAt = now
		d.State, err = d.State.To(DepositApplied)
	}
	return d, err
}

// part is what of a bill comes from one deposit.
type part struct {
	deposit Deposit
	charge  string
	amount  Cents
}

// split takes the amount from the deposits, in their order, as far as they go.
func split(held []Deposit, amount Cents) (parts []part, covered Cents) {
	for _, d := range held {
		if take := min(d.Left(), amount-covered); take > 0 {
			parts = append(parts, part{deposit: d, charge: d.charge, amount: take})
			covered += take
		}
	}
	return parts, covered
}

// chargeFor is the one charge of which a wage can be a part: as much of it as paid
// this bill is not less than the wage, so that all wages together never ask more
// of a charge than it has. Empty: none is enough.
func chargeFor(parts []part, wage Cents) string {
	for _, p := range parts {
		if p.amount >= wage {
			return p.charge
		}
	}
	return ""
}

// source is the charge of which this wage is a part; nil is the bill's own.
func (p paidBill) source(wage Cents) *string {
	if p.beforehand == 0 {
		return nil
	}
	charge := chargeFor(p.parts, wage)
	return &charge
}
