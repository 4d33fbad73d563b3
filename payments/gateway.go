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

	// OpenAccount makes the account over which a member is paid.
	OpenAccount(ctx context.Context, key string, payee Reference) (account string, err error)
	// Transfer brings money of a charge to a member's account.
	Transfer(ctx context.Context, key string, t Transfer) (id string, err error)
	// FindTransfer looks whether a transfer with this reference was made.
	FindTransfer(ctx context.Context, ref Reference) (id string, found bool, err error)
	// PayOut sends what is on a member's account to the member's bank.
	PayOut(ctx context.Context, key string, p PayoutOrder) (id string, err error)
	// FindPayout looks whether a payout with this reference was made.
	FindPayout(ctx context.Context, account string, ref Reference) (id string, found bool, err error)
	// PayoutState says how a payout is, as the bank sees it today.
	PayoutState(ctx context.Context, account, id string) (PayoutState, error)

	// Balance is all that an account has: on its way or available. No account is
	// the cooperative's own.
	Balance(ctx context.Context, account string) (Cents, error)

	// ReadEvent believes what carries a fresh signature made with one of the
	// endpoint's secrets. It returns ErrOtherMode for what is about the other kind
	// of money, and ErrForged for everything else.
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
	ID     string
	Amount Cents // without what was given back
	Fee    Cents // what the gateway keeps of it
}

// Transfer is one member's part of a charge.
type Transfer struct {
	Payout  Reference
	Account string // of the member
	Charge  string // of which it is a part
	Amount  Cents
}

// PayoutOrder sends money from a member's account to their bank.
type PayoutOrder struct {
	Payout  Reference
	Account string
	Amount  Cents
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
	ErrOtherMode    = errors.New("payments: a test event beside real money, or the other way round")
	ErrUnknownThere = errors.New("payments: the gateway does not know this")
)

// Refused is a call that the gateway understood and did not do. With a new key
// it may be tried again.
type Refused struct {
	Code string // the gateway's own word, such as "balance_insufficient"
}

func (e *Refused) Error() string { return fmt.Sprintf("payments: refused by the gateway: %s", e.Code) }
