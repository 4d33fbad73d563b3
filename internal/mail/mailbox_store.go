package mail

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const messageColumns = `id, key, recipient, subject, text, html, sent_at, kind`

// insertMessage lets one message in at a time, so that counting is exact. It
// holds nobody up for the disk: whoever marks the mail as sent waits for that,
// and the disk gets both in this order.
func insertMessage(ctx context.Context, tx pgx.Tx, s Stored) error {
	if _, err := tx.Exec(ctx, `SET LOCAL synchronous_commit = off; LOCK TABLE mail.message IN EXCLUSIVE MODE`); err != nil {
		return err
	}
	const query = `
		INSERT INTO mail.message (` + messageColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT ON CONSTRAINT message_key_once DO NOTHING`
	_, err := tx.Exec(ctx, query, s.ID, s.Key, s.To, s.Subject, s.Text, s.HTML, s.At, kindOf(s))
	return err
}

func kindOf(s Stored) string {
	if s.SMS {
		return "sms"
	}
	return "mail"
}

func deleteBeyond(ctx context.Context, tx pgx.Tx, size int) error {
	const query = `
		DELETE FROM mail.message
		WHERE number <= (SELECT number FROM mail.message ORDER BY number DESC OFFSET $1 LIMIT 1)`
	_, err := tx.Exec(ctx, query, size)
	return err
}

func selectMessages(ctx context.Context, db *pgxpool.Pool, limit int) ([]Stored, error) {
	const query = `SELECT ` + messageColumns + ` FROM mail.message ORDER BY number DESC LIMIT $1`
	rows, err := db.Query(ctx, query, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanMessage)
}

func selectMessage(ctx context.Context, db *pgxpool.Pool, message StoredID) (Stored, error) {
	const query = `SELECT ` + messageColumns + ` FROM mail.message WHERE id = $1`
	rows, err := db.Query(ctx, query, message)
	if err != nil {
		return Stored{}, err
	}
	return pgx.CollectExactlyOneRow(rows, scanMessage)
}

func scanMessage(row pgx.CollectableRow) (Stored, error) {
	var s Stored
	var kind string
	err := row.Scan(&s.ID, &s.Key, &s.To, &s.Subject, &s.Text, &s.HTML, &s.At, &kind)
	s.SMS = kind == kindOf(Stored{SMS: true})
	return s, err
}
