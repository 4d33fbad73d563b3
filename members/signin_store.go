package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const signInColumns = `id, coalesce(email, ''), phone_marks, browser_hash, locale, expires_at, coalesce(code_hash, ''), tries, used_at IS NOT NULL`

func insertSignIn(ctx context.Context, tx pgx.Tx, s signIn) error {
	const query = `
		INSERT INTO members.sign_in (id, email, phone_marks, browser_hash, locale, asked_at, expires_at)
		VALUES ($1, nullif($2, ''), $3, $4, $5, $6::timestamptz - interval '10 minutes', $6)`
	_, err := tx.Exec(ctx, query, s.ID, s.Email, s.Marks, s.Browser, s.Locale, s.Expires)
	return err
}

// countSignIns counts the requests of the same address, or the same number.
func countSignIns(ctx context.Context, tx pgx.Tx, s signIn, since time.Time) (n int, err error) {
	query, of := `SELECT count(*) FROM members.sign_in WHERE email = $1 AND asked_at > $2`, any(s.Email)
	if len(s.Marks) > 0 {
		query, of = `SELECT count(*) FROM members.sign_in WHERE phone_marks[1] = $1 AND asked_at > $2`, s.Marks[0]
	}
	err = tx.QueryRow(ctx, query, of, since).Scan(&n)
	return n, err
}

func lockSignIn(ctx context.Context, tx pgx.Tx, sign SignInID) (signIn, error) {
	const query = `SELECT ` + signInColumns + ` FROM members.sign_in WHERE id = $1 FOR UPDATE`
	return scanSignIn(tx.QueryRow(ctx, query, sign))
}

func lockSignInByLink(ctx context.Context, tx pgx.Tx, linkHash []byte) (signIn, error) {
	const query = `SELECT ` + signInColumns + ` FROM members.sign_in WHERE link_hash = $1 FOR UPDATE`
	return scanSignIn(tx.QueryRow(ctx, query, linkHash))
}

// lockNewestSignIn finds what this browser asked last, mailed or not: an older
// code stops working as soon as a new one was asked.
func lockNewestSignIn(ctx context.Context, tx pgx.Tx, browserHash []byte) (signIn, error) {
	const query = `
		SELECT ` + signInColumns + ` FROM members.sign_in
		WHERE browser_hash = $1 ORDER BY asked_at DESC LIMIT 1 FOR UPDATE`
	return scanSignIn(tx.QueryRow(ctx, query, browserHash))
}

func updateSignInSecrets(ctx context.Context, tx pgx.Tx, sign SignInID, linkHash []byte, codeHash string) error {
	const query = `UPDATE members.sign_in SET link_hash = $2, code_hash = $3 WHERE id = $1`
	_, err := tx.Exec(ctx, query, sign, linkHash, codeHash)
	return err
}

func updateSignInTries(ctx context.Context, tx pgx.Tx, s signIn) error {
	_, err := tx.Exec(ctx, `UPDATE members.sign_in SET tries = $2 WHERE id = $1`, s.ID, s.Tries)
	return err
}

// spendSignIn marks the sign-in as used, if it still carries the secrets that
// were checked and nobody was first. It returns ErrNotFound otherwise.
func spendSignIn(ctx context.Context, tx pgx.Tx, sign SignInID, codeHash string, now time.Time) error {
	const query = `
		UPDATE members.sign_in SET used_at = $3
		WHERE id = $1 AND code_hash = $2 AND used_at IS NULL AND expires_at > $3`
	tag, err := tx.Exec(ctx, query, sign, codeHash, now)
	if err == nil && tag.RowsAffected() == 0 {
		return ErrNotFound
	}
	return err
}

func scanSignIn(row pgx.Row) (signIn, error) {
	var s signIn
	err := row.Scan(&s.ID, &s.Email, &s.Marks, &s.Browser, &s.Locale, &s.Expires, &s.CodeHash, &s.Tries, &s.Used)
	return s, notFound(err)
}
