package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const emailColumns = `id, person_id, old_email, new_email, expires_at, coalesce(code_hash, ''), tries, used_at IS NOT NULL`

// insertEmailChange notes the address that the person has now beside the new one.
func insertEmailChange(ctx context.Context, tx pgx.Tx, e emailChange) error {
	const query = `
		INSERT INTO members.email_change (id, person_id, old_email, new_email, asked_at, expires_at)
		SELECT $1, p.id, p.email, $3, $4::timestamptz - interval '10 minutes', $4 FROM members.person p WHERE p.id = $2`
	_, err := tx.Exec(ctx, query, e.ID, e.Person, e.New, e.Expires)
	return err
}

func lockEmailChange(ctx context.Context, tx pgx.Tx, change EmailChangeID) (emailChange, error) {
	const query = `SELECT ` + emailColumns + ` FROM members.email_change WHERE id = $1 FOR UPDATE`
	return scanEmailChange(tx.QueryRow(ctx, query, change))
}

// lockNewestEmailChange finds what the person asked last, mailed or not: an
// older code stops working as soon as a new one was asked.
func lockNewestEmailChange(ctx context.Context, tx pgx.Tx, person PersonID) (emailChange, error) {
	const query = `SELECT ` + emailColumns + ` FROM members.email_change WHERE person_id = $1 ORDER BY asked_at DESC LIMIT 1 FOR UPDATE`
	return scanEmailChange(tx.QueryRow(ctx, query, person))
}

func scanEmailChange(row pgx.Row) (e emailChange, err error) {
	err = row.Scan(&e.ID, &e.Person, &e.Old, &e.New, &e.Expires, &e.CodeHash, &e.Tries, &e.Used)
	return e, notFound(err)
}

func countEmailChanges(ctx context.Context, tx pgx.Tx, person PersonID, since time.Time) (n int, err error) {
	err = tx.QueryRow(ctx, `SELECT count(*) FROM members.email_change WHERE person_id = $1 AND asked_at > $2`, person, since).Scan(&n)
	return n, err
}

func emailFree(ctx context.Context, tx pgx.Tx, email Email) (free bool, err error) {
	err = tx.QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM members.person WHERE email = $1)`, email).Scan(&free)
	return free, err
}

func updateEmailCode(ctx context.Context, tx pgx.Tx, change EmailChangeID, codeHash string) error {
	_, err := tx.Exec(ctx, `UPDATE members.email_change SET code_hash = $2 WHERE id = $1`, change, codeHash)
	return err
}

func updateEmailTries(ctx context.Context, tx pgx.Tx, e emailChange) error {
	_, err := tx.Exec(ctx, `UPDATE members.email_change SET tries = $2 WHERE id = $1`, e.ID, e.Tries)
	return err
}

// spendEmailChange marks the request as used, if it still carries the code that
// was checked and nobody was first. It returns ErrNotFound otherwise.
func spendEmailChange(ctx context.Context, tx pgx.Tx, e emailChange, now time.Time) error {
	const query = `
		UPDATE members.email_change SET used_at = $3
		WHERE id = $1 AND code_hash = $2 AND used_at IS NULL AND expires_at > $3`
	tag, err := tx.Exec(ctx, query, e.ID, e.CodeHash, now)
	return oneRow(tag, err)
}

// updateEmail gives the new address, if the person still has the old one and
// nobody has the new one. It returns ErrNotFound otherwise.
func updateEmail(ctx context.Context, tx pgx.Tx, e emailChange) error {
	tag, err := tx.Exec(ctx, `UPDATE members.person SET email = $2 WHERE id = $1 AND email = $3`, e.Person, e.New, e.Old)
	if broke(err, "person_email_unique") {
		return ErrNotFound
	}
	return oneRow(tag, err)
}

func findFormerEmail(ctx context.Context, db *pgxpool.Pool, change EmailChangeID) (Person, error) {
	const query = `
		SELECT p.id, e.old_email, p.name, p.locale
		FROM members.email_change e JOIN members.person p ON p.id = e.person_id
		WHERE e.id = $1 AND e.used_at IS NOT NULL`
	var p Person
	err := db.QueryRow(ctx, query, change).Scan(&p.ID, &p.Email, &p.Name, &p.Locale)
	return p, notFound(err)
}

// oneRow turns "no row was changed" into ErrNotFound.
func oneRow(tag pgconn.CommandTag, err error) error {
	if err == nil && tag.RowsAffected() == 0 {
		return ErrNotFound
	}
	return err
}

// querier is a pool or a transaction.
type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func findPerson(ctx context.Context, db querier, person PersonID) (Person, error) {
	const query = `SELECT id, email, name, locale FROM members.person WHERE id = $1`
	var p Person
	err := db.QueryRow(ctx, query, person).Scan(&p.ID, &p.Email, &p.Name, &p.Locale)
	return p, notFound(err)
}
