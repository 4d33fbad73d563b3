package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// insertPosting gives the posting that stands under the key afterwards: this
// one, or an older one.
func insertPosting(ctx context.Context, tx pgx.Tx, c id.Cooperative, posting id.Of[Posting], p Posting, now time.Time) (there Posting, err error) {
	const insert = `
		INSERT INTO payments.posting (id, cooperative_id, key, source, destination, cents, posted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT posting_once DO NOTHING`
	if _, err := tx.Exec(ctx, insert, posting, c, p.Key, string(p.Source), string(p.Destination), p.Amount, now); err != nil {
		return there, err
	}
	const query = `SELECT key, source, destination, cents FROM payments.posting WHERE cooperative_id = $1 AND key = $2`
	err = tx.QueryRow(ctx, query, c, p.Key).Scan(&there.Key, &there.Source, &there.Destination, &there.Amount)
	return there, err
}

// countFaults counts what must not be, by its name; see Audit.
func countFaults(ctx context.Context, db *pgxpool.Pool) (faults map[string]int, err error) {
	const query = `
		WITH moved AS (
			SELECT cooperative_id, destination AS address, cents FROM payments.posting
			UNION ALL SELECT cooperative_id, source, -cents FROM payments.posting
		), summed AS (
			SELECT cooperative_id, address, sum(cents) AS cents FROM moved GROUP BY cooperative_id, address
		)
		SELECT 'ledger_not_zero', count(*) FROM (
			SELECT FROM payments.account GROUP BY cooperative_id HAVING sum(balance_cents) <> 0) x
		UNION ALL SELECT 'balance_wrong', count(*) FROM payments.account a FULL JOIN summed s USING (cooperative_id, address)
			WHERE a.balance_cents IS DISTINCT FROM s.cents
		UNION ALL SELECT 'bill_lines_wrong', count(*) FROM payments.bill b
			LEFT JOIN (SELECT cooperative_id, bill_id, sum(cents) AS cents FROM payments.bill_line GROUP BY cooperative_id, bill_id) l
				ON l.cooperative_id = b.cooperative_id AND l.bill_id = b.id
			WHERE b.total_cents IS DISTINCT FROM l.cents
		UNION ALL SELECT 'bill_not_posted', count(*) FROM payments.bill b
			LEFT JOIN payments.posting p ON p.cooperative_id = b.cooperative_id AND p.key = 'bill:' || b.id || ':paid'
			WHERE (b.state = 'paid' AND p.cents IS DISTINCT FROM b.total_cents) OR (b.state <> 'paid' AND p.id IS NOT NULL)
		UNION ALL SELECT 'line_not_posted', count(*) FROM payments.bill_line l
			JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
			LEFT JOIN payments.posting p ON p.cooperative_id = l.cooperative_id AND p.key = 'line:' || l.id
			WHERE b.state = 'paid' AND p.cents IS DISTINCT FROM l.cents
		UNION ALL SELECT 'held_left', count(*) FROM payments.account WHERE address LIKE 'bill:%' AND balance_cents <> 0
		UNION ALL SELECT 'wage_without_payout', count(*) FROM payments.bill_line l
			JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
			LEFT JOIN payments.payout o ON o.cooperative_id = l.cooperative_id AND o.line_id = l.id
			WHERE l.kind = 'wage' AND (b.state = 'paid') <> (o.cents IS NOT DISTINCT FROM l.cents)
		UNION ALL SELECT 'bank_wrong', count(*) FROM (
			SELECT FROM payments.account a
			LEFT JOIN (SELECT cooperative_id, 'member:' || member_id || ':bank' AS address, sum(cents) AS cents
				FROM payments.payout WHERE state = 'paid' GROUP BY cooperative_id, member_id) o USING (cooperative_id, address)
			WHERE a.address LIKE 'member:%:bank' AND a.balance_cents <> coalesce(o.cents, 0)) x`
	rows, err := db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	faults = map[string]int{}
	var name string
	var count int
	_, err = pgx.ForEachRow(rows, []any{&name, &count}, func() error {
		if count > 0 {
			faults[name] = count
		}
		return nil
	})
	return faults, err
}
