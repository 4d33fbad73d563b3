package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/owndata"
	"meent/members"
)

// ExportTx gives all that this domain keeps about a person: see
// members.ExportTx.
func (s *Service) ExportTx(ctx context.Context, tx pgx.Tx, person members.PersonID) ([]owndata.Table, error) {
	return owndata.ReadTx(ctx, tx, person, ownQueries())
}
