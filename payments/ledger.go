package payments

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// Account is the address of a place where money is, within one cooperative.
type Account string

// The accounts. Money comes from a client, is held for one bill until it is
// shared, and reaches a member in four steps: owed, on the member's account at
// the gateway, on its way, and at the bank.
const (
	Contribution Account = "coop:contribution"
	Costs        Account = "coop:costs" // below zero: what the cooperative paid to others
	GatewayFees  Account = "stripe:fees"
)

func clientAccount(c members.ClientID) Account { return Account("client:" + c.String()) }
func heldAccount(b BillID) Account             { return Account("bill:" + b.String() + ":held") }

// memberAccount is one of the four steps.
func memberAccount(m members.MemberID, step string) Account {
	return Account("member:" + m.String() + ":" + step)
}

const (
	payable = "payable"
	gateway = "stripe"
	transit = "transit"
	bank    = "bank"
)

// Posting is one movement of money in the ledger. Its direction is from source
// to destination; the amount is above zero.
type Posting struct {
	Key         string // what happened: the same key moves money once
	Source      Account
	Destination Account
	Amount      Cents
}

// ErrOtherPosting is returned for a key that was used for another movement.
var ErrOtherPosting = errors.New("payments: this key moved other money before")

// postTx writes the movements that are not there yet. It returns ErrOtherPosting
// when one of the keys means something else.
func (s *Service) postTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, postings ...Posting) error {
	for _, p := range postings {
		there, err := insertPosting(ctx, tx, c, id.New[Posting](s.random), p, s.now())
		if err != nil {
			return err
		}
		if there != p {
			return ErrOtherPosting
		}
	}
	return nil
}
