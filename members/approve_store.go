package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func lockClient(ctx context.Context, tx pgx.Tx, c id.Cooperative, client ClientID) (state ClientState, err error) {
	const query = `SELECT state FROM members.client WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	err = tx.QueryRow(ctx, query, c, client).Scan(&state)
	return state, notFound(err)
}

// updateClientState keeps the reason of a refusal, also when a review turned it.
func updateClientState(ctx context.Context, tx pgx.Tx, by Actor, client ClientID, to ClientState, why []byte, about PersonID, now time.Time) error {
	const query = `
		UPDATE members.client SET state = $3, decided_by = $4, decided_at = $5, refused_why = coalesce($6, refused_why),
			refused_to = CASE WHEN $6::bytea IS NULL THEN refused_to ELSE $7 END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, client, string(to), by.Person, now, why, about)
	return err
}

// findAsker is the contact who is there the longest; zero when all have left.
func findAsker(ctx context.Context, tx pgx.Tx, c id.Cooperative, client ClientID) (person PersonID, err error) {
	const query = `
		SELECT person_id FROM members.role
		WHERE cooperative_id = $1 AND client_id = $2 AND ended_at IS NULL ORDER BY created_at, id LIMIT 1`
	err = tx.QueryRow(ctx, query, c, client).Scan(&person)
	if errors.Is(err, pgx.ErrNoRows) {
		return person, nil
	}
	return person, err
}

func findClient(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, client ClientID) (p ClientPage, refused SealedText, err error) {
	const query = `
		SELECT c.id, c.name, c.kind, c.place_code, p.name, c.address, c.state, c.created_at,
			coalesce(c.decided_at, '0001-01-01 00:00:00Z'), coalesce(who.name, ''), c.refused_why, c.refused_to
		FROM members.client c
		JOIN members.place p ON p.code = c.place_code
		LEFT JOIN members.person who ON who.id = c.decided_by
		WHERE c.cooperative_id = $1 AND c.id = $2`
	err = db.QueryRow(ctx, query, c, client).Scan(&p.ID, &p.Name, &p.Kind, &p.PlaceCode, &p.PlaceName, &p.Address, &p.State, &p.Since,
		&p.Decided, &p.DecidedBy, &refused.Sealed, &refused.Person)
	refused.Column = refusedColumn(p.ID)
	return p, refused, notFound(err)
}

func listClientPersons(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, client ClientID) ([]Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale
		FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.client_id = $2 AND r.ended_at IS NULL ORDER BY p.id`
	rows, err := db.Query(ctx, query, c, client)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Person])
}
