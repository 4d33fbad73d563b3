package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// advanceable is a wage of which something may be asked before it is paid.
type advanceable struct {
	line     id.Of[Line]
	cents    Cents
	paid     bool
	disputed bool
}

const selectAdvanceable = `
	SELECT l.id, l.cents, b.state NOT IN ('due', 'paying'),
		EXISTS (SELECT FROM payments.dispute d WHERE d.cooperative_id = b.cooperative_id AND d.bill_id = b.id AND d.state IN ('warning', 'open', 'lost'))
	FROM payments.bill b
	JOIN payments.bill_line l ON l.cooperative_id = b.cooperative_id AND l.bill_id = b.id AND l.kind = 'wage'
	WHERE b.cooperative_id = $1 AND l.member_id = $2 AND b.ref = $3`

// stop is why nothing can be advanced of it.
func (w advanceable) stop() AdvanceStop {
	switch {
	case w.disputed:
		return AdvanceDispute
	case w.paid:
		return AdvancePaid
	}
	return ""
}

func findAdvanceable(ctx context.Context, db rower, c id.Cooperative, m members.MemberID, ref Reference) (w advanceable, err error) {
	err = db.QueryRow(ctx, selectAdvanceable, c, m, string(ref)).Scan(&w.line, &w.cents, &w.paid, &w.disputed)
	return w, notFound(err)
}

func lockAdvanceable(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, ref Reference) (w advanceable, err error) {
	err = tx.QueryRow(ctx, selectAdvanceable+` FOR NO KEY UPDATE OF b`, c, m, string(ref)).Scan(&w.line, &w.cents, &w.paid, &w.disputed)
	return w, notFound(err)
}

// isOut holds for an advance that was approved and is not earned back.
const isOut = `state IN ('approved', 'sent', 'out')`

// isCarried holds for an advance that the fund carried since $5.
const isCarried = `state = 'covered' AND ended_at > $5`

// roomFor is how much the member can have beforehand now, of a wage. What the fund
// carried of this wage, and of this member lately, is no room: else an advance and
// its cover could go round.
func roomFor(ctx context.Context, db rower, c id.Cooperative, m members.MemberID, w advanceable, now time.Time) (r AdvanceRoom, err error) {
	policy, err := findPolicy(ctx, db, c)
	if err != nil {
		return r, err
	}
	const query = `
		SELECT coalesce((SELECT sum(balance_cents) FROM payments.account WHERE cooperative_id = $1 AND address = 'coop:fund'), 0)::bigint,
			coalesce((SELECT sum(cents - netted_cents) FROM payments.advance WHERE cooperative_id = $1 AND ` + isOut + `), 0)::bigint,
			coalesce((SELECT sum(cents - netted_cents) FROM payments.advance WHERE cooperative_id = $1 AND member_id = $2 AND (` + isOut + ` OR ` + isCarried + `)), 0)::bigint,
			coalesce((SELECT sum(cents - netted_cents) FROM payments.advance WHERE cooperative_id = $1 AND line_id = $4 AND state = 'covered'), 0)::bigint,
			coalesce((SELECT array_agg(cents) FROM (SELECT l.cents FROM payments.payout o
				JOIN payments.bill_line l ON l.cooperative_id = o.cooperative_id AND l.id = o.line_id
				WHERE o.cooperative_id = $1 AND o.member_id = $2 AND o.state = 'paid' ORDER BY o.paid_at DESC, o.id LIMIT $3) w), '{}')`
	var fund, out, mine, carried Cents
	var paid []int64
	if err := db.QueryRow(ctx, query, c, m, wagesThatCount, w.line, now.Add(-carriedCounts)).Scan(&fund, &out, &mine, &carried, &paid); err != nil {
		return r, err
	}
	wages := make([]Cents, len(paid))
	for i, one := range paid {
		wages[i] = Cents(one)
	}
	return AdvanceRoom{Wage: w.cents - carried, Limit: policy.Advance - mine, History: history(wages) - mine, Fund: fund*fundShare/100 - out, Anybody: policy.Advance}, nil
}

