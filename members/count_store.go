package members

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func countPeople(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, trialsUntil Day) (PeopleCount, error) {
	const query = `
		SELECT (SELECT count(*) FROM members.member WHERE cooperative_id = $1 AND state IN ('trial', 'member')),
			(SELECT count(*) FROM members.client WHERE cooperative_id = $1 AND state = 'approved'),
			(SELECT count(*) FROM members.member WHERE cooperative_id = $1 AND state = 'trial' AND trial_until <= $2::date),
			(SELECT count(*) FROM members.client WHERE cooperative_id = $1 AND state = 'asked'),
			(SELECT count(*) FROM members.review WHERE cooperative_id = $1 AND state <> 'answered'),
			(SELECT count(*) FROM members.review WHERE cooperative_id = $1 AND state <> 'answered' AND escalated_at IS NOT NULL)`
	var count PeopleCount
	err := db.QueryRow(ctx, query, c, string(trialsUntil)).Scan(&count.Members, &count.Clients, &count.TrialsEnd, &count.Asked, &count.Reviews, &count.Late)
	return count, err
}
