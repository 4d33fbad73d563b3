package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

const selectPayee = `
	SELECT cooperative_id, member_id, account, number, state, due, bank, changed_at, rests_until, looked_at, told_at FROM payments.payee
	WHERE cooperative_id = $1 AND member_id = $2`

func findPayee(ctx context.Context, db rower, c id.Cooperative, m members.MemberID) (payee, error) {
	return scanPayee(db.QueryRow(ctx, selectPayee, c, m))
}

func lockPayee(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (payee, error) {
	return scanPayee(tx.QueryRow(ctx, selectPayee+` FOR NO KEY UPDATE`, c, m))
}

func scanPayee(row pgx.Row) (p payee, err error) {
	var rests, looked, told *time.Time
	err = row.Scan(&p.cooperative, &p.member, &p.account, &p.number, &p.state, &p.due, &p.bank, &p.changedAt, &rests, &looked, &told)
	p.restsUntil, p.lookedAt, p.toldAt = zeroIfNull(rests), zeroIfNull(looked), zeroIfNull(told)
	return p, notFound(err)
}

func zeroIfNull(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}

func nullIfZero(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// openedPayee notes the account of this number, once: a new row, or the one after
// an account that is gone.
func openedPayee(ctx context.Context, tx pgx.Tx, p payee) error {
	const query = `
		INSERT INTO payments.payee (cooperative_id, member_id, account, number, changed_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (cooperative_id, member_id) DO UPDATE SET account = excluded.account, number = excluded.number,
			state = 'asked', due = '{}', changed_at = excluded.changed_at, looked_at = NULL
		WHERE payee.state = 'gone' AND payee.number = excluded.number - 1`
	_, err := tx.Exec(ctx, query, p.cooperative, p.member, p.account, p.number, p.changedAt)
	return err
}

func updatePayee(ctx context.Context, tx pgx.Tx, p payee) error {
	const query = `
		UPDATE payments.payee SET state = $3, due = $4, bank = $5, changed_at = $6, rests_until = $7, looked_at = $8, told_at = $9
		WHERE cooperative_id = $1 AND member_id = $2`
	due := p.due
	if due == nil {
		due = []string{}
	}
	_, err := tx.Exec(ctx, query, p.cooperative, p.member, string(p.state), due, p.bank, p.changedAt,
		nullIfZero(p.restsUntil), nullIfZero(p.lookedAt), nullIfZero(p.toldAt))
	return err
}

// lookSoon lets the next who asks look at the gateway first.
func lookSoon(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) error {
	_, err := tx.Exec(ctx, `UPDATE payments.payee SET looked_at = NULL WHERE cooperative_id = $1 AND member_id = $2`, c, m)
	return err
}

// findByAccount finds whose account it is, whosever it is.
func findByAccount(ctx context.Context, db rower, account string) (t LookAtPayee, err error) {
	err = db.QueryRow(ctx, `SELECT cooperative_id, member_id FROM payments.payee WHERE account = $1`, account).Scan(&t.Cooperative, &t.Member)
	return t, notFound(err)
}

// listUnready are those of which nobody may be told when they become ready.
func listUnready(ctx context.Context, tx pgx.Tx, before time.Time) ([]LookAtPayee, error) {
	const query = `
		SELECT member_id, cooperative_id FROM payments.payee
		WHERE state IN ('asked', 'incomplete', 'restricted') AND (looked_at < $1 OR looked_at IS NULL)
		ORDER BY looked_at NULLS FIRST, member_id LIMIT 1000`
	rows, err := tx.Query(ctx, query, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[LookAtPayee])
}

// sumDue is what would go to the member's bank at once.
func sumDue(ctx context.Context, db rower, c id.Cooperative, m members.MemberID) (s Sum, err error) {
	const query = `
		SELECT count(*), coalesce(sum(cents - reversed_cents), 0) FROM payments.payout WHERE cooperative_id = $1 AND member_id = $2 AND state = 'due'`
	err = db.QueryRow(ctx, query, c, m).Scan(&s.Count, &s.Amount)
	return s, err
}

// countUnready is for how many members money waits because of their details.
func countUnready(ctx context.Context, db rower, c id.Cooperative) (n int, err error) {
	const query = `
		SELECT count(DISTINCT o.member_id) FROM payments.payout o
		LEFT JOIN payments.payee e ON e.cooperative_id = o.cooperative_id AND e.member_id = o.member_id
		WHERE o.cooperative_id = $1 AND o.state = 'due' AND e.state IS DISTINCT FROM 'ready'`
	err = db.QueryRow(ctx, query, c).Scan(&n)
	return n, err
}

// findMemberPerson gives the person behind a membership.
func findMemberPerson(ctx context.Context, db rower, c id.Cooperative, m members.MemberID) (who members.Person, err error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE m.cooperative_id = $1 AND m.id = $2 AND p.erased_at IS NULL`
	err = db.QueryRow(ctx, query, c, m).Scan(&who.ID, &who.Email, &who.Name, &who.Locale)
	return who, notFound(err)
}

// listPayeesOf are the memberships for which the person has an account.
func listPayeesOf(ctx context.Context, tx pgx.Tx, person members.PersonID) ([]payee, error) {
	const query = `
		SELECT e.cooperative_id, e.member_id, e.rests_until FROM payments.payee e
		JOIN members.member m ON m.cooperative_id = e.cooperative_id AND m.id = e.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE r.person_id = $1 AND e.state <> 'gone'`
	rows, err := tx.Query(ctx, query, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p payee, err error) {
		var rests *time.Time
		err = row.Scan(&p.cooperative, &p.member, &rests)
		p.restsUntil = zeroIfNull(rests)
		return p, err
	})
}
