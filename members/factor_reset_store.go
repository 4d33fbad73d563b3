package members

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

const selectWaysIn = `
	SELECT p.id, p.name, p.email, array_agg(DISTINCT r.kind ORDER BY r.kind),
		(SELECT count(*) FROM members.passkey k WHERE k.person_id = p.id),
		EXISTS (SELECT FROM members.code_app a WHERE a.person_id = p.id AND a.confirmed_at IS NOT NULL),
		(SELECT count(*) FROM members.recovery_code c WHERE c.person_id = p.id),
		EXISTS (SELECT FROM members.phone n WHERE n.person_id = p.id)
	FROM members.person p
	JOIN members.role r ON r.person_id = p.id
	WHERE r.cooperative_id = $1 AND r.ended_at IS NULL AND p.erased_at IS NULL`

func listWaysIn(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]WayIn, error) {
	rows, err := db.Query(ctx, selectWaysIn+` GROUP BY p.id ORDER BY p.name, p.id`, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (WayIn, error) { return scanWayIn(row) })
}

// worksElsewhere reports whether the person is a coach or coordinator of another
// cooperative.
func worksElsewhere(ctx context.Context, tx pgx.Tx, c id.Cooperative, person PersonID) (elsewhere bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM members.role
			WHERE person_id = $2 AND cooperative_id <> $1 AND kind IN ('coach', 'coordinator') AND ended_at IS NULL)`
	return elsewhere, tx.QueryRow(ctx, query, c, person).Scan(&elsewhere)
}

func findWayIn(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, person PersonID) (WayIn, error) {
	return scanWayIn(db.QueryRow(ctx, selectWaysIn+` AND p.id = $2 GROUP BY p.id`, c, person))
}

func scanWayIn(row pgx.Row) (w WayIn, err error) {
	err = row.Scan(&w.Person, &w.Name, &w.Email, &w.Kinds, &w.Has.Passkeys, &w.Has.App, &w.Has.Spare, &w.Phone)
	return w, notFound(err)
}

// deleteFactors takes everything away with which the person shows who they are
// besides a mail, and what was under way.
func deleteFactors(ctx context.Context, tx pgx.Tx, person PersonID) error {
	for _, query := range []string{
		`DELETE FROM members.passkey WHERE person_id = $1`,
		`DELETE FROM members.passkey_challenge WHERE person_id = $1`,
		`DELETE FROM members.code_app WHERE person_id = $1`,
		`DELETE FROM members.recovery_code WHERE person_id = $1`,
		`DELETE FROM members.factor_guess WHERE person_id = $1`,
		`DELETE FROM members.email_change WHERE person_id = $1 AND used_at IS NULL`,
		`DELETE FROM members.phone WHERE person_id = $1`,
		`DELETE FROM members.phone_change WHERE person_id = $1`,
	} {
		if _, err := tx.Exec(ctx, query, person); err != nil {
			return err
		}
	}
	return nil
}
