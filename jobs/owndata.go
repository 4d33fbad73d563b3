package jobs

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/owndata"
	"meent/members"
)

// ExportTx gives all that this domain keeps about a person: see
// members.ExportTx.
func (s *Service) ExportTx(ctx context.Context, tx pgx.Tx, person members.PersonID) ([]owndata.Table, error) {
	tables, err := owndata.ReadTx(ctx, tx, person, slices.Concat(ownQueries(), ownAfter(), ownSaved()))
	if err != nil {
		return nil, err
	}
	return tables, s.people.OpenTables(ctx, tx, person, tables)
}
