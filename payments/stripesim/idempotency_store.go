package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// isAnswered reports that the key has an answer that is not too old.
func isAnswered(ctx context.Context, tx pgx.Tx, q *request, now time.Time) (there bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM stripesim.answer WHERE account = $1 AND key = $2 AND created_at > $3)`
	err = tx.QueryRow(ctx, query, q.account, q.key, now.Add(-keyLife)).Scan(&there)
	return there, err
}

// holdKey takes the key until tx ends, or reports that another request has it.
func holdKey(ctx context.Context, tx pgx.Tx, q *request) (free bool, err error) {
	const query = `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 20231016))`
	err = tx.QueryRow(ctx, query, q.account+" "+q.key).Scan(&free)
	return free, err
}

// claimKey reports whether the key is this request's to answer; the request
// holds it. A key that is too old is forgotten.
func claimKey(ctx context.Context, tx pgx.Tx, q *request, now time.Time) (bool, error) {
	const query = `
		INSERT INTO stripesim.answer (account, key, hash, request_id, created_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (account, key) DO UPDATE
			SET hash = excluded.hash, request_id = excluded.request_id, created_at = excluded.created_at, status = NULL, body = NULL
			WHERE answer.created_at <= $6`
	tag, err := tx.Exec(ctx, query, q.account, q.key, q.hash(), q.name, now, now.Add(-keyLife))
	return tag.RowsAffected() == 1, err
}

func storeAnswer(ctx context.Context, tx pgx.Tx, q *request, a answer) error {
	const query = `UPDATE stripesim.answer SET status = $3, body = $4 WHERE account = $1 AND key = $2`
	_, err := tx.Exec(ctx, query, q.account, q.key, a.status, a.body)
	return err
}

func selectAnswer(ctx context.Context, tx pgx.Tx, q *request) (a answer, hash []byte, err error) {
	const query = `SELECT status, body, request_id, hash FROM stripesim.answer WHERE account = $1 AND key = $2`
	err = tx.QueryRow(ctx, query, q.account, q.key).Scan(&a.status, &a.body, &a.replays, &hash)
	return a, hash, err
}
