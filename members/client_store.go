package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/check"
	"meent/internal/id"
)

func insertClient(ctx context.Context, tx pgx.Tx, client ClientID, n NewClient, state ClientState, now time.Time) error {
	const query = `
		INSERT INTO members.client (id, cooperative_id, name, kind, place_code, address, state, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	_, err := tx.Exec(ctx, query, client, n.Cooperative, n.Name, n.Kind, n.PlaceCode, n.Address, string(state), now)
	switch {
	case broke(err, "client_place"):
		return check.Problems{{Field: "place", Rule: "unknown_place"}}
	case broke(err, "client_cooperative"):
		return check.Problems{{Field: "cooperative", Rule: "not_a_choice"}}
	}
	return err
}

const clientColumns = `
	SELECT c.id, c.name, c.kind, c.place_code, p.name, c.address, c.state, c.created_at
	FROM members.client c JOIN members.place p ON p.code = c.place_code
	WHERE c.cooperative_id = $1`

func scanClient(row pgx.CollectableRow) (c Client, err error) {
	err = row.Scan(&c.ID, &c.Name, &c.Kind, &c.PlaceCode, &c.PlaceName, &c.Address, &c.State, &c.Since)
	return c, err
}

func listClients(ctx context.Context, db *pgxpool.Pool, cooperative id.Cooperative) ([]Client, error) {
	const query = clientColumns + ` ORDER BY c.state <> 'asked', CASE WHEN c.state = 'asked' THEN c.created_at END, c.name, c.id`
	rows, err := db.Query(ctx, query, cooperative)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanClient)
}
