package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const sessionColumns = `id, status, amount, lines, url, success_url, cancel_url, client_reference, email, metadata, intent_data,
	coalesce(intent_id, ''), created_at, expires_at, methods, paid`

func insertSession(ctx context.Context, tx pgx.Tx, s session) error {
	const query = `
		INSERT INTO stripesim.session (id, status, amount, lines, url, success_url, cancel_url, client_reference, email, metadata, intent_data, created_at, expires_at, methods)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
	_, err := tx.Exec(ctx, query, s.ID, s.Status, s.Amount, s.Lines, s.URL, s.Success, s.Cancel, s.Reference, s.Email, s.Metadata, s.Data, s.Created, s.Expires, s.Methods)
	return err
}

func findSession(ctx context.Context, tx pgx.Tx, id string) (session, error) {
	return collectOne[session](ctx, tx, sessionKind(), "", `SELECT `+sessionColumns+` FROM stripesim.session WHERE id = $1`, id)
}

func lockSession(ctx context.Context, tx pgx.Tx, id string) (session, error) {
	const query = `SELECT ` + sessionColumns + ` FROM stripesim.session WHERE id = $1 FOR NO KEY UPDATE`
	return collectOne[session](ctx, tx, sessionKind(), "", query, id)
}

func updateSession(ctx context.Context, tx pgx.Tx, s session) error {
	const query = `UPDATE stripesim.session SET status = $2, intent_id = nullif($3, ''), paid = $4 WHERE id = $1`
	_, err := tx.Exec(ctx, query, s.ID, s.Status, s.Intent, s.Paid)
	return err
}

func selectSessions(ctx context.Context, tx pgx.Tx, p page, intent string) ([]session, error) {
	const query = `SELECT ` + sessionColumns + ` FROM stripesim.session WHERE ($5 = '' OR intent_id = $5)` + pageTail
	return collect[session](ctx, tx, query, p.args(intent)...)
}

// lockOverdue takes one open session whose time is over, or none.
func lockOverdue(ctx context.Context, tx pgx.Tx, now time.Time) ([]session, error) {
	const query = `
		SELECT ` + sessionColumns + ` FROM stripesim.session
		WHERE status = 'open' AND expires_at <= $1 ORDER BY expires_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`
	return collect[session](ctx, tx, query, now)
}
