package payments

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// mostMovements is how many are listed at once: a payout that comes back often has
// three each time.
const mostMovements = 500

// listMovements gives what touched the account, and of the entries about these
// subjects what touched an account that begins so.
func listMovements(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, a Account, about []Reference, prefix string) ([]Movement, error) {
	const query = `
		WITH found AS (
			SELECT p.* FROM payments.posting p WHERE p.cooperative_id = $1 AND p.source = $2
			UNION SELECT p.* FROM payments.posting p WHERE p.cooperative_id = $1 AND p.destination = $2
			UNION SELECT p.* FROM payments.entry e
				JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
				WHERE e.cooperative_id = $1 AND e.subject = ANY ($3::text[]::uuid[]) AND (starts_with(p.source, $4) OR starts_with(p.destination, $4)))
		SELECT e.id, e.cause, coalesce(e.subject::text, ''), p.posted_at, p.source, p.destination, p.cents, e.posted_by
		FROM found p
		JOIN payments.entry e ON e.cooperative_id = p.cooperative_id AND e.id = p.entry_id
		ORDER BY p.posted_at, array_position($6::text[], e.cause), e.key, p.number LIMIT $5`
	rows, err := db.Query(ctx, query, c, string(a), texts(about), prefix, mostMovements, texts(Causes()))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (m Movement, err error) {
		err = row.Scan(&m.Entry, &m.Cause, &m.Subject, &m.At, &m.From, &m.To, &m.Amount, &m.By)
		return m, err
	})
}

// texts is for text[]: pgx writes no lists of other kinds of string.
func texts[T ~string](list []T) []string {
	plain := make([]string, len(list))
	for i, one := range list {
		plain[i] = string(one)
	}
	return plain
}

// findEarningIDs gives the bill and the payout of a wage; there may be no payout yet.
func findEarningIDs(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m members.MemberID, ref Reference) (bill BillID, payout PayoutID, err error) {
	const query = `SELECT b.id, o.id` + earningTables + ` WHERE l.cooperative_id = $1 AND l.member_id = $2 AND b.ref = $3`
	err = db.QueryRow(ctx, query, c, m, string(ref)).Scan(&bill, &payout)
	return bill, payout, notFound(err)
}

// readBalances sums the shards; where nothing ever was there is 0.
func readBalances(ctx context.Context, db querier, c id.Cooperative, accounts []Account) (map[Account]Cents, error) {
	const query = `
		SELECT a, coalesce((SELECT sum(balance_cents) FROM payments.account WHERE cooperative_id = $1 AND address = a), 0)::bigint
		FROM unnest($2::text[]) AS a`
	rows, err := db.Query(ctx, query, c, texts(accounts))
	if err != nil {
		return nil, err
	}
	balances := map[Account]Cents{}
	var a Account
	var cents Cents
	_, err = pgx.ForEachRow(rows, []any{&a, &cents}, func() error {
		balances[a] = cents
		return nil
	})
	return balances, err
}

func sumInside(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) (sum Cents, err error) {
	const query = `SELECT coalesce(sum(balance_cents), 0)::bigint FROM payments.account WHERE cooperative_id = $1 AND NOT payments.outside(address)`
	err = db.QueryRow(ctx, query, c).Scan(&sum)
	return sum, err
}
