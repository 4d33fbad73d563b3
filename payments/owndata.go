package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/owndata"
	"meent/members"
)

// ExportTx gives all that this domain keeps about a person: see
// members.ExportTx. Of what a client owes there is only what its own page shows.
func (s *Service) ExportTx(ctx context.Context, tx pgx.Tx, person members.PersonID) ([]owndata.Table, error) {
	tables, err := owndata.ReadTx(ctx, tx, person, ownQueries())
	if err != nil {
		return nil, err
	}
	return tables, s.people.OpenTables(ctx, tx, person, tables)
}
