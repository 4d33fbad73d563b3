package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

func lockPersonKey(ctx context.Context, tx pgx.Tx, person PersonID) (personKey, error) {
	const query = `SELECT key_id, wrapped FROM members.person_key WHERE person_id = $1 FOR KEY SHARE`
	row := personKey{person: person}
	err := tx.QueryRow(ctx, query, person).Scan(&row.keyID, &row.wrapped)
	if errors.Is(err, pgx.ErrNoRows) {
		return row, ErrUnreadable
	}
	return row, err
}

func listPersonKeys(ctx context.Context, db Querier, people []PersonID) ([]personKey, error) {
	rows, err := db.Query(ctx, `SELECT person_id, key_id, wrapped FROM members.person_key WHERE person_id = ANY ($1)`, people)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanPersonKey)
}

func scanPersonKey(row pgx.CollectableRow) (k personKey, err error) {
	return k, row.Scan(&k.person, &k.keyID, &k.wrapped)
}

// insertPersonKey makes none for who is erased, or being erased. It returns
// ErrNotFound for them, and for nobody.
func insertPersonKey(ctx context.Context, tx pgx.Tx, row personKey, now time.Time) error {
	const lock = `SELECT id FROM members.person WHERE id = $1 AND erased_at IS NULL FOR SHARE`
	var found PersonID
	if err := notFound(tx.QueryRow(ctx, lock, row.person).Scan(&found)); err != nil {
		return err
	}
	const query = `
		INSERT INTO members.person_key (person_id, key_id, wrapped, made_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT ON CONSTRAINT person_key_pkey DO NOTHING`
	_, err := tx.Exec(ctx, query, row.person, row.keyID, row.wrapped, now)
	return err
}

func deletePersonKey(ctx context.Context, tx pgx.Tx, person PersonID) error {
	_, err := tx.Exec(ctx, `DELETE FROM members.person_key WHERE person_id = $1`, person)
	return err
}

// listKeysToWrap locks the next keys that another key than this one sealed, one
// rotation at a time.
func listKeysToWrap(ctx context.Context, tx pgx.Tx, keyID string, after PersonID, most int) ([]personKey, error) {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('members.person_key'))`); err != nil {
		return nil, err
	}
	const query = `
		SELECT person_id, key_id, wrapped FROM members.person_key
		WHERE key_id <> $1 AND ($2::uuid IS NULL OR person_id > $2) ORDER BY person_id LIMIT $3 FOR NO KEY UPDATE`
	rows, err := tx.Query(ctx, query, keyID, after, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanPersonKey)
}

func updatePersonKey(ctx context.Context, tx pgx.Tx, row personKey) error {
	_, err := tx.Exec(ctx, `UPDATE members.person_key SET key_id = $2, wrapped = $3 WHERE person_id = $1`, row.person, row.keyID, row.wrapped)
	return err
}

func upsertSealed(ctx context.Context, tx pgx.Tx, person PersonID, in id.Cooperative, what Confided, sealed []byte) error {
	const query = `
		INSERT INTO members.sealed (person_id, cooperative_id, name, sealed) VALUES ($1, $2, $3, $4)
		ON CONFLICT ON CONSTRAINT sealed_once DO UPDATE SET sealed = excluded.sealed`
	_, err := tx.Exec(ctx, query, person, in, string(what), sealed)
	return err
}

func deleteSealed(ctx context.Context, tx pgx.Tx, person PersonID, in id.Cooperative, what Confided) error {
	const query = `DELETE FROM members.sealed WHERE person_id = $1 AND cooperative_id IS NOT DISTINCT FROM $2 AND name = $3`
	_, err := tx.Exec(ctx, query, person, in, string(what))
	return err
}

func deleteAllSealed(ctx context.Context, tx pgx.Tx, person PersonID) error {
	_, err := tx.Exec(ctx, `DELETE FROM members.sealed WHERE person_id = $1`, person)
	return err
}

func findSealed(ctx context.Context, tx pgx.Tx, person PersonID, in id.Cooperative, what Confided) (sealed []byte, err error) {
	const query = `SELECT sealed FROM members.sealed WHERE person_id = $1 AND cooperative_id IS NOT DISTINCT FROM $2 AND name = $3`
	err = tx.QueryRow(ctx, query, person, in, string(what)).Scan(&sealed)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return sealed, err
}