// lockRoom is roomFor while nobody else is advanced anything, and nothing leaves
// the fund.
func lockRoom(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, w advanceable, now time.Time) (AdvanceRoom, error) {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('payments.advance ' || $1, 0))`, c.String()); err != nil {
		return AdvanceRoom{}, err
	}
	if err := lockAccounts(ctx, tx, c, Fund); err != nil {
		return AdvanceRoom{}, err
	}
	return roomFor(ctx, tx, c, m, w, now)
}

func insertAdvance(ctx context.Context, tx pgx.Tx, c id.Cooperative, a Advanced, line id.Of[Line], room AdvanceRoom, now time.Time) error {
	const query = `
		INSERT INTO payments.advance (id, cooperative_id, member_id, line_id, cents, state, doubt, asked_at, decided_at, limit_cents)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $6 = 'approved' THEN $8::timestamptz END, CASE WHEN $6 = 'approved' THEN $9::bigint END)`
	_, err := tx.Exec(ctx, query, a.ID, c, a.Member, line, a.Amount, string(a.State), string(a.Doubt), now, room.Anybody)
	if breaks(err, "advance_of_line_once") {
		return &NoAdvance{AdvanceThere}
	}
	return err
}

func insertAdvancePayout(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID, a Advanced, now time.Time) error {
	const query = `
		INSERT INTO payments.payout (id, cooperative_id, advance_id, member_id, cents, state, due_at, charge_id)
		VALUES ($1, $2, $3, $4, $5, 'due', $6, '')`
	_, err := tx.Exec(ctx, query, payout, c, a.ID, a.Member, a.Amount, now)
	return err
}

const selectAdvance = `
	SELECT a.id, a.member_id, who.id, who.name, b.ref, b.title, a.cents, a.netted_cents, a.state, a.doubt, a.asked_at, a.reason,
		coalesce(o.instant, false), a.covering_by IS NOT NULL, a.covering_by
	FROM payments.advance a
	JOIN payments.bill_line l ON l.cooperative_id = a.cooperative_id AND l.id = a.line_id
	JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
	JOIN members.member m ON m.cooperative_id = a.cooperative_id AND m.id = a.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person who ON who.id = r.person_id
	LEFT JOIN payments.payout o ON o.cooperative_id = a.cooperative_id AND o.advance_id = a.id
	WHERE a.cooperative_id = $1`

const (
	ofLine    = ` AND a.line_id = $2 ORDER BY a.asked_at DESC, a.id LIMIT 20`
	stillOpen = ` AND a.ended_at IS NULL AND $2::text IS NULL ORDER BY a.asked_at, a.id LIMIT 200`
)

func scanAdvance(row pgx.Row) (a Advanced, err error) {
	err = row.Scan(&a.ID, &a.Member, &a.person, &a.Name, &a.Ref, &a.Title, &a.Amount, &a.Netted, &a.State, &a.Doubt, &a.AskedAt, &a.sealed,
		&a.Instant, &a.Proposed, &a.cover)
	return a, notFound(err)
}

func listAdvances(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, which string, arg any) ([]Advanced, error) {
	rows, err := db.Query(ctx, selectAdvance+which, c, arg)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Advanced, error) { return scanAdvance(row) })
}

func findAdvanceTold(ctx context.Context, db rower, t AdvanceTold) (a Advanced, p members.Person, err error) {
	const query = `
		SELECT a.id, a.member_id, b.ref, b.title, a.cents, a.state, coalesce(o.state = 'failed', false), p.id, p.name, p.email, p.locale FROM payments.advance a
		LEFT JOIN payments.payout o ON o.cooperative_id = a.cooperative_id AND o.advance_id = a.id
		JOIN payments.bill_line l ON l.cooperative_id = a.cooperative_id AND l.id = a.line_id
		JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
		JOIN members.member m ON m.cooperative_id = a.cooperative_id AND m.id = a.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE a.cooperative_id = $1 AND a.id = $2`
	err = db.QueryRow(ctx, query, t.Cooperative, t.Advance).Scan(&a.ID, &a.Member, &a.Ref, &a.Title, &a.Amount, &a.State, &a.SentBack, &p.ID, &p.Name, &p.Email, &p.Locale)
	return a, p, notFound(err)
}

func lockAdvance(ctx context.Context, tx pgx.Tx, c id.Cooperative, advance AdvanceID) (Advanced, error) {
	return scanAdvance(tx.QueryRow(ctx, selectAdvance+` AND a.id = $2 FOR NO KEY UPDATE OF a`, c, advance))
}

func endAdvance(ctx context.Context, tx pgx.Tx, c id.Cooperative, advance AdvanceID, state AdvanceState, now time.Time) error {
	const query = `
		UPDATE payments.advance SET state = $3, ended_at = $4, decided_at = coalesce(decided_at, $4) WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, advance, string(state), now)
	return err
}

