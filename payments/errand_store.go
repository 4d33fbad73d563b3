package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// lockErrand gives the errand as it is noted, for the first time or before.
func lockErrand(ctx context.Context, tx pgx.Tx, e errand) (n notedErrand, err error) {
	const add = `INSERT INTO payments.errand (cooperative_id, kind, subject) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
	if _, err := tx.Exec(ctx, add, e.cooperative, string(e.kind), string(e.subject)); err != nil {
		return n, err
	}
	const query = `
		SELECT input_hash, words_hash, generation, tries, coalesce(first_at, 'epoch'), coalesce(last_at, 'epoch'), coalesce(outside_id, '') FROM payments.errand
		WHERE cooperative_id = $1 AND kind = $2 AND subject = $3 FOR NO KEY UPDATE`
	err = tx.QueryRow(ctx, query, e.cooperative, string(e.kind), string(e.subject)).
		Scan(&n.hash, &n.words, &n.generation, &n.tries, &n.firstAt, &n.lastAt, &n.outside)
	return n, err
}

// noteTry notes a call. The words of its key stay those of its first call.
func noteTry(ctx context.Context, tx pgx.Tx, e errand, now time.Time) error {
	const query = `
		UPDATE payments.errand SET input_hash = $5, words_hash = coalesce(words_hash, $6), tries = tries + 1, first_at = coalesce(first_at, $4), last_at = $4
		WHERE cooperative_id = $1 AND kind = $2 AND subject = $3`
	_, err := tx.Exec(ctx, query, e.cooperative, string(e.kind), string(e.subject), now, e.hash(), e.wordsHash())
	return err
}

// renewErrand gives the errand its next key, after a look. It returns ErrTooEarly
// when somebody else goes on with it.
func renewErrand(ctx context.Context, db *pgxpool.Pool, e errand, generation int, now time.Time) (next int, err error) {
	const query = `
		UPDATE payments.errand SET words_hash = $6, generation = generation + 1, tries = 1, first_at = $5, last_at = $5
		WHERE cooperative_id = $1 AND kind = $2 AND subject = $3 AND generation = $4 AND state = 'open' RETURNING generation`
	err = db.QueryRow(ctx, query, e.cooperative, string(e.kind), string(e.subject), generation, now, e.wordsHash()).Scan(&next)
	if err == pgx.ErrNoRows {
		err = ErrTooEarly
	}
	return next, err
}

// refuseErrand notes a definite no, and gives the next try another key, with which
// something else may be asked.
func refuseErrand(ctx context.Context, db *pgxpool.Pool, e errand, generation int, code string) error {
	const query = `
		UPDATE payments.errand SET input_hash = NULL, words_hash = NULL, generation = generation + 1, tries = 0, first_at = NULL, refused = left($5, 100)
		WHERE cooperative_id = $1 AND kind = $2 AND subject = $3 AND generation = $4 AND state = 'open'`
	_, err := db.Exec(ctx, query, e.cooperative, string(e.kind), string(e.subject), generation, code)
	return err
}

// mayBeMade reports whether what the errand of this name asks for was made, or may be:
// it was asked for after a last definite no, or since then another such call was begun.
func mayBeMade(ctx context.Context, db rower, c id.Cooperative, kind errandKind, subject Reference, since time.Time) (made bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM payments.errand
			WHERE cooperative_id = $1 AND kind = $2 AND subject = $3 AND (state <> 'open' OR tries > 0 OR last_at > $4))`
	err = db.QueryRow(ctx, query, c, string(kind), string(subject), since).Scan(&made)
	return made, err
}

// endErrand notes what was made. Another who did the same made the same.
func endErrand(ctx context.Context, db *pgxpool.Pool, e errand, outside string) error {
	const query = `
		UPDATE payments.errand SET state = 'done', outside_id = $4
		WHERE cooperative_id = $1 AND kind = $2 AND subject = $3 AND state = 'open'`
	_, err := db.Exec(ctx, query, e.cooperative, string(e.kind), string(e.subject), outside)
	return err
}

// restoredSince reports whether the database was put back to an earlier moment,
// after this one.
func restoredSince(ctx context.Context, tx pgx.Tx, c id.Cooperative, after time.Time) (restored bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM payments.stop WHERE cooperative_id = $1 AND cause = 'restored' AND since > $2)`
	err = tx.QueryRow(ctx, query, c, after).Scan(&restored)
	return restored, err
}
