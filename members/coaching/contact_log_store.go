package coaching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// sentBefore reports whether the actor sent the contact already. It returns
// members.ErrNotFound when the id is another's, or about somebody else.
func sentBefore(ctx context.Context, tx pgx.Tx, by members.Actor, n NewContact) (bool, error) {
	if n.ID.IsZero() {
		return false, members.ErrNotFound
	}
	const query = `SELECT cooperative_id = $2 AND coach_id = $3 AND member_id = $4 FROM coaching.contact WHERE id = $1`
	var same bool
	err := tx.QueryRow(ctx, query, n.ID, by.Cooperative, by.Role, n.Member).Scan(&same)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err == nil && !same {
		err = members.ErrNotFound
	}
	return same, err
}

// findCurrent is findFollow of somebody who is still a member.
func findCurrent(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) error {
	const query = `
		SELECT m.id FROM coaching.caseload c
		JOIN members.member m ON m.cooperative_id = c.cooperative_id AND m.id = c.member_id AND m.state <> 'alumni'
		WHERE c.cooperative_id = $1 AND c.coach_id = $2 AND c.member_id = $3`
	var found members.MemberID
	return gone(tx.QueryRow(ctx, query, by.Cooperative, by.Role, m).Scan(&found))
}

// ofMember returns check.Problems when the goal is not the member's.
func ofMember(ctx context.Context, tx pgx.Tx, c id.Cooperative, n NewContact) error {
	if n.Goal.IsZero() {
		return nil
	}
	const query = `SELECT id FROM coaching.goal WHERE cooperative_id = $1 AND member_id = $2 AND id = $3`
	var found GoalID
	err := tx.QueryRow(ctx, query, c, n.Member, n.Goal).Scan(&found)
	if errors.Is(err, pgx.ErrNoRows) {
		return check.Problems{{Field: "goal", Rule: "not_a_choice"}}
	}
	return err
}

// loggedSince reports whether there is another contact of the member that was
// logged since then. The first condition on at is for the index: nothing older
// is logged.
func loggedSince(ctx context.Context, tx pgx.Tx, c id.Cooperative, n NewContact, since time.Time) (found bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM coaching.contact
		WHERE cooperative_id = $1 AND member_id = $2 AND at >= $3 AND logged_at >= $4 AND id <> $5)`
	return found, tx.QueryRow(ctx, query, c, n.Member, since.Add(-oldestContact), since, n.ID).Scan(&found)
}

func sumContacts(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, since time.Time) (count, minutes int, err error) {
	const query = `
		SELECT count(*), coalesce(sum(minutes), 0) FROM coaching.contact
		WHERE cooperative_id = $1 AND member_id = $2 AND at >= $3`
	return count, minutes, tx.QueryRow(ctx, query, c, m, since).Scan(&count, &minutes)
}

func listOpenGoals(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) ([]keptGoal, error) {
	const query = `
		SELECT id, text FROM coaching.goal
		WHERE cooperative_id = $1 AND member_id = $2 AND state = 'open' ORDER BY made_at, id LIMIT $3`
	rows, err := tx.Query(ctx, query, c, m, MostGoals)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (g keptGoal, err error) {
		g.Member, g.State = m, GoalOpen
		return g, row.Scan(&g.ID, &g.text)
	})
}

// lockOwnContact gives what the actor wrote about the member.
func lockOwnContact(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, contact ContactID) (c Contact, err error) {
	const query = `
		SELECT id, coach_id, logged_at FROM coaching.contact
		WHERE cooperative_id = $1 AND coach_id = $2 AND member_id = $3 AND id = $4 FOR UPDATE`
	return c, gone(tx.QueryRow(ctx, query, by.Cooperative, by.Role, m, contact).Scan(&c.ID, &c.Coach, &c.Logged))
}

func deleteContact(ctx context.Context, tx pgx.Tx, by members.Actor, contact ContactID) error {
	_, err := tx.Exec(ctx, `DELETE FROM coaching.contact WHERE cooperative_id = $1 AND id = $2`, by.Cooperative, contact)
	return err
}

// findStaying gives the person of a member who has not left.
func findStaying(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m members.MemberID) (p members.Person, err error) {
	const query = `
		SELECT p.id, p.name, p.email, p.locale FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE m.cooperative_id = $1 AND m.id = $2 AND m.state <> 'alumni'`
	return p, gone(db.QueryRow(ctx, query, c, m).Scan(&p.ID, &p.Name, &p.Email, &p.Locale))
}
