package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

func insertCard(ctx context.Context, tx pgx.Tx, c card, hash []byte) error {
	const query = `
		INSERT INTO members.sign_in_card (id, cooperative_id, member_id, printer_id, secret_hash, printed_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6::timestamptz - interval '15 minutes', $6)`
	_, err := tx.Exec(ctx, query, c.ID, c.Cooperative, c.Member, c.Printer, hash, c.Expires)
	return err
}

// deleteCards lets the member's earlier cards stop working.
func deleteCards(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID) error {
	_, err := tx.Exec(ctx, `DELETE FROM members.sign_in_card WHERE cooperative_id = $1 AND member_id = $2`, c, m)
	return err
}

func lockCard(ctx context.Context, tx pgx.Tx, hash []byte) (c card, err error) {
	const query = `
		SELECT c.id, c.cooperative_id, c.member_id, r.person_id, c.printer_id, c.expires_at, c.used_at IS NOT NULL
		FROM members.sign_in_card c
		JOIN members.member m ON m.cooperative_id = c.cooperative_id AND m.id = c.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE c.secret_hash = $1 FOR UPDATE OF c`
	err = tx.QueryRow(ctx, query, hash).Scan(&c.ID, &c.Cooperative, &c.Member, &c.Person, &c.Printer, &c.Expires, &c.Used)
	return c, notFound(err)
}

func updateCardUsed(ctx context.Context, tx pgx.Tx, c CardID, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE members.sign_in_card SET used_at = $2 WHERE id = $1`, c, now)
	return err
}

func findPersonOfMember(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID) (person PersonID, err error) {
	const query = `
		SELECT r.person_id FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE m.cooperative_id = $1 AND m.id = $2`
	err = tx.QueryRow(ctx, query, c, m).Scan(&person)
	return person, notFound(err)
}
