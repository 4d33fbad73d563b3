package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// listPriced are the shifts to come with all their seats, and work of shifts that
// are over whose hours are not agreed.
func listPriced(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, now time.Time) ([]priced, error) {
	const query = `
		SELECT s.starts_at, s.ends_at, s.break_minutes, s.seats, g.rate_cents, o.contribution_bp
		FROM jobs.shift s
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.settings o ON o.cooperative_id = g.cooperative_id
		WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND s.ends_at > $3 AND ` + TakesPlace + `
		UNION ALL
		SELECT e.starts_at, e.ends_at, s.break_minutes, 1, e.rate_cents, e.contribution_bp
		FROM jobs.shift s
		JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + hoursOpen + `
		WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND s.ends_at <= $3`
	return collectPriced(tx.Query(ctx, query, c, gig, now))
}

// listGiven are the seats of the gig that somebody has and that are on no bill.
func listGiven(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) ([]priced, error) {
	const query = `
		SELECT e.starts_at, e.ends_at, s.break_minutes, 1, e.rate_cents, e.contribution_bp
		FROM jobs.shift s
		JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + hoursOpen + ` AND ` + HoldsSeat + `
		WHERE s.cooperative_id = $1 AND s.gig_id = $2`
	return collectPriced(tx.Query(ctx, query, c, gig))
}

func collectPriced(rows pgx.Rows, err error) ([]priced, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p priced, err error) {
		var minutes int
		err = row.Scan(&p.shift.Starts, &p.shift.Ends, &minutes, &p.shift.Seats, &p.rate, &p.contribution)
		p.shift.Break = time.Duration(minutes) * time.Minute
		return p, err
	})
}

// findSeatPrice is on what a seat of the gig is given now.
func findSeatPrice(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) (p priced, err error) {
	const query = `
		SELECT g.rate_cents, o.contribution_bp FROM jobs.gig g JOIN members.settings o ON o.cooperative_id = g.cooperative_id
		WHERE g.cooperative_id = $1 AND g.id = $2`
	err = tx.QueryRow(ctx, query, c, gig).Scan(&p.rate, &p.contribution)
	return p, err
}

func findTitle(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) (title string, language members.Locale, err error) {
	err = tx.QueryRow(ctx, `SELECT title, language FROM jobs.gig WHERE cooperative_id = $1 AND id = $2`, c, gig).Scan(&title, &language)
	return title, language, err
}

func markAwaits(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.gig SET state = 'paused', awaits_deposit = true WHERE cooperative_id = $1 AND id = $2`, c, gig)
	return err
}

// lockAwaiting locks a gig for the program itself.
func lockAwaiting(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) (g running, awaits bool, err error) {
	const query = `
		SELECT id, client_id, state, rate_cents, awaits_deposit FROM jobs.gig
		WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	err = tx.QueryRow(ctx, query, c, gig).Scan(&g.id, &g.client, &g.state, &g.rate, &awaits)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return g, awaits, err
}

func ignoreNoGig(err error) error {
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	return err
}

// mostOver is how many gigs are looked at in one go.
const mostOver = 50

// lockPaidOver are gigs that are over, with money that was paid beforehand, of
// which no hours are open, no absence waits to be looked at, and no part pay waits
// for the law.
func lockPaidOver(ctx context.Context, tx pgx.Tx) (list []endedGig, more bool, err error) {
	const query = `
		SELECT g.cooperative_id, g.id FROM jobs.gig g
		WHERE g.state IN ('done', 'cancelled')
			AND EXISTS (SELECT FROM payments.deposit d WHERE d.cooperative_id = g.cooperative_id AND d.ref = g.id::text AND d.state = 'held'
				AND NOT EXISTS (SELECT FROM payments.dispute q WHERE q.cooperative_id = d.cooperative_id AND q.deposit_id = d.id AND q.state IN ('open', 'warning')))
			AND NOT EXISTS (SELECT FROM jobs.shift s
				JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id
				WHERE s.cooperative_id = g.cooperative_id AND s.gig_id = g.id
					AND (` + hoursOpen + ` OR e.state = 'absent' AND e.absent_denied_at IS NOT NULL AND e.absent_upheld_at IS NULL OR e.unbilled_at IS NOT NULL))
		ORDER BY g.id LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`
	rows, err := tx.Query(ctx, query, mostOver)
	if err != nil {
		return nil, false, err
	}
	list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (e endedGig, err error) {
		err = row.Scan(&e.cooperative, &e.gig)
		return e, err
	})
	return list, len(list) == mostOver, err
}
