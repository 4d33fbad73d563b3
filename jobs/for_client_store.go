package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// noContact holds for a gig (g) of a client of whom nobody can sign in.
const noContact = `NOT EXISTS (SELECT FROM members.role cr WHERE cr.cooperative_id = g.cooperative_id AND cr.client_id = g.client_id AND cr.ended_at IS NULL)`

func hasContacts(ctx context.Context, tx pgx.Tx, c id.Cooperative, client members.ClientID) (there bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM members.role WHERE cooperative_id = $1 AND client_id = $2 AND ended_at IS NULL)`
	return there, tx.QueryRow(ctx, query, c, client).Scan(&there)
}

func listForClients(ctx context.Context, db querier, c id.Cooperative) ([]Work, error) {
	const query = works + ` AND e.state = 'finished' AND t.state = 'member_proposed' AND ` + noContact + `
		ORDER BY t.proposed_at, e.id LIMIT 200`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanWork)
}
