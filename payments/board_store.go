package payments

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

const never = `'0001-01-01 00:00:00Z'::timestamptz`

func readBoard(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) (b Board, err error) {
	const query = `
		SELECT bills.n, bills.cents, pay.due, pay.due_cents, pay.lost, pay.lost_cents, pay.sent, pay.sent_cents, pay.failed, pay.failed_cents,
			ask.n, pay.oldest, ask.oldest, stops.n, differ.n, differ.untaken, differ.oldest, differ.explained,
			coalesce((SELECT upto FROM payments.cursor WHERE what = 'books' AND account = ''), ` + never + `),
			coalesce((SELECT upto FROM payments.cursor WHERE what = 'whole' AND account = ''), ` + never + `)
		FROM (SELECT count(*) AS n, coalesce(sum(total_cents), 0)::bigint AS cents FROM payments.bill WHERE cooperative_id = $1 AND state <> 'paid') bills,
			(SELECT count(*) FILTER (WHERE o.state = 'due') AS due, coalesce(sum(o.cents - o.reversed_cents) FILTER (WHERE o.state = 'due'), 0)::bigint AS due_cents,
				count(*) FILTER (WHERE o.state = 'due' AND e.account IS NULL) AS lost,
				coalesce(sum(o.cents - o.reversed_cents) FILTER (WHERE o.state = 'due' AND e.account IS NULL), 0)::bigint AS lost_cents,
				count(*) FILTER (WHERE o.state = 'sent') AS sent, coalesce(sum(o.cents - o.reversed_cents) FILTER (WHERE o.state = 'sent'), 0)::bigint AS sent_cents,
				count(*) FILTER (WHERE o.state = 'failed') AS failed, coalesce(sum(o.cents - o.reversed_cents) FILTER (WHERE o.state = 'failed'), 0)::bigint AS failed_cents,
				coalesce(min(o.due_at) FILTER (WHERE o.state = 'due'), ` + never + `) AS oldest
			FROM payments.payout o LEFT JOIN payments.payee e ON e.cooperative_id = o.cooperative_id AND e.member_id = o.member_id
			WHERE o.cooperative_id = $1 AND o.state NOT IN ('paid', 'reversed')) pay,
			(SELECT count(*) AS n, coalesce(min(first_at), ` + never + `) AS oldest FROM payments.errand WHERE cooperative_id = $1 AND state = 'open' AND tries > 0) ask,
			(SELECT count(*) AS n FROM payments.stop WHERE cooperative_id = $1 AND lifted_at IS NULL) stops,
			(SELECT count(*) FILTER (WHERE explained_at IS NULL) AS n, count(*) FILTER (WHERE explained_at IS NULL AND taken_at IS NULL) AS untaken,
				count(explained_at) AS explained, coalesce(min(found_at) FILTER (WHERE explained_at IS NULL), ` + never + `) AS oldest
			FROM payments.difference WHERE cooperative_id = $1 AND closed_at IS NULL AND confirmed_at IS NOT NULL) differ`
	err = db.QueryRow(ctx, query, c).Scan(&b.Bills.Count, &b.Bills.Amount, &b.Due.Count, &b.Due.Amount, &b.NoAccount.Count, &b.NoAccount.Amount,
		&b.Sent.Count, &b.Sent.Amount, &b.Failed.Count, &b.Failed.Amount, &b.Unknown.Count, &b.OldestDue, &b.OldestAsk,
		&b.Stops, &b.Differ, &b.Untaken, &b.OldestDiff, &b.Explained, &b.LookedAt, &b.WholeAt)
	return b, err
}

func readHealth(ctx context.Context, db *pgxpool.Pool) (h Health, err error) {
	const query = `
		SELECT payments.at_home(), (SELECT count(*) FROM payments.stop WHERE lifted_at IS NULL), differ.n, differ.oldest, ask.n, ask.oldest,
			coalesce((SELECT upto FROM payments.cursor WHERE what = 'books' AND account = ''), ` + never + `)
		FROM (SELECT count(*) AS n, coalesce(min(found_at), ` + never + `) AS oldest FROM payments.difference WHERE ` + live + `) differ,
			(SELECT count(*) AS n, coalesce(min(first_at), ` + never + `) AS oldest FROM payments.errand WHERE state = 'open' AND tries > 0) ask`
	err = db.QueryRow(ctx, query).Scan(&h.Home, &h.Stops, &h.Differ, &h.OldestDiff, &h.Unknown, &h.OldestAsk, &h.LookedAt)
	return h, err
}
