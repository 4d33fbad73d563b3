package members

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func listEveryone(ctx context.Context, db *pgxpool.Pool) ([]PersonRole, error) {
	const query = `
		SELECT p.id, p.name, p.email, r.id, r.kind, r.cooperative_id, c.name, coalesce(cl.name, '')
		FROM members.role r
		JOIN members.person p ON p.id = r.person_id
		JOIN members.cooperative c ON c.id = r.cooperative_id
		LEFT JOIN members.client cl ON cl.cooperative_id = r.cooperative_id AND cl.id = r.client_id
		WHERE r.ended_at IS NULL
		ORDER BY c.name, r.kind, p.name, r.id`
	rows, err := db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p PersonRole, err error) {
		err = row.Scan(&p.Person, &p.Name, &p.Email, &p.Role.ID, &p.Role.Kind,
			&p.Role.Cooperative, &p.Role.CooperativeName, &p.Role.ClientName)
		return p, err
	})
}
