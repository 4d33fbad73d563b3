package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func listContacts(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, client ClientID) ([]Contact, error) {
	const query = `
		SELECT r.id, p.id, p.name, p.email, r.duty, EXISTS (SELECT FROM members.restriction x
			WHERE x.cooperative_id = r.cooperative_id AND x.person_id = r.person_id AND x.lifted_at IS NULL)
		FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.client_id = $2 AND r.ended_at IS NULL ORDER BY p.name, r.id`
	rows, err := db.Query(ctx, query, c, client)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Contact])
}

// findContact finds a role of the acting contact's client that has not ended.
func findContact(ctx context.Context, tx pgx.Tx, by Actor, role RoleID) (person PersonID, duty Duty, err error) {
	const query = `
		SELECT person_id, duty FROM members.role
		WHERE cooperative_id = $1 AND client_id = $2 AND id = $3 AND ended_at IS NULL`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Client, role).Scan(&person, &duty)
	return person, duty, notFound(err)
}

func countManagers(ctx context.Context, tx pgx.Tx, by Actor) (n int, err error) {
	const query = `
		SELECT count(*) FROM members.role
		WHERE cooperative_id = $1 AND client_id = $2 AND duty = 'manager' AND ended_at IS NULL`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Client).Scan(&n)
	return n, err
}

func endRole(ctx context.Context, tx pgx.Tx, c id.Cooperative, role RoleID, now time.Time) error {
	const query = `UPDATE members.role SET ended_at = greatest(created_at, $3) WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, role, now)
	return err
}
