package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

func ensurePerson(ctx context.Context, tx pgx.Tx, p Person, now time.Time) (PersonID, error) {
	const insert = `
		INSERT INTO members.person (id, email, name, locale, created_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (email) WHERE email IS NOT NULL DO NOTHING`
	if _, err := tx.Exec(ctx, insert, p.ID, p.Email, p.Name, p.Locale, now); err != nil {
		return PersonID{}, err
	}
	var found PersonID
	err := tx.QueryRow(ctx, `SELECT id FROM members.person WHERE email = $1 FOR SHARE`, p.Email).Scan(&found) // nobody erases them meanwhile
	return found, err
}

func findPersonByEmail(ctx context.Context, tx pgx.Tx, email Email) (Person, error) {
	const query = `SELECT id, email, name, locale FROM members.person WHERE email = $1`
	var p Person
	err := tx.QueryRow(ctx, query, email).Scan(&p.ID, &p.Email, &p.Name, &p.Locale)
	return p, notFound(err)
}

func updateLocale(ctx context.Context, tx pgx.Tx, person PersonID, locale Locale) error {
	_, err := tx.Exec(ctx, `UPDATE members.person SET locale = $2 WHERE id = $1`, person, locale)
	return err
}

// notFound turns "no rows" into the domain's word.
func notFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return ErrNotFound
	}
	return err
}
