package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const selectFactors = `
	SELECT (SELECT count(*) FROM members.passkey k WHERE k.person_id = p.id),
		EXISTS (SELECT FROM members.code_app a WHERE a.person_id = p.id AND a.confirmed_at IS NOT NULL),
		(SELECT count(*) FROM members.recovery_code r WHERE r.person_id = p.id)
	FROM members.person p WHERE p.id = $1`

func findFactors(ctx context.Context, db querier, person PersonID) (f Factors, err error) {
	err = db.QueryRow(ctx, selectFactors, person).Scan(&f.Passkeys, &f.App, &f.Spare)
	return f, notFound(err)
}

// lockFactors lets nobody else change the person's factors or count their
// guesses until the transaction ends.
func lockFactors(ctx context.Context, tx pgx.Tx, person PersonID) (Factors, error) {
	if _, err := tx.Exec(ctx, `SELECT FROM members.person WHERE id = $1 FOR NO KEY UPDATE`, person); err != nil {
		return Factors{}, err
	}
	return findFactors(ctx, tx, person)
}

func countGuesses(ctx context.Context, tx pgx.Tx, person PersonID, since time.Time) (n int, oldest time.Time, err error) {
	const query = `SELECT count(*), coalesce(min(at), $2) FROM members.factor_guess WHERE person_id = $1 AND at > $2`
	err = tx.QueryRow(ctx, query, person, since).Scan(&n, &oldest)
	return n, oldest, err
}

func insertGuess(ctx context.Context, tx pgx.Tx, person PersonID, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO members.factor_guess (person_id, at) VALUES ($1, $2)`, person, now)
	return err
}

func deleteGuesses(ctx context.Context, tx pgx.Tx, person PersonID) error {
	_, err := tx.Exec(ctx, `DELETE FROM members.factor_guess WHERE person_id = $1`, person)
	return err
}

func upsertApp(ctx context.Context, tx pgx.Tx, person PersonID, sealed []byte, now time.Time) error {
	const query = `
		INSERT INTO members.code_app (person_id, secret, begun_at) VALUES ($1, $2, $3)
		ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, begun_at = excluded.begun_at, last_step = 0`
	_, err := tx.Exec(ctx, query, person, sealed, now)
	return err
}

func findApp(ctx context.Context, db querier, person PersonID) (a codeApp, err error) {
	const query = `SELECT secret, begun_at, confirmed_at IS NOT NULL, last_step FROM members.code_app WHERE person_id = $1`
	err = db.QueryRow(ctx, query, person).Scan(&a.Sealed, &a.Begun, &a.Confirmed, &a.LastStep)
	return a, notFound(err)
}

// confirmApp makes the secret that was checked count, and no other.
func confirmApp(ctx context.Context, tx pgx.Tx, person PersonID, sealed []byte, step int64, now time.Time) error {
	const query = `
		UPDATE members.code_app SET confirmed_at = $4, last_step = $3
		WHERE person_id = $1 AND secret = $2 AND confirmed_at IS NULL`
	return oneRow(tx.Exec(ctx, query, person, sealed, step, now))
}

// useStep spends the codes of this half minute and before, once.
func useStep(ctx context.Context, tx pgx.Tx, person PersonID, step int64) error {
	return oneRow(tx.Exec(ctx, `UPDATE members.code_app SET last_step = $2 WHERE person_id = $1 AND last_step < $2`, person, step))
}

func deleteApp(ctx context.Context, tx pgx.Tx, person PersonID) error {
	if err := replaceSpare(ctx, tx, person, nil); err != nil {
		return err
	}
	return oneRow(tx.Exec(ctx, `DELETE FROM members.code_app WHERE person_id = $1 AND confirmed_at IS NOT NULL`, person))
}

func replaceSpare(ctx context.Context, tx pgx.Tx, person PersonID, hashes [][]byte) error {
	if _, err := tx.Exec(ctx, `DELETE FROM members.recovery_code WHERE person_id = $1`, person); err != nil {
		return err
	}
	const query = `INSERT INTO members.recovery_code (person_id, code_hash) SELECT $1, unnest($2::bytea[])`
	_, err := tx.Exec(ctx, query, person, hashes)
	return err
}

// deleteSpare spends a spare code. It returns ErrNotFound when there is none such.
func deleteSpare(ctx context.Context, tx pgx.Tx, person PersonID, hash []byte) error {
	return oneRow(tx.Exec(ctx, `DELETE FROM members.recovery_code WHERE person_id = $1 AND code_hash = $2`, person, hash))
}
