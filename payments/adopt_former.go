package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// adoptFormer looks for a wage that was brought to an account which is gone since: the
// answer got lost, and the member has another account now. It is recorded where it went,
// if exactly this was asked for: then it is Stranded, and a person finds out where the
// money is. Of one that is not found nothing is concluded: the gateway may say less of an
// account that is gone, and a wage must not leave twice.
func (s *Service) adoptFormer(ctx context.Context, c id.Cooperative, p Payout) error {
	if p.transfer != "" {
		return nil
	}
	accounts, err := listFormerAccounts(ctx, s.db, c, p)
	if err != nil {
		return err
	}
	for _, account := range accounts {
		p.account = account
		e := s.transferring(c, p)
		noted, err := findErrand(ctx, s.db, e)
		if err != nil {
			return ignoreNotFound(err)
		}
		if noted.hash == nil || noted.asksOther(e) { // it was not asked for there
			continue
		}
		outside, err := s.adoptErrand(ctx, e)
		finish := func(ctx context.Context, tx pgx.Tx) error { return s.transferredTx(ctx, tx, c, p, outside) }
		if err := s.record(ctx, finish, err); err != nil {
			return err
		}
	}
	return nil
}