func markAdvanceApproved(ctx context.Context, tx pgx.Tx, by members.Actor, advance AdvanceID, room AdvanceRoom, now time.Time) error {
	const query = `UPDATE payments.advance SET state = 'approved', decided_by = $3, decided_at = $4, limit_cents = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, advance, by.Role, now, room.Anybody)
	return err
}

func markAdvanceRefused(ctx context.Context, tx pgx.Tx, by members.Actor, advance AdvanceID, reason []byte, now time.Time) error {
	const query = `
		UPDATE payments.advance SET state = 'refused', decided_by = $3, decided_at = $4, ended_at = $4, reason = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, advance, by.Role, now, reason)
	return err
}

func markCovering(ctx context.Context, tx pgx.Tx, by members.Actor, advance AdvanceID) error {
	_, err := tx.Exec(ctx, `UPDATE payments.advance SET covering_by = $3 WHERE cooperative_id = $1 AND id = $2`, by.Cooperative, advance, by.Role)
	return err
}

// sumCarried is what the fund carried for a member since then.
func sumCarried(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, since time.Time) (sum Cents, err error) {
	const query = `
		SELECT coalesce(sum(cents - netted_cents), 0)::bigint FROM payments.advance
		WHERE cooperative_id = $1 AND member_id = $2 AND state = 'covered' AND ended_at > $3`
	err = tx.QueryRow(ctx, query, c, m, since).Scan(&sum)
	return sum, err
}

func markCovered(ctx context.Context, tx pgx.Tx, by members.Actor, advance AdvanceID, now time.Time) error {
	const query = `
		UPDATE payments.advance SET state = 'covered', covered_by = $3, ended_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, advance, by.Role, now)
	return err
}

// updateAdvanceOf keeps an advance in step with its payout.
func updateAdvanceOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, advance AdvanceID, state AdvanceState) error {
	const query = `UPDATE payments.advance SET state = $3 WHERE cooperative_id = $1 AND id = $2 AND ` + isOut
	_, err := tx.Exec(ctx, query, c, advance, string(state))
	return err
}

// isForgotten reports whether an advance of this wage may have left, and a database
// that was put back does not know it: until people resume nobody says.
func isForgotten(ctx context.Context, tx pgx.Tx, c id.Cooperative, line id.Of[Line]) (doubt bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM payments.advance WHERE cooperative_id = $1 AND line_id = $2 AND state IN ('asked', 'approved'))
			AND EXISTS (SELECT FROM payments.stop WHERE cooperative_id = $1 AND cause = 'restored' AND lifted_at IS NULL)`
	err = tx.QueryRow(ctx, query, c, line).Scan(&doubt)
	return doubt, err
}

