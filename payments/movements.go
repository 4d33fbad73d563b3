package payments

import (
	"context"
	"slices"
	"strings"
	"time"

	"meent/internal/id"
	"meent/members"
)

// Movement is a posting as pages tell of it.
type Movement struct {
	Entry   EntryID
	Cause   Cause
	Subject Reference
	At      time.Time
	From    Account
	To      Account
	Amount  Cents
	By      members.RoleID // who asked for it by hand; zero: nobody
}

// BillMovements lists what moved for a bill, the oldest first: what the client
// paid, and how it was shared. It is for the acting client's own bills, and for a
// coordinator all. It returns members.ErrNotFound.
func (s *Service) BillMovements(ctx context.Context, by members.Actor, bill BillID) ([]Movement, error) {
	if _, err := findBill(ctx, s.db, by, bill); err != nil {
		return nil, err
	}
	return listMovements(ctx, s.db, by.Cooperative, BillHeld(bill), nil, "")
}

// EarningMovements lists what moved for the acting member's wage for one piece of
// work, the oldest first: the whole bill, so that they see what the cooperative
// received, and then their own money until it is at the bank. It returns
// members.ErrNotFound.
func (s *Service) EarningMovements(ctx context.Context, by members.Actor, ref Reference) ([]Movement, error) {
	bill, payout, err := findEarningIDs(ctx, s.db, by.Cooperative, by.Member, ref)
	if err != nil {
		return nil, err
	}
	var about []Reference
	if !payout.IsZero() {
		about = append(about, Reference(payout.String()))
	}
	return listMovements(ctx, s.db, by.Cooperative, BillHeld(bill), about, memberPrefix(by.Member))
}

// memberPrefix begins all addresses of a member.
func memberPrefix(m members.MemberID) string { return string(MemberAccount(m, "")) }

// Balances gives what is on these accounts. A member and a client may ask for
// their own, a coordinator for all of the cooperative: for any other it returns
// members.ErrNotFound.
func (s *Service) Balances(ctx context.Context, by members.Actor, accounts ...Account) (map[Account]Cents, error) {
	if slices.ContainsFunc(accounts, func(a Account) bool { return !mayRead(by, a) }) {
		return nil, members.ErrNotFound
	}
	return readBalances(ctx, s.db, by.Cooperative, accounts)
}

func mayRead(by members.Actor, a Account) bool {
	switch by.Kind {
	case members.RoleCoordinator:
		return true
	case members.RoleMember:
		return !by.Member.IsZero() && strings.HasPrefix(string(a), memberPrefix(by.Member))
	case members.RoleClient:
		return !by.Client.IsZero() && (a == ClientAccount(by.Client) || a == ClientBack(by.Client))
	}
	return false
}

// AtGatewayNow is what the ledger says to be on a cooperative's own account at the
// gateway, available or on its way there: minus what is outside.
func (s *Service) AtGatewayNow(ctx context.Context, c id.Cooperative) (Cents, error) {
	return sumInside(ctx, s.db, c)
}
