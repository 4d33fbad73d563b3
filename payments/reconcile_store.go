package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func insertChanges(ctx context.Context, db *pgxpool.Pool, page []BalanceChange) error {
	const query = `
		INSERT INTO payments.balance_change (id, kind, source, amount_cents, fee_cents, net_cents, happened_at)
		SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::timestamptz[])
		ON CONFLICT (id) DO NOTHING`
	var ids, kinds, sources []string
	var amounts, fees, nets []Cents
	var times []time.Time
	for _, c := range page {
		ids, kinds, sources = append(ids, c.ID), append(kinds, c.Kind), append(sources, c.Source)
		amounts, fees, nets, times = append(amounts, c.Amount), append(fees, c.Fee), append(nets, c.Net), append(times, c.At)
	}
	_, err := db.Exec(ctx, query, ids, kinds, sources, amounts, fees, nets, times)
	return err
}

// listAccountsToLook are all members' accounts, or those on which something
// happened since, and those that differ; the first of those after one.
func listAccountsToLook(ctx context.Context, db *pgxpool.Pool, since time.Time, whole bool, after string, most int) ([]accountBooks, error) {
	const query = `
		SELECT e.cooperative_id, e.member_id, e.account FROM payments.payee e
		WHERE e.account > $3 AND ($2 OR EXISTS (SELECT FROM payments.payout o WHERE o.cooperative_id = e.cooperative_id AND o.member_id = e.member_id
				AND (o.state NOT IN ('paid', 'reversed') OR coalesce(o.paid_at, o.reversed_at) > $1 OR o.due_at > $1))
			OR EXISTS (SELECT FROM payments.difference d WHERE d.cooperative_id = e.cooperative_id AND d.thing = 'account:' || e.member_id AND d.closed_at IS NULL))
		ORDER BY e.account LIMIT $4`
	rows, err := db.Query(ctx, query, since, whole, after, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (a accountBooks, err error) {
		err = row.Scan(&a.cooperative, &a.member, &a.account)
		return a, err
	})
}

// takeTime lets statements take long: those that come after it.
func takeTime(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `SET LOCAL statement_timeout = '10min'`)
	return err
}