// dropUnsent ends what was asked of this wage and did not leave; the wage itself is
// there now.
func dropUnsent(ctx context.Context, tx pgx.Tx, c id.Cooperative, line id.Of[Line], now time.Time) error {
	const lock = `
		SELECT FROM payments.payout o
		WHERE o.cooperative_id = $1 AND o.advance_id = ANY (ARRAY(SELECT id FROM payments.advance WHERE cooperative_id = $1 AND line_id = $2))
		ORDER BY o.id FOR UPDATE OF o`
	if _, err := tx.Exec(ctx, lock, c, line); err != nil {
		return err
	}
	const unpay = `
		DELETE FROM payments.payout o
		WHERE o.cooperative_id = $1 -- and then by their keys: as a join all payouts were read, in the order of their advances
			AND o.advance_id = ANY (ARRAY(SELECT id FROM payments.advance WHERE cooperative_id = $1 AND line_id = $2 AND state = 'approved'))
			AND NOT EXISTS (SELECT FROM payments.entry e WHERE e.cooperative_id = o.cooperative_id AND e.key = 'payout:' || o.id || ':hold')`
	if _, err := tx.Exec(ctx, unpay, c, line); err != nil {
		return err
	}
	const drop = `
		UPDATE payments.advance a SET state = 'dropped', ended_at = $3, decided_at = coalesce(decided_at, $3)
		WHERE a.cooperative_id = $1 AND a.line_id = $2 AND a.state IN ('asked', 'approved')
			AND NOT EXISTS (SELECT FROM payments.payout o WHERE o.cooperative_id = a.cooperative_id AND o.advance_id = a.id)`
	_, err := tx.Exec(ctx, drop, c, line, now)
	return err
}

// lockOut are what the fund carried of this wage, and then the member's advances that
// left, the largest first.
func lockOut(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, line id.Of[Line]) ([]Advanced, error) {
	const query = `
		SELECT a.id, a.cents, a.netted_cents, a.state FROM payments.advance a
		WHERE a.cooperative_id = $1 AND a.member_id = $2 AND (a.state IN ('approved', 'sent', 'out') OR a.state = 'covered' AND a.line_id = $3)
			AND EXISTS (SELECT FROM payments.entry e WHERE e.cooperative_id = a.cooperative_id AND e.key = -- of this one: joined, everybody's advances are read
				'payout:' || (SELECT o.id FROM payments.payout o WHERE o.cooperative_id = a.cooperative_id AND o.advance_id = a.id) || ':hold')
		ORDER BY a.state <> 'covered', a.cents - a.netted_cents DESC, a.id FOR NO KEY UPDATE OF a`
	rows, err := tx.Query(ctx, query, c, m, line)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (a Advanced, err error) {
		err = row.Scan(&a.ID, &a.Amount, &a.Netted, &a.State)
		return a, err
	})
}

// insertAdvancePart notes it. One that the fund carried stays covered, by so much less.
func insertAdvancePart(ctx context.Context, tx pgx.Tx, c id.Cooperative, a Advanced, line id.Of[Line], cents Cents, now time.Time) error {
	const take = `
		UPDATE payments.advance SET netted_cents = netted_cents + $3,
			state = CASE WHEN state <> 'covered' AND netted_cents + $3 = cents THEN 'netted' ELSE state END,
			ended_at = CASE WHEN state = 'covered' THEN ended_at WHEN netted_cents + $3 = cents THEN $4::timestamptz END
		WHERE cooperative_id = $1 AND id = $2`
	if _, err := tx.Exec(ctx, take, c, a.ID, cents, now); err != nil {
		return err
	}
	const note = `INSERT INTO payments.advance_part (cooperative_id, advance_id, line_id, cents) VALUES ($1, $2, $3, $4)`
	_, err := tx.Exec(ctx, note, c, a.ID, line, cents)
	return err
}

// chooseInstant decides once whether an advance is at the bank at once.
func chooseInstant(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, payout PayoutID, instant bool) (chosen bool, err error) {
	const query = `
		UPDATE payments.payout SET instant = coalesce(instant, $3) WHERE cooperative_id = $1 AND id = $2 RETURNING instant`
	err = db.QueryRow(ctx, query, c, payout, instant).Scan(&chosen)
	return chosen, err
}

// notInstant is for a bank that cannot: the gateway said so, and nothing moved.
func notInstant(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID) error {
	_, err := tx.Exec(ctx, `UPDATE payments.payout SET instant = false WHERE cooperative_id = $1 AND id = $2 AND instant`, c, payout)
	return err
}
