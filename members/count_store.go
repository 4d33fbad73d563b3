package members

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func countPeople(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) (PeopleCount, error) {
	const query = `
		SELECT (SELECT count(*) FROM members.member WHERE cooperative_id = $1),
			(SELECT count(*) FROM members.client WHERE cooperative_id = $1 AND state = 'approved'),
			(SELECT count(*) FROM members.client WHERE cooperative_id = $1 AND state = 'asked')`
	var count PeopleCount
	err := db.QueryRow(ctx, query, c).Scan(&count.Members, &count.Clients, &count.Asked)
	return count, err
}
