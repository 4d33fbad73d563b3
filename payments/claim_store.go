package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// ownPosting finds for difference d the oldest posting by hand of the cooperative that has
// the same amount and no change at the gateway.
const ownPosting = `coalesce((SELECT o.subject::text FROM payments.difference o
		WHERE d.kind = 'unknown' AND d.closed_at IS NULL AND o.cooperative_id = d.cooperative_id AND o.closed_at IS NULL
			AND o.kind = 'only_ours' AND o.about = 'manual' AND o.ours_cents = d.theirs_cents ORDER BY o.found_at, o.id LIMIT 1), '')`

func askClaim(ctx context.Context, tx pgx.Tx, by members.Actor, d DifferenceID, c Claiming, subject Reference, now time.Time) error {
	const query = `
		UPDATE payments.difference SET claimed_by = $3, claimed_at = $4, claim_note = $5, claim_account = nullif($6, ''), claim_subject = $7::text::uuid
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, d, by.Role, now, c.Note, string(c.Account), orNull(string(subject)))
	return err
}

func dropClaim(ctx context.Context, tx pgx.Tx, c id.Cooperative, d DifferenceID) error {
	const query = `
		UPDATE payments.difference SET claimed_by = NULL, claimed_at = NULL, claim_note = '', claim_account = NULL, claim_subject = NULL
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, d)
	return err
}

// agreeClaim gives the change its owner. It returns ErrClaimed when it has one, or the
// posting has its change.
func agreeClaim(ctx context.Context, tx pgx.Tx, by members.Actor, d Difference, subject Reference, now time.Time) error {
	const query = `
		INSERT INTO payments.claim (source, cooperative_id, subject, claimed_at)
		SELECT $1, $2, $3::text::uuid, $4 WHERE EXISTS (SELECT FROM payments.balance_change WHERE source = $1)
		ON CONFLICT DO NOTHING`
	tag, err := tx.Exec(ctx, query, d.Outside, by.Cooperative, string(subject), now)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrClaimed
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE payments.difference SET claim_agreed_by = $3 WHERE cooperative_id = $1 AND id = $2`, by.Cooperative, d.ID, by.Role)
	return err
}
