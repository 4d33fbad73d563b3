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
			(SELECT count(*) FROM members.client WHERE cooperative_id = $1 AND state = 'asked'),
			(SELECT count(*) FROM members.review WHERE cooperative_id = $1 AND state <> 'answered'),
			(SELECT count(*) FROM members.review WHERE cooperative_id = $1 AND state <> 'answered' AND escalated_at IS NOT NULL)`
	var count PeopleCount
	err := db.QueryRow(ctx, query, c).Scan(&count.Members, &count.Clients, &count.Asked, &count.Reviews, &count.Late)
	return count, err
}
