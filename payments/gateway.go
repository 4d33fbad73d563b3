package payments

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Gateway moves money outside: Stripe, or its simulator. Every call that moves
// anything carries a key: the same key and the same words move it once, however
// often they are said. No transaction is open during a call.
//
// A call returns *Refused when the other side understood and said no, and
// ErrUnknownThere for an object that it does not have. Any other error leaves
// open whether the call had its effect.
type Gateway interface {
	// OpenCheckout makes a page on which the client pays, once.
	OpenCheckout(ctx context.Context, key string, c Checkout) (CheckoutPage, error)
	// CheckoutPage says how a checkout is.
	CheckoutPage(ctx context.Context, id string) (CheckoutPage, error)
	// Charge is the money that a finished checkout brought, with its fee.
	Charge(ctx context.Context, intent string) (Charge, error)
	// Refund gives money of a charge back to who paid.
	Refund(ctx context.Context, key string, r RefundOrder) (RefundThere, error)
	// FindRefund looks whether a refund with this reference was made of the charge;
	// "" is the newest that somebody made by hand over there.
	FindRefund(ctx context.Context, charge string, ref Reference) (r RefundThere, found bool, err error)
	// RefundNow says how a refund is. A done one may still fail, days later.
	RefundNow(ctx context.Context, id string) (RefundThere, error)

	// Dispute says how it is when the client's bank asks money back.
	Dispute(ctx context.Context, id string) (DisputeThere, error)
	// AnswerDispute tells the bank our side; once it is submitted, that is all.
	AnswerDispute(ctx context.Context, key string, a DisputeAnswer) error
	// AcceptDispute lets the client's bank have the money: the dispute is lost.
	AcceptDispute(ctx context.Context, key, id string) error

	// OpenAccount makes the account over which a member is paid.
	OpenAccount(ctx context.Context, key string, payee Reference) (account string, err error)
	// FindAccount looks whether an account was made for this payee.
	FindAccount(ctx context.Context, payee Reference) (account string, found bool, err error)
	// OpenOnboarding gives the address at which a member fills in what the gateway
	// must know. It works once and for some minutes, so that each wish for one has
	// a key of its own.
	OpenOnboarding(ctx context.Context, key string, o Onboarding) (url string, err error)
	// Account says what an account may do. One that was deleted, or that took its
	// trust in us away, is ErrUnknownThere.
	Account(ctx context.Context, id string) (AccountThere, error)
	// Transfer brings money to a member's account.
	Transfer(ctx context.Context, key string, t Transfer) (id string, err error)
	// FindTransfer looks whether a transfer with this reference was made to the
	// account.
	FindTransfer(ctx context.Context, account string, ref Reference) (id string, found bool, err error)
	// Reverse brings money of a transfer back, as far as the member's account has it.
	Reverse(ctx context.Context, key string, r ReversalOrder) (id string, err error)
	// FindReversal looks whether a reversal with this reference was made of the
	// transfer.
	FindReversal(ctx context.Context, transfer string, ref Reference) (id string, found bool, err error)
	// ReversalsByHand lists those of the transfer that carry nobody's reference: people
	// made them over there.
	ReversalsByHand(ctx context.Context, transfer string) ([]ReversalThere, error)
	// PayOut sends what is on a member's account to the member's bank.
	PayOut(ctx context.Context, key string, p PayoutOrder) (id string, err error)
	// FindPayout looks whether a payout with this reference was made, and of how much.
	FindPayout(ctx context.Context, account string, ref Reference) (there PayoutThere, found bool, err error)
	// PayoutState says how a payout is, as the bank sees it today.
	PayoutState(ctx context.Context, account, id string) (PayoutState, error)

	// Balance is all that an account has: on its way or available. No account is
	// the cooperative's own.
	Balance(ctx context.Context, account string) (Cents, error)
	// Balances is the same in its parts.
	Balances(ctx context.Context, account string) (BalanceThere, error)
	// BalanceChanges lists what changed an account's balance since then (zero: ever),
	// the newest first, a page at a time: after is the last id of the page before.
	BalanceChanges(ctx context.Context, account string, since time.Time, after string) (list []BalanceChange, more bool, err error)

	// Events lists what happened since then, as BalanceChanges does. The other side
	// keeps it for 30 days.
	Events(ctx context.Context, account string, since time.Time, after string) (list []Event, more bool, err error)
	// ReadEvent believes what carries a fresh signature made with one of the
	// endpoint's secrets. It returns ErrOtherMode for what is about the other kind
	// of money, ErrOtherVersion for what an endpoint says that was made for
	// another program, and ErrForged for everything else.
	ReadEvent(body []byte, signature string, from Endpoint) (Event, error)
}

