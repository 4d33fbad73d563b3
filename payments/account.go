package payments

import (
	"regexp"

	"meent/members"
)

// Account is the address of a place where money is, within one cooperative.
type Account string

// The cooperative's own accounts, and those of the gateway.
const (
	Contribution Account = "coop:contribution"
	Costs        Account = "coop:costs" // below zero: what the cooperative paid to others
	Fund         Account = "coop:fund"  // the solidarity fund
	Loss         Account = "coop:loss"  // below zero: what nobody gives back
	CoopBank     Account = "coop:bank"  // what the cooperative drew; below zero: what it brought
	GatewayFees  Account = "stripe:fees"
	Disputed     Account = "stripe:disputed" // withheld while a client's bank looks
)

// Place is where a member's money is.
type Place string

// The places. Payable money is on the cooperative's own account, and so is what
// moves while the answer to a transfer is not known; then it is at the gateway in
// the member's name, on its way, and at the bank.
const (
	Payable   Place = "payable"
	Moving    Place = "moving"
	AtGateway Place = "stripe"
	Transit   Place = "transit"
	AtBank    Place = "bank"
	Advance   Place = "advance"  // below zero: paid out and not earned yet
	Clawback  Place = "clawback" // below zero: to be paid back, as a named person decided
	Repaid    Place = "repaid"   // below zero: what the member paid back to the cooperative's bank
)

// Places lists them in the order in which money goes.
func Places() []Place {
	return []Place{Payable, Moving, AtGateway, Transit, AtBank, Advance, Clawback, Repaid}
}

// MemberAccount is one of a member's places.
func MemberAccount(m members.MemberID, p Place) Account {
	return Account("member:" + m.String() + ":" + string(p))
}

// ClientAccount is from where a client's money comes: below zero by what they paid.
func ClientAccount(c members.ClientID) Account { return Account("client:" + c.String()) }

// ClientBack is what was given back to a client.
func ClientBack(c members.ClientID) Account { return ClientAccount(c) + ":back" }

// BillHeld is where the money of a bill waits until it is shared.
func BillHeld(b BillID) Account { return Account("bill:" + b.String() + ":held") }

// DepositHeld is where money that was paid beforehand waits for its work.
func DepositHeld(work Reference) Account { return Account("deposit:" + string(work) + ":held") }

// MovingRefund is what goes back to a client while the answer is not known.
func MovingRefund(refund Reference) Account { return Account("refund:" + string(refund) + ":moving") }

// MovingReversal is what is to be taken back from a member's account at the gateway,
// and is there still, as far as is known.
func MovingReversal(reversal Reference) Account {
	return Account("reversal:" + string(reversal) + ":moving")
}

// The same rules stand in the database, under the same names.
var (
	belowZero = regexp.MustCompile(`^(client:[^:]+|member:[^:]+:(advance|clawback|repaid)|coop:(costs|loss|bank))$`)
	outside   = regexp.MustCompile(`^(client:[^:]+(:back)?|member:[^:]+:(stripe|transit|bank|repaid)|reversal:[^:]+:moving|stripe:(disputed|fees)|coop:bank)$`)
)

// MayBeBelowZero reports whether more may come from the account than went in.
func (a Account) MayBeBelowZero() bool { return belowZero.MatchString(string(a)) }

// Outside reports whether what is there is not on the cooperative's own account at
// the gateway. Since all accounts sum to zero, what is there is minus the sum of
// these; what happens among them changes nothing there.
func (a Account) Outside() bool { return outside.MatchString(string(a)) }

// Hot reports whether so many entries touch the account that it has several rows.
// What is on one of those may be below zero; of their sum an audit says so.
func (a Account) Hot() bool { return a == Contribution || a == Costs || a == GatewayFees }
