package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// lockRolesOf locks what the actor and the person are in the cooperative. It
// returns ErrNotFound for a person who is nothing there.
func lockRolesOf(ctx context.Context, tx pgx.Tx, by Actor, person PersonID) error {
	const query = `
		SELECT person_id FROM members.role
		WHERE cooperative_id = $1 AND person_id IN ($2, $3) AND ended_at IS NULL ORDER BY id FOR NO KEY UPDATE`
	rows, err := tx.Query(ctx, query, by.Cooperative, by.Person, person)
	if err != nil {
		return err
	}
	found, who := false, PersonID{}
	_, err = pgx.ForEachRow(rows, []any{&who}, func() error {
		found = found || who == person
		return nil
	})
	if err == nil && !found {
		err = ErrNotFound
	}
	return err
}

func insertRestriction(ctx context.Context, tx pgx.Tx, by Actor, r Restriction, why []byte) error {
	const query = `
		INSERT INTO members.restriction (id, cooperative_id, person_id, by_id, by_role, by_kind, why, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	_, err := tx.Exec(ctx, query, r.ID, r.Cooperative, r.Person, by.Person, by.Role, string(by.Kind), why, r.At)
	if broke(err, "restriction_one") {
		return ErrDecided
	}
	return err
}

func updateLifted(ctx context.Context, tx pgx.Tx, by Actor, r RestrictionID, why []byte, now time.Time) error {
	const query = `
		UPDATE members.restriction SET lifted_by = $3, lifted_role = $4, lifted_kind = $5, lifted_why = $6, lifted_at = $7
		WHERE cooperative_id = $1 AND id = $2 AND lifted_at IS NULL`
	_, err := tx.Exec(ctx, query, by.Cooperative, r, by.Person, by.Role, string(by.Kind), why, now)
	return err
}

const restrictionColumns = `
	SELECT x.id, x.cooperative_id, c.name, x.person_id, b.name, x.why, x.at,
		coalesce(x.lifted_at, '0001-01-01 00:00:00Z'), coalesce(l.name, ''), x.lifted_why`

const restrictionTables = `
	FROM members.restriction x
	JOIN members.cooperative c ON c.id = x.cooperative_id
	JOIN members.person b ON b.id = x.by_id
	LEFT JOIN members.person l ON l.id = x.lifted_by `

func scanRestriction(row pgx.Row, more ...any) (r keptRestriction, err error) {
	err = row.Scan(append([]any{&r.ID, &r.Cooperative, &r.CooperativeName, &r.Person, &r.By, &r.why, &r.At, &r.Lifted, &r.LiftedBy, &r.lifted}, more...)...)
	return r, notFound(err)
}

func findRestriction(ctx context.Context, db *pgxpool.Pool, person PersonID, restriction RestrictionID) (keptRestriction, error) {
	const query = restrictionColumns + restrictionTables + `WHERE x.person_id = $1 AND x.id = $2`
	return scanRestriction(db.QueryRow(ctx, query, person, restriction))
}

// findHolding finds the restriction that holds; who calls it holds the lock of
// the person's roles.
func findHolding(ctx context.Context, tx pgx.Tx, c id.Cooperative, person PersonID) (Restriction, error) {
	const query = restrictionColumns + restrictionTables + `WHERE x.cooperative_id = $1 AND x.person_id = $2 AND x.lifted_at IS NULL`
	kept, err := scanRestriction(tx.QueryRow(ctx, query, c, person))
	return kept.Restriction, err
}

func findToldRestriction(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, restriction RestrictionID) (r Restriction, who Person, err error) {
	const query = restrictionColumns + `, who.id, who.email, who.name, who.locale` + restrictionTables + `
		JOIN members.person who ON who.id = x.person_id WHERE x.cooperative_id = $1 AND x.id = $2`
	kept, err := scanRestriction(db.QueryRow(ctx, query, c, restriction), &who.ID, &who.Email, &who.Name, &who.Locale)
	return kept.Restriction, who, err
}

func listRestrictions(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, person PersonID) ([]keptRestriction, error) {
	const query = restrictionColumns + restrictionTables + `
		WHERE x.cooperative_id = $1 AND x.person_id = $2 ORDER BY x.lifted_at IS NOT NULL, x.at DESC, x.id LIMIT 20`
	rows, err := db.Query(ctx, query, c, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (keptRestriction, error) { return scanRestriction(row) })
}

// findRestrictable finds a person by their roles in the cooperative.
func findRestrictable(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, person PersonID) (r Restrictable, err error) {
	const query = `
		SELECT p.id, p.name, r.id, r.kind, coalesce(cl.name, '')
		FROM members.role r
		JOIN members.person p ON p.id = r.person_id
		LEFT JOIN members.client cl ON cl.cooperative_id = r.cooperative_id AND cl.id = r.client_id
		WHERE r.cooperative_id = $1 AND r.person_id = $2 AND r.ended_at IS NULL ORDER BY r.kind, cl.name, r.id`
	rows, err := db.Query(ctx, query, c, person)
	if err != nil {
		return r, err
	}
	var role Role
	_, err = pgx.ForEachRow(rows, []any{&r.Person, &r.Name, &role.ID, &role.Kind, &role.ClientName}, func() error {
		role.Cooperative = c
		r.Roles = append(r.Roles, role)
		return nil
	})
	if err == nil && len(r.Roles) == 0 {
		err = ErrNotFound
	}
	return r, err
}
