package members

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// SoleContact holds for a client cl for whom the person $1 acts, and nobody else.
const SoleContact = `
	EXISTS (SELECT FROM members.role r
		WHERE r.cooperative_id = cl.cooperative_id AND r.client_id = cl.id AND r.person_id = $1 AND r.ended_at IS NULL)
	AND NOT EXISTS (SELECT FROM members.role o
		WHERE o.cooperative_id = cl.cooperative_id AND o.client_id = cl.id AND o.person_id <> $1 AND o.ended_at IS NULL)`

func findHolds(ctx context.Context, tx pgx.Tx, person PersonID) (holds []Hold, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM members.review WHERE asked_by = $1 AND state <> 'answered'),
			EXISTS (SELECT FROM members.role mine
				WHERE mine.person_id = $1 AND mine.kind = 'coordinator' AND mine.ended_at IS NULL AND NOT EXISTS (SELECT FROM members.role r
					WHERE r.cooperative_id = mine.cooperative_id AND r.kind = 'coordinator' AND r.person_id <> $1 AND ` + unrestricted + `))`
	var review, only bool
	err = tx.QueryRow(ctx, query, person).Scan(&review, &only)
	if review {
		holds = append(holds, ReviewOpen)
	}
	if only {
		holds = append(holds, OnlyCoordinator)
	}
	return holds, err
}
