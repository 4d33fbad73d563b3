package members

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// lockOwnRole keeps the role as it is, and waits for who restricts the person
// at this moment. Only what is read after that is true.
func lockOwnRole(ctx context.Context, tx pgx.Tx, by Actor) error {
	const query = `
		SELECT id FROM members.role
		WHERE cooperative_id = $1 AND id = $2 AND ended_at IS NULL FOR SHARE`
	var found RoleID
	return notFound(tx.QueryRow(ctx, query, by.Cooperative, by.Role).Scan(&found))
}

func findMay(ctx context.Context, tx pgx.Tx, by Actor) (client ClientState, restricted bool, err error) {
	const query = `
		SELECT coalesce(c.state, ''), EXISTS (SELECT FROM members.restriction x
			WHERE x.cooperative_id = r.cooperative_id AND x.person_id = r.person_id AND x.lifted_at IS NULL)
		FROM members.role r
		LEFT JOIN members.client c ON c.cooperative_id = r.cooperative_id AND c.id = r.client_id
		WHERE r.cooperative_id = $1 AND r.id = $2`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Role).Scan(&client, &restricted)
	return client, restricted, err
}
