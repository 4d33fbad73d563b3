package members

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func listEveryone(ctx context.Context, db *pgxpool.Pool) ([]PersonRole, error) {
	const query = `
		SELECT p.id, p.name, p.email, r.id, r.kind, r.cooperative_id, c.name, coalesce(cl.name, '')
		FROM members.role r
		JOIN members.person p ON p.id = r.person_id
		JOIN members.cooperative c ON c.id = r.cooperative_id
		LEFT JOIN members.client cl ON cl.cooperative_id = r.cooperative_id AND cl.id = r.client_id
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

func listCooperatives(ctx context.Context, db *pgxpool.Pool) ([]Cooperative, error) {
	rows, err := db.Query(ctx, `SELECT id, name FROM members.cooperative ORDER BY name`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (c Cooperative, err error) {
		err = row.Scan(&c.ID, &c.Name)
		return c, err
	})
}

func lockEmpty(ctx context.Context, tx pgx.Tx) (bool, error) {
	if _, err := tx.Exec(ctx, `LOCK TABLE members.cooperative IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return false, err
	}
	var first id.Cooperative
	err := notFound(tx.QueryRow(ctx, `SELECT id FROM members.cooperative LIMIT 1`).Scan(&first))
	if err == ErrNotFound {
		return true, nil
	}
	return false, err
}
