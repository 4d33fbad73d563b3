package members

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// NamedOnRecords reports whether the acting contact's client lets members name it
// on their records of work. It returns ErrNotFound to who is no contact.
func (s *Service) NamedOnRecords(ctx context.Context, by Actor) (named bool, err error) {
	return findNamedOnRecords(ctx, s.db, by)
}

// NameOnRecords lets the acting manager's client be named on records of work, or
// not any more. What was downloaded before stays as it is. It returns ErrNotFound
// to everybody else, and ErrRestricted.
func (s *Service) NameOnRecords(ctx context.Context, by Actor, named bool) error {
	return s.manageTx(ctx, by, func(tx pgx.Tx) error {
		changed, err := updateNamedOnRecords(ctx, tx, by, named)
		if err != nil || !changed {
			return err
		}
		what := "client_named"
		if !named {
			what = "client_not_named"
		}
		return s.AuditTx(ctx, tx, Deed{By: by, What: what, Ref: clientRef(by.Client)})
	})
}
