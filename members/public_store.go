package members

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

const publicCooperatives = `
	SELECT c.id, c.name, c.created_at
	FROM members.settings s JOIN members.cooperative c ON c.id = s.cooperative_id
	WHERE s.public_since IS NOT NULL`

func findPublic(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) (found PublicCooperative, err error) {
	err = db.QueryRow(ctx, publicCooperatives+` AND s.cooperative_id = $1`, c).Scan(&found.ID, &found.Name, &found.Founded)
	return found, notFound(err)
}

func listPublic(ctx context.Context, db *pgxpool.Pool) ([]PublicCooperative, error) {
	rows, err := db.Query(ctx, publicCooperatives+` ORDER BY c.name, c.id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (c PublicCooperative, err error) {
		err = row.Scan(&c.ID, &c.Name, &c.Founded)
		return c, err
	})
}