// beginComparing lets one compare at a time. It takes time first: who waits for another
// waits as long as that takes.
func beginComparing(ctx context.Context, tx pgx.Tx) error {
	if err := takeTime(ctx, tx); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('payments.reconcile'))`)
	return err
}

// listTouched gives the things of ours that the gateway or the ledger touched since, or
// that differ, in the order of their numbers, after one of them ("": from the first on);
// and, where most is not zero, not more than that. A number is one cooperative's.
func listTouched(ctx context.Context, db querier, since time.Time, after Reference, most int) ([]touched, error) {
	const query = `
		SELECT t.cooperative_id, t.subject::text FROM (
			SELECT o.cooperative_id, o.subject FROM payments.balance_change c JOIN payments.outside_object o ON o.source = c.source WHERE c.happened_at >= $1
			UNION SELECT e.cooperative_id, coalesce(e.subject, e.id) FROM payments.entry e WHERE e.posted_at >= $1
			UNION SELECT d.cooperative_id, d.subject FROM payments.difference d WHERE d.closed_at IS NULL AND d.thing LIKE 'ours:%') t
		WHERE $2 = '' OR t.subject > nullif($2, '')::uuid ORDER BY t.subject LIMIT nullif($3::bigint, 0)`
	rows, err := db.Query(ctx, query, since, string(after), most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t touched, err error) {
		err = row.Scan(&t.cooperative, &t.subject)
		return t, err
	})
}

// listItems gives those of these things for which both books do not come to the same. What
// happens among accounts outside, or inside, changes nothing there.
func listItems(ctx context.Context, tx pgx.Tx, list []touched) ([]off, error) {
	const query = `
		SELECT t.cooperative_id, t.subject::text, ours.cents, theirs.cents, theirs.source, coalesce(theirs.about, split_part(ours.key, ':', 1))
		FROM unnest($1::uuid[], $2::text[]::uuid[]) AS t (cooperative_id, subject)
		CROSS JOIN LATERAL (
			SELECT coalesce(sum(CASE WHEN payments.outside(p.source) THEN p.cents ELSE -p.cents END), 0)::bigint AS cents, coalesce(max(e.key), '') AS key
			FROM (SELECT id, key FROM payments.entry WHERE cooperative_id = t.cooperative_id AND subject = t.subject
				UNION ALL SELECT id, key FROM payments.entry WHERE cooperative_id = t.cooperative_id AND id = t.subject AND subject IS NULL) e
			JOIN payments.posting p ON p.cooperative_id = t.cooperative_id AND p.entry_id = e.id
			WHERE payments.outside(p.source) <> payments.outside(p.destination)) ours
		CROSS JOIN LATERAL (
			SELECT coalesce(sum(changed.cents), 0)::bigint AS cents, coalesce(min(o.source) FILTER (WHERE changed.cents IS NOT NULL), '') AS source,
				min(o.about) FILTER (WHERE changed.cents IS NOT NULL) AS about
			FROM payments.outside_object o
			CROSS JOIN LATERAL (SELECT sum(c.net_cents) AS cents FROM payments.balance_change c WHERE c.source = o.source) changed -- each by its key: as a join it may read all changes for each thing
			WHERE o.cooperative_id = t.cooperative_id AND o.subject = t.subject) theirs
		WHERE ours.cents <> theirs.cents ORDER BY 1, 2`
	cooperatives, subjects := make([]id.Cooperative, len(list)), make([]string, len(list))
	for i, t := range list {
		cooperatives[i], subjects[i] = t.cooperative, string(t.subject)
	}
	rows, err := tx.Query(ctx, query, cooperatives, subjects)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (o off, err error) {
		var about string
		if err = row.Scan(&o.cooperative, &o.subject, &o.ours, &o.theirs, &o.outside, &about); err != nil {
			return o, err
		}
		o.thing, o.about = "ours:"+string(o.subject), ownAbout(about)
		switch {
		case o.theirs == 0 && o.outside == "":
			o.kind = OnlyOurs
		case o.ours == 0:
			o.kind = OnlyTheirs
		default:
			o.kind = OtherSum
		}
		return o, nil
	})
}

// ownAbout turns what an entry's key begins with into what the entry is about.
func ownAbout(begin string) string {
	switch begin {
	case "bill", "payout", "deposit", "manual":
		return begin
	case "charge", "refund", "dispute":
		return "bill"
	case "transfer", "settlement":
		return "payout"
	}
	return "something"
}

// listUnowned gives what the gateway did since, or that differed before, for
// nothing of ours, unless it came to nothing.
func listUnowned(ctx context.Context, tx pgx.Tx, since time.Time) ([]off, error) {
	const query = `
		WITH recent AS (
			SELECT DISTINCT source, CASE WHEN source = '' THEN id ELSE '' END AS alone FROM payments.balance_change WHERE happened_at >= $1
			UNION SELECT CASE WHEN c.source = '' THEN '' ELSE c.source END, CASE WHEN c.source = '' THEN c.id ELSE '' END
				FROM payments.difference d JOIN payments.balance_change c ON d.outside IN (c.source, c.id) WHERE d.closed_at IS NULL AND d.kind = 'unknown'
		)
		SELECT coalesce(nullif(r.source, ''), r.alone), min(c.kind), sum(c.net_cents)::bigint
		FROM recent r JOIN payments.balance_change c ON c.source = r.source AND (r.alone = '' OR c.id = r.alone)
		WHERE NOT EXISTS (SELECT FROM payments.outside_object o WHERE o.source = r.source AND r.source <> '')
		GROUP BY 1 HAVING sum(c.net_cents) <> 0 ORDER BY 1`
	rows, err := tx.Query(ctx, query, since)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (o off, err error) {
		var kind string
		err = row.Scan(&o.outside, &kind, &o.theirs)
		o.thing, o.kind, o.about = "theirs:"+o.outside, NobodyHas, changeAbout(kind)
		return o, err
	})
}

// changeAbout turns the gateway's word for a change into ours.
func changeAbout(kind string) string {
	switch kind {
	case "charge", "payment", "transfer", "refund", "topup":
		return kind
	case "payment_refund", "refund_failure", "payment_failure_refund":
		return "refund"
	case "transfer_refund":
		return "transfer"
	case "adjustment":
		return "dispute"
	case "payout", "payout_failure", "payout_cancel":
		return "payout_of_house"
	case "stripe_fee":
		return "fee"
	}
	return "something"
}

func insertClaim(ctx context.Context, tx pgx.Tx, o off, source string, now time.Time) error {
	const query = `INSERT INTO payments.claim (source, cooperative_id, subject, claimed_at) VALUES ($1, $2, $3, $4)`
	_, err := tx.Exec(ctx, query, source, o.cooperative, string(o.subject), now)
	return err
}

// sumAllInside is what the ledgers of all cooperatives say to be on the account
// that they share.
func sumAllInside(ctx context.Context, tx pgx.Tx) (sum Cents, err error) {
	err = tx.QueryRow(ctx, `SELECT coalesce(sum(balance_cents), 0)::bigint FROM payments.account WHERE NOT payments.outside(address)`).Scan(&sum)
	return sum, err
}

// balanceThere is what the ledger says to be on a member's account: also what is set
// apart to be taken back from there.
func balanceThere(ctx context.Context, tx pgx.Tx, a accountBooks) (Cents, error) {
	const query = `
		SELECT coalesce(sum(t.cents), 0)::bigint FROM payments.settlement t
		JOIN payments.payout o ON o.cooperative_id = t.cooperative_id AND o.id = t.payout_id
		WHERE t.cooperative_id = $1 AND o.member_id = $2 AND t.state = 'approved'`
	var apart Cents
	if err := tx.QueryRow(ctx, query, a.cooperative, a.member).Scan(&apart); err != nil {
		return 0, err
	}
	at := MemberAccount(a.member, AtGateway)
	balances, err := readBalances(ctx, tx, a.cooperative, []Account{at})
	return balances[at] + apart, err
}

func listNoted(ctx context.Context, tx pgx.Tx) ([]noted, error) {
	const query = `
		SELECT d.id, d.cooperative_id, d.thing, d.ours_cents, d.theirs_cents, d.found_at, d.seen_at, d.confirmed_at IS NOT NULL,
			d.kind = 'account' AND NOT EXISTS (SELECT FROM payments.payee e WHERE e.cooperative_id = d.cooperative_id AND e.member_id = d.subject)
		FROM payments.difference d WHERE d.closed_at IS NULL FOR NO KEY UPDATE`
	rows, err := tx.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (n noted, err error) {
		err = row.Scan(&n.id, &n.cooperative, &n.thing, &n.ours, &n.theirs, &n.foundAt, &n.seenAt, &n.confirmed, &n.gone)
		return n, err
	})
}

// insertDifference notes one. What is noted already stays as it is.
func insertDifference(ctx context.Context, tx pgx.Tx, d DifferenceID, o off, now time.Time) error {
	const query = `
		INSERT INTO payments.difference (id, cooperative_id, kind, thing, about, subject, outside, ours_cents, theirs_cents, found_at, seen_at)
		VALUES ($1, $2, $3, $4, $5, $6::text::uuid, $7, $8, $9, $10, $10)
		ON CONFLICT (cooperative_id, thing) WHERE closed_at IS NULL DO NOTHING`
	_, err := tx.Exec(ctx, query, d, o.cooperative, string(o.kind), o.thing, o.about, orNull(string(o.subject)), o.outside, int64(o.ours), int64(o.theirs), now)
	return err
}

// seeDifference: whoever found it may have another clock.
func seeDifference(ctx context.Context, tx pgx.Tx, n noted, confirmed bool, now time.Time) error {
	const query = `
		UPDATE payments.difference SET seen_at = greatest($3::timestamptz, $5::timestamptz), confirmed_at = CASE WHEN $4 THEN coalesce(confirmed_at, greatest($3::timestamptz, $5::timestamptz)) END, found_at = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, n.cooperative, n.id, now, confirmed, n.foundAt)
	return err
}

