package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// oneAtATime lets the transaction go on when no other of this cooperative is here.
func oneAtATime(ctx context.Context, tx pgx.Tx, c id.Cooperative) error {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('payments.breaker ' || $1, 0))`, c.String())
	return err
}

func sumLeft(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, hour, day time.Time) (l left, err error) {
	const query = `
		SELECT coalesce(sum(cents) FILTER (WHERE began_at > $3), 0), coalesce(sum(cents) FILTER (WHERE member_id = $2), 0)
		FROM payments.payout WHERE cooperative_id = $1 AND began_at > $4`
	err = tx.QueryRow(ctx, query, c, m, hour, day).Scan(&l.hour, &l.memberDay)
	return l, err
}

func updateHeld(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID, why HeldWhy, now time.Time) error {
	const query = `UPDATE payments.payout SET state = 'held', held_why = $3, held_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, payout, string(why), now)
	return err
}

func updateBegun(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID, now time.Time) error {
	const query = `UPDATE payments.payout SET began_at = $3 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, payout, now)
	return err
}

// lockHeld gives a payout with what was said about its release.
func lockHeld(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID) (h heldPayout, err error) {
	const query = `
		SELECT o.id, o.member_id, o.cents, o.state, r.person_id, ra.person_id
		FROM payments.payout o
		JOIN members.member m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		LEFT JOIN members.role ra ON ra.cooperative_id = o.cooperative_id AND ra.id = o.release_asked_by
		WHERE o.cooperative_id = $1 AND o.id = $2 FOR NO KEY UPDATE OF o`
	var asker *members.PersonID
	if err = tx.QueryRow(ctx, query, c, payout).Scan(&h.id, &h.member, &h.amount, &h.step, &h.earner, &asker); asker != nil {
		h.asker = *asker
	}
	return h, notFound(err)
}

func askRelease(ctx context.Context, tx pgx.Tx, by members.Actor, payout PayoutID, now time.Time) error {
	const query = `UPDATE payments.payout SET release_asked_by = $3, release_asked_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, payout, by.Role, now)
	return err
}

func release(ctx context.Context, tx pgx.Tx, by members.Actor, payout PayoutID, now time.Time) error {
	const query = `UPDATE payments.payout SET state = 'due', released_by = $3, released_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, payout, by.Role, now)
	return err
}

func listHeld(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Held, error) {
	const query = `
		SELECT o.id, who.id, who.name, coalesce(b.title, ''), o.cents, o.held_why, o.held_at, a.id, coalesce(a.name, '')
		FROM payments.payout o
		LEFT JOIN payments.bill_line l ON l.cooperative_id = o.cooperative_id AND l.id = o.line_id
		LEFT JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
		JOIN members.member m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person who ON who.id = r.person_id
		LEFT JOIN members.role ra ON ra.cooperative_id = o.cooperative_id AND ra.id = o.release_asked_by
		LEFT JOIN members.person a ON a.id = ra.person_id
		WHERE o.cooperative_id = $1 AND o.state = 'held' ORDER BY o.held_at, o.id LIMIT 200`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h Held, err error) {
		var asker *members.PersonID
		if err = row.Scan(&h.ID, &h.earner, &h.Member, &h.Title, &h.Amount, &h.Why, &h.Since, &asker, &h.AskedName); asker != nil {
			h.asker = *asker
		}
		return h, err
	})
}

// listToldHeld gives the coordinators while something is held.
func listToldHeld(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]members.Person, error) {
	const query = `
		SELECT DISTINCT p.id, p.email, p.name, p.locale FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.kind = 'coordinator' AND r.ended_at IS NULL
			AND EXISTS (SELECT FROM payments.payout WHERE cooperative_id = $1 AND state = 'held') ORDER BY p.id`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p members.Person, err error) {
		err = row.Scan(&p.ID, &p.Email, &p.Name, &p.Locale)
		return p, err
	})
}
