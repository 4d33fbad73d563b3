package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// phone is a number with which somebody signs in, as the database has it.
type phone struct {
	person       PersonID
	sealed, mark []byte
	keyID        string
}

// findPhone finds whose number has one of the marks. It returns ErrNotFound.
func findPhone(ctx context.Context, tx pgx.Tx, marks [][]byte) (p phone, err error) {
	const query = `SELECT person_id, sealed, mark, key_id FROM members.phone WHERE mark = ANY ($1)`
	err = tx.QueryRow(ctx, query, marks).Scan(&p.person, &p.sealed, &p.mark, &p.keyID)
	return p, notFound(err)
}

func findPhoneOf(ctx context.Context, tx pgx.Tx, person PersonID) (p phone, err error) {
	const query = `SELECT person_id, sealed, mark, key_id FROM members.phone WHERE person_id = $1`
	err = tx.QueryRow(ctx, query, person).Scan(&p.person, &p.sealed, &p.mark, &p.keyID)
	return p, notFound(err)
}

func hasPhone(ctx context.Context, db querier, person PersonID) (has bool, err error) {
	err = db.QueryRow(ctx, `SELECT EXISTS (SELECT FROM members.phone WHERE person_id = $1)`, person).Scan(&has)
	return has, err
}

// upsertPhone returns ErrNotFound when somebody else was first with the number.
func upsertPhone(ctx context.Context, tx pgx.Tx, p phone, now time.Time) error {
	const query = `
		INSERT INTO members.phone (person_id, sealed, mark, key_id, confirmed_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT ON CONSTRAINT phone_pkey DO UPDATE SET sealed = excluded.sealed, mark = excluded.mark,
			key_id = excluded.key_id, confirmed_at = excluded.confirmed_at`
	_, err := tx.Exec(ctx, query, p.person, p.sealed, p.mark, p.keyID, now)
	if broke(err, "phone_of_one_person") {
		return ErrNotFound
	}
	return err
}

func deletePhone(ctx context.Context, tx pgx.Tx, person PersonID) error {
	tag, err := tx.Exec(ctx, `DELETE FROM members.phone WHERE person_id = $1`, person)
	return oneRow(tag, err)
}

// deletePhones forgets a person's number. Those that they asked for confirm
// nothing any more, and stay for the day in which they are counted: nobody gets
// more messages because somebody was erased.
func deletePhones(ctx context.Context, tx pgx.Tx, person PersonID) error {
	for _, query := range []string{
		`DELETE FROM members.phone WHERE person_id = $1`,
		`UPDATE members.phone_change SET tries = 5 WHERE person_id = $1`,
	} {
		if _, err := tx.Exec(ctx, query, person); err != nil {
			return err
		}
	}
	return nil
}

// listPhonesToMark locks the next numbers that another key than this one marked.
func listPhonesToMark(ctx context.Context, tx pgx.Tx, keyID string, after PersonID, most int) ([]phone, error) {
	const query = `
		SELECT person_id, sealed, mark, key_id FROM members.phone
		WHERE key_id <> $1 AND ($2::uuid IS NULL OR person_id > $2) ORDER BY person_id LIMIT $3 FOR NO KEY UPDATE`
	rows, err := tx.Query(ctx, query, keyID, after, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p phone, err error) {
		err = row.Scan(&p.person, &p.sealed, &p.mark, &p.keyID)
		return p, err
	})
}

func updatePhoneMark(ctx context.Context, tx pgx.Tx, p phone) error {
	_, err := tx.Exec(ctx, `UPDATE members.phone SET mark = $2, key_id = $3 WHERE person_id = $1`, p.person, p.mark, p.keyID)
	return err
}

const phoneChangeColumns = `id, person_id, sealed, mark, expires_at, coalesce(code_hash, ''), tries, used_at IS NOT NULL`

func insertPhoneChange(ctx context.Context, tx pgx.Tx, p phoneChange) error {
	const query = `
		INSERT INTO members.phone_change (id, person_id, sealed, mark, asked_at, expires_at)
		VALUES ($1, $2, $3, $4, $5::timestamptz - interval '10 minutes', $5)`
	_, err := tx.Exec(ctx, query, p.ID, p.Person, p.Sealed, p.Mark, p.Expires)
	return err
}

func lockPhoneChange(ctx context.Context, tx pgx.Tx, change PhoneChangeID) (phoneChange, error) {
	const query = `SELECT ` + phoneChangeColumns + ` FROM members.phone_change WHERE id = $1 FOR UPDATE`
	return scanPhoneChange(tx.QueryRow(ctx, query, change))
}

// lockNewestPhoneChange finds what the person asked last, sent or not: an older
// code stops working as soon as a new one was asked.
func lockNewestPhoneChange(ctx context.Context, tx pgx.Tx, person PersonID) (phoneChange, error) {
	const query = `SELECT ` + phoneChangeColumns + ` FROM members.phone_change WHERE person_id = $1 ORDER BY asked_at DESC LIMIT 1 FOR UPDATE`
	return scanPhoneChange(tx.QueryRow(ctx, query, person))
}

func scanPhoneChange(row pgx.Row) (p phoneChange, err error) {
	err = row.Scan(&p.ID, &p.Person, &p.Sealed, &p.Mark, &p.Expires, &p.CodeHash, &p.Tries, &p.Used)
	return p, notFound(err)
}

// countPhoneChanges gives the higher count: of the person, or of the number.
func countPhoneChanges(ctx context.Context, tx pgx.Tx, p phoneChange, since time.Time) (n int, err error) {
	const query = `
		SELECT greatest((SELECT count(*) FROM members.phone_change WHERE person_id = $1 AND asked_at > $3),
			(SELECT count(*) FROM members.phone_change WHERE mark = $2 AND asked_at > $3))`
	err = tx.QueryRow(ctx, query, p.Person, p.Mark, since).Scan(&n)
	return n, err
}

func updatePhoneCode(ctx context.Context, tx pgx.Tx, change PhoneChangeID, codeHash string) error {
	_, err := tx.Exec(ctx, `UPDATE members.phone_change SET code_hash = $2 WHERE id = $1`, change, codeHash)
	return err
}

func updatePhoneTries(ctx context.Context, tx pgx.Tx, p phoneChange) error {
	_, err := tx.Exec(ctx, `UPDATE members.phone_change SET tries = $2 WHERE id = $1`, p.ID, p.Tries)
	return err
}

// spendPhoneChange marks the request as used, if it still carries the code that
// was checked and nobody was first. It returns ErrNotFound otherwise.
func spendPhoneChange(ctx context.Context, tx pgx.Tx, p phoneChange, now time.Time) error {
	const query = `
		UPDATE members.phone_change SET used_at = $3
		WHERE id = $1 AND code_hash = $2 AND used_at IS NULL AND expires_at > $3`
	tag, err := tx.Exec(ctx, query, p.ID, p.CodeHash, now)
	return oneRow(tag, err)
}
