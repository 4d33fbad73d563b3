package members

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func listNames(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, persons []PersonID) (map[PersonID]string, error) {
	const query = `
		SELECT p.id, p.name FROM members.person p
		WHERE p.id = ANY ($2) AND EXISTS (SELECT FROM members.role r WHERE r.person_id = p.id AND r.cooperative_id = $1 AND r.ended_at IS NULL)`
	rows, err := db.Query(ctx, query, c, persons)
	if err != nil {
		return nil, err
	}
	names := map[PersonID]string{}
	var person PersonID
	var name string
	_, err = pgx.ForEachRow(rows, []any{&person, &name}, func() error {
		names[person] = name
		return nil
	})
	return names, err
}
