package jobs

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

func findClientName(ctx context.Context, tx pgx.Tx, c id.Cooperative, client members.ClientID) (name string, err error) {
	err = tx.QueryRow(ctx, `SELECT name FROM members.client WHERE cooperative_id = $1 AND id = $2`, c, client).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", members.ErrNotFound
	}
	return name, err
}

// selectSocialWork counts the work of a client's gigs, and of all together.
const selectSocialWork = `
	SELECT g.id, coalesce(g.title, ''), coalesce(g.language, ''), grouping(g.id) = 1, ` + isPartPay + ` AS off,
		count(*), sum(t.minutes), count(DISTINCT e.member_id)
	FROM jobs.gig g
	JOIN jobs.shift s ON s.cooperative_id = g.cooperative_id AND s.gig_id = g.id AND s.starts_at >= $3 AND s.starts_at < $4
	JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id
	JOIN jobs.timesheet t ON t.cooperative_id = e.cooperative_id AND t.engagement_id = e.id
	WHERE g.cooperative_id = $1 AND g.client_id = $2 AND ` + hoursAgreed + `
	GROUP BY GROUPING SETS ((off, g.id, g.title, g.language), (off))`

func listSocialWork(ctx context.Context, tx pgx.Tx, c id.Cooperative, client members.ClientID, first, last members.Day) ([]socialRow, error) {
	from, until := spanOf(first, last)
	rows, err := tx.Query(ctx, selectSocialWork, c, client, from, until)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r socialRow, err error) {
		err = row.Scan(&r.Gig, &r.Title, &r.Language, &r.whole, &r.off, &r.Works, &r.Minutes, &r.People)
		return r, err
	})
}

// selectSocialBills adds up a client's bills by their gig: those of work that is
// kept no more have none.
const selectSocialBills = `
	SELECT g.id, coalesce(g.title, ''), coalesce(g.language, ''), coalesce(` + isPartPay + `, false) AS off,
		coalesce(sum(l.cents) FILTER (WHERE b.state = 'paid' AND l.kind = 'wage'), 0), coalesce(sum(l.cents) FILTER (WHERE b.state = 'paid' AND l.kind = 'contribution'), 0),
		coalesce(sum(l.cents) FILTER (WHERE b.state <> 'paid' AND l.kind = 'wage'), 0), coalesce(sum(l.cents) FILTER (WHERE b.state <> 'paid' AND l.kind = 'contribution'), 0)
	FROM payments.bill b
	JOIN payments.bill_line l ON l.cooperative_id = b.cooperative_id AND l.bill_id = b.id
	LEFT JOIN jobs.engagement e ON e.cooperative_id = b.cooperative_id
		AND e.id = CASE WHEN b.ref ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' THEN left(b.ref, 36)::uuid END
	LEFT JOIN jobs.timesheet t ON t.cooperative_id = e.cooperative_id AND t.engagement_id = e.id
	LEFT JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
	LEFT JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
	WHERE b.cooperative_id = $1 AND b.client_id = $2 AND b.worked_on BETWEEN $3::date AND $4::date
	GROUP BY g.id, g.title, g.language, off`

func listSocialBills(ctx context.Context, tx pgx.Tx, c id.Cooperative, client members.ClientID, first, last members.Day) ([]socialRow, error) {
	rows, err := tx.Query(ctx, selectSocialBills, c, client, string(first), string(last))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r socialRow, err error) {
		err = row.Scan(&r.Gig, &r.Title, &r.Language, &r.off, &r.Paid.Wages, &r.Paid.Contribution, &r.Due.Wages, &r.Due.Contribution)
		return r, err
	})
}
