package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// HoldsTx gives what of this domain keeps the person from being erased now: money
// that is not at their bank yet, an advance that is not earned yet, a wage that is asked
// back or may be, since it ends with a reason that only a key of theirs seals, and what a client
// owes for whom nobody else acts, paid beforehand, gets back or disputes.
func (s *Service) HoldsTx(ctx context.Context, tx pgx.Tx, person members.PersonID) ([]members.Hold, error) {
	return findHolds(ctx, tx, person)
}

// EraseTx takes out what the person wrote about a client's bills. Of the rest it
// erases nothing: wages, bills, payouts and postings stay for seven years,
// as the law on taxes wants, under the person's pseudonym. So does the number of
// their account at the gateway: a bank may send money back days later. It gives
// the clients that have bills: the law wants to know who owed them. See
// members.EraseTx.
func (s *Service) EraseTx(ctx context.Context, tx pgx.Tx, e members.Erasing) (billed []members.ClientID, err error) {
	if err := emptyObjections(ctx, tx, e.Person); err != nil {
		return nil, err
	}
	return listBilled(ctx, tx, e.Person)
}
