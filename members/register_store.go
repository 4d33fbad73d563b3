package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// countWaitingClients counts the requests of the person that nobody answered.
func countWaitingClients(ctx context.Context, tx pgx.Tx, c id.Cooperative, person PersonID) (n int, err error) {
	const query = `
		SELECT count(*) FROM members.role r
		JOIN members.client cl ON cl.cooperative_id = r.cooperative_id AND cl.id = r.client_id
		WHERE r.person_id = $2 AND r.cooperative_id = $1 AND cl.state = 'asked'`
	err = tx.QueryRow(ctx, query, c, person).Scan(&n)
	return n, err
}
