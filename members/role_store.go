package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func ensureRole(ctx context.Context, tx pgx.Tx, newID RoleID, n NewRole, now time.Time) (RoleID, error) {
	const insert = `
		INSERT INTO members.role (id, cooperative_id, person_id, kind, client_id, created_at, duty)
		VALUES ($1, $2, $3, $4, $5, $6, CASE
			WHEN $4 <> 'client' THEN NULL WHEN $7 <> '' THEN $7
			WHEN EXISTS (SELECT FROM members.role m WHERE m.cooperative_id = $2 AND m.client_id = $5 AND m.duty = 'manager' AND m.ended_at IS NULL)
			THEN 'contact' ELSE 'manager' END)
		ON CONFLICT ON CONSTRAINT role_once DO UPDATE SET ended_at = NULL, duty = excluded.duty WHERE role.ended_at IS NOT NULL`
	if _, err := tx.Exec(ctx, insert, newID, n.Cooperative, n.Person, string(n.Kind), n.Client, now, string(n.Duty)); err != nil {
		return RoleID{}, err
	}
	const query = `
		SELECT id FROM members.role
		WHERE cooperative_id = $1 AND person_id = $2 AND kind = $3 AND client_id IS NOT DISTINCT FROM $4`
	var found RoleID
	err := tx.QueryRow(ctx, query, n.Cooperative, n.Person, n.Kind, n.Client).Scan(&found)
	return found, err
}

func listRoles(ctx context.Context, db *pgxpool.Pool, person PersonID) ([]Role, error) {
	const query = `
		SELECT r.id, r.kind, r.cooperative_id, c.name, coalesce(cl.name, '')
		FROM members.role r
		JOIN members.cooperative c ON c.id = r.cooperative_id
		LEFT JOIN members.client cl ON cl.cooperative_id = r.cooperative_id AND cl.id = r.client_id
		WHERE r.person_id = $1 AND r.ended_at IS NULL
		ORDER BY c.name, r.kind, cl.name, r.id`
	rows, err := db.Query(ctx, query, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r Role, err error) {
		err = row.Scan(&r.ID, &r.Kind, &r.Cooperative, &r.CooperativeName, &r.ClientName)
		return r, err
	})
}
