package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

const selectDifference = `
	SELECT d.id, d.kind, d.about, coalesce(d.subject::text, ''), d.outside, d.ours_cents, d.theirs_cents, d.found_at, d.seen_at,
		coalesce(t.name, ''), coalesce(d.taken_at, '0001-01-01 00:00:00Z'), coalesce(x.name, ''), coalesce(d.explained_at, '0001-01-01 00:00:00Z'),
		d.note, coalesce(d.closed_at, '0001-01-01 00:00:00Z'), coalesce(a.name, ''), d.wish, a.id,
		` + ownPosting + `, coalesce(c.name, ''), d.claim_note, coalesce(d.claim_account, ''), coalesce(d.claim_subject::text, ''), c.id, d.claimed_by
	FROM payments.difference d
	LEFT JOIN members.role rt ON rt.cooperative_id = d.cooperative_id AND rt.id = d.taken_by
	LEFT JOIN members.person t ON t.id = rt.person_id
	LEFT JOIN members.role rx ON rx.cooperative_id = d.cooperative_id AND rx.id = d.explained_by
	LEFT JOIN members.person x ON x.id = rx.person_id
	LEFT JOIN members.role ra ON ra.cooperative_id = d.cooperative_id AND ra.id = d.asked_by
	LEFT JOIN members.person a ON a.id = ra.person_id
	LEFT JOIN members.role rc ON rc.cooperative_id = d.cooperative_id AND rc.id = d.claimed_by
	LEFT JOIN members.person c ON c.id = rc.person_id
	WHERE d.cooperative_id = $1 AND d.confirmed_at IS NOT NULL`

func listDifferences(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Difference, error) {
	const query = `
		(` + selectDifference + ` AND d.closed_at IS NULL ORDER BY d.explained_at IS NOT NULL, d.found_at, d.id LIMIT 150)
		UNION ALL (` + selectDifference + ` AND d.closed_at IS NOT NULL ORDER BY d.closed_at DESC, d.id LIMIT 50)`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanDifference)
}

func scanDifference(row pgx.CollectableRow) (d Difference, err error) {
	err = row.Scan(&d.ID, &d.Kind, &d.About, &d.Subject, &d.Outside, &d.Ours, &d.Theirs, &d.FoundAt, &d.SeenAt, &d.TakenBy, &d.TakenAt, &d.ExplainedBy, &d.ExplainedAt,
		&d.Note, &d.ClosedAt, &d.AskedBy, &d.Wish, &d.Asker, &d.OwnPosting, &d.ClaimedBy, &d.ClaimNote, &d.ClaimAccount, &d.ClaimSubject, &d.Claimer, &d.claimRole)
	return d, err
}

func lockDifference(ctx context.Context, tx pgx.Tx, c id.Cooperative, d DifferenceID) (Difference, error) {
	rows, err := tx.Query(ctx, selectDifference+` AND d.id = $2 FOR NO KEY UPDATE OF d`, c, d)
	if err != nil {
		return Difference{}, err
	}
	one, err := pgx.CollectOneRow(rows, scanDifference)
	return one, notFound(err)
}

// askExplain notes what the first of two says.
func askExplain(ctx context.Context, tx pgx.Tx, by members.Actor, d DifferenceID, wish string, now time.Time) error {
	const query = `UPDATE payments.difference SET asked_by = $3, asked_at = $4, wish = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, d, by.Role, now, wish)
	return err
}

func takeDifference(ctx context.Context, tx pgx.Tx, by members.Actor, d DifferenceID, now time.Time) error {
	const query = `UPDATE payments.difference SET taken_by = $3, taken_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, d, by.Role, now)
	return err
}

func dropExplain(ctx context.Context, tx pgx.Tx, c id.Cooperative, d DifferenceID) error {
	_, err := tx.Exec(ctx, `UPDATE payments.difference SET asked_by = NULL, asked_at = NULL, wish = '' WHERE cooperative_id = $1 AND id = $2`, c, d)
	return err
}

// sumExplainedAlone is what this person explained since then on their own word.
func sumExplainedAlone(ctx context.Context, tx pgx.Tx, by members.Actor, since time.Time) (sum Cents, err error) {
	const query = `
		SELECT coalesce(sum(abs(d.theirs_cents - d.ours_cents)), 0)::bigint FROM payments.difference d
		JOIN members.role r ON r.cooperative_id = d.cooperative_id AND r.id = d.explained_by
		WHERE d.cooperative_id = $1 AND r.person_id = $2 AND d.explained_at > $3 AND d.asked_by IS NULL`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Person, since).Scan(&sum)
	return sum, err
}

func explainDifference(ctx context.Context, tx pgx.Tx, by members.Actor, d DifferenceID, note string, now time.Time) error {
	const query = `
		UPDATE payments.difference SET explained_by = $3, explained_at = $4, note = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, d, by.Role, now, note)
	return err
}

// live holds for a difference that somebody must look at.
const live = `closed_at IS NULL AND explained_at IS NULL AND confirmed_at IS NOT NULL`

// listOverdue are the cooperatives with one that was found before this moment.
func listOverdue(ctx context.Context, tx pgx.Tx, before time.Time) ([]id.Cooperative, error) {
	rows, err := tx.Query(ctx, `SELECT DISTINCT cooperative_id FROM payments.difference WHERE `+live+` AND found_at <= $1 ORDER BY 1`, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[id.Cooperative])
}