// changeDifference: what was explained was another sum, so that somebody must look
// again; what was not confirmed yet is new.
func changeDifference(ctx context.Context, tx pgx.Tx, n noted, o off, now time.Time) error {
	const query = `
		UPDATE payments.difference SET kind = $3, about = $4, outside = $5, ours_cents = $6, theirs_cents = $7, seen_at = $8,
			found_at = CASE WHEN confirmed_at IS NULL OR explained_at IS NOT NULL THEN $8 ELSE found_at END,
			confirmed_at = CASE WHEN explained_at IS NOT NULL THEN $8 ELSE confirmed_at END,
			explained_by = NULL, explained_at = NULL, note = '', asked_by = NULL, asked_at = NULL, wish = '',
			claimed_by = NULL, claimed_at = NULL, claim_note = '', claim_account = NULL, claim_subject = NULL, claim_agreed_by = NULL
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, n.cooperative, n.id, string(o.kind), o.about, o.outside, int64(o.ours), int64(o.theirs), now)
	return err
}

// closeDifference ends one that vanished; what was only noted leaves no trace.
func closeDifference(ctx context.Context, tx pgx.Tx, n noted, now time.Time) error {
	query := `DELETE FROM payments.difference WHERE cooperative_id = $1 AND id = $2`
	args := []any{n.cooperative, n.id}
	if n.confirmed {
		query, args = `UPDATE payments.difference SET closed_at = $3 WHERE cooperative_id = $1 AND id = $2`, append(args, now)
	}
	_, err := tx.Exec(ctx, query, args...)
	return err
}