// Reference is our own random id of something, as the other side keeps it.
type Reference string

// Endpoint is one of the two places where events arrive.
type Endpoint string

// The endpoints: for the cooperative's own account, and for members' accounts.
const (
	PlatformEndpoint Endpoint = "platform"
	ConnectEndpoint  Endpoint = "connect"
)

// Checkout is what a client is asked to pay. It holds no personal data.
type Checkout struct {
	Bill   Reference
	Lines  []CheckoutLine
	Return string // the address to which the browser comes back
	Locale string // nl or en

	// Methods are the ways to pay that are offered, in this order: "ideal",
	// "card", "sepa_debit". None is a card only.
	Methods []string
}

// CheckoutLine is one row of a checkout, more than zero cents.
type CheckoutLine struct {
	Text   string
	Amount Cents
}

// CheckoutState is how a checkout is.
type CheckoutState string

// The states of a checkout.
const (
	CheckoutOpen    CheckoutState = "open"
	CheckoutPaid    CheckoutState = "paid"
	CheckoutWaiting CheckoutState = "waiting" // finished, and the money is not sure yet
	CheckoutFailed  CheckoutState = "failed"  // finished, and the money never came
	CheckoutExpired CheckoutState = "expired"
)

// CheckoutPage is a checkout on the other side.
type CheckoutPage struct {
	ID     string
	URL    string // while it is open
	State  CheckoutState
	Bill   Reference
	Amount Cents
	Intent string // once it is paid
}

// Charge is money that a client paid.
type Charge struct {
	ID       string
	Amount   Cents // without what was given back, and what the client's bank asks back
	Fee      Cents // what the gateway keeps of it
	Refunded Cents // what was given back
	Disputed Cents // what the client's bank asks back, unless it was refused
	Method   string
	Sure     bool // a direct debit is not, as long as the client may simply take it back

	Available time.Time // from when what came may be spent
}

// Whole is what the client paid, also when some of it went back before we heard
// of the payment.
func (c Charge) Whole() Cents { return c.Amount + c.Refunded + c.Disputed }

// Transfer brings money to a member's account.
type Transfer struct {
	Payout  Reference
	Account string // of the member
	Charge  string // of which it is a part; "" is an advance, from what is available
	Amount  Cents

	// Group is a label without meaning for the gateway, of an advance only: a part
	// of a charge has that of the charge.
	Group string
}

// PayoutOrder sends money from a member's account to their bank.
type PayoutOrder struct {
	Payout  Reference
	Account string
	Amount  Cents
	Bank    string // where to: of the account's banks the one that was looked at
	Instant bool   // within the hour, where the bank can
}

// PayoutState is how a payout is on the other side.
type PayoutState string

// The states of a payout there. A paid one may still fail, days later.
const (
	PayoutMoving PayoutState = "moving"
	PayoutPaid   PayoutState = "paid"
	PayoutFailed PayoutState = "failed"
)

// Event is something that happened on the other side. Only its kind and the
// object's id are used: how the object is, is asked again.
type Event struct {
	ID      string
	Account string // of a member; "" is the cooperative's own
	Kind    string
	Object  string // the id of what it is about
	At      time.Time
}

// Errors of a Gateway.
var (
	ErrForged       = errors.New("payments: not signed by whom it says")
	ErrOtherVersion = errors.New("payments: an event in words of another version")
	ErrOtherMode    = errors.New("payments: a test event beside real money, or the other way round")
	ErrUnknownThere = errors.New("payments: the gateway does not know this")
)

// Refused is a call that the gateway understood and did not do. With a new key
// it may be tried again.
type Refused struct {
	Code string // the gateway's own word, such as "balance_insufficient"
}

func (e *Refused) Error() string { return fmt.Sprintf("payments: refused by the gateway: %s", e.Code) }
