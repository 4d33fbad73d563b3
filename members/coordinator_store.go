package members

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// unrestricted holds for a role whose person may act in it.
const unrestricted = `r.ended_at IS NULL AND NOT EXISTS (SELECT FROM members.restriction x
	WHERE x.cooperative_id = r.cooperative_id AND x.person_id = r.person_id AND x.lifted_at IS NULL)`

// countOtherCoordinators counts those who neither asked nor decided.
func countOtherCoordinators(ctx context.Context, db rower, r Review) (n int, err error) {
	const query = `
		SELECT count(*) FROM members.role r
		WHERE r.cooperative_id = $1 AND r.kind = 'coordinator' AND r.person_id NOT IN ($2, $3) AND ` + unrestricted
	err = db.QueryRow(ctx, query, r.Cooperative, r.AskedBy, r.DecidedBy).Scan(&n)
	return n, err
}

// isCoordinator reports whether the person coordinates anywhere.
func isCoordinator(ctx context.Context, tx pgx.Tx, person PersonID) (is bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM members.role WHERE person_id = $1 AND kind = 'coordinator' AND ended_at IS NULL)`
	return is, tx.QueryRow(ctx, query, person).Scan(&is)
}

// listCoordinators lists the coordinators of a cooperative but one.
func listCoordinators(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, but PersonID) ([]Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale
		FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.kind = 'coordinator' AND p.id IS DISTINCT FROM $2 AND ` + unrestricted + ` ORDER BY p.id`
	rows, err := db.Query(ctx, query, c, but)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Person])
}

func listPersons(ctx context.Context, db *pgxpool.Pool, who PersonID) ([]Person, error) {
	rows, err := db.Query(ctx, `SELECT id, email, name, locale FROM members.person WHERE id = $1`, who)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Person])
}
