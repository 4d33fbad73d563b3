package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// findRunning finds a gig that the actor runs. It returns members.ErrNotFound.
func findRunning(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (running, error) {
	return selectRunning(ctx, tx, by, gig, "")
}

// lockGig is findRunning for who changes it.
func lockGig(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (running, error) {
	return selectRunning(ctx, tx, by, gig, " FOR NO KEY UPDATE")
}

func selectRunning(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, lock string) (g running, err error) {
	const query = `
		SELECT id, client_id, state, rate_cents FROM jobs.gig
		WHERE cooperative_id = $1 AND id = $2 AND ($3 = 'coordinator' OR client_id = $4)`
	err = tx.QueryRow(ctx, query+lock, by.Cooperative, gig, string(by.Kind), by.Client).Scan(&g.id, &g.client, &g.state, &g.rate)
	if errors.Is(err, pgx.ErrNoRows) {
		return g, members.ErrNotFound
	}
	return g, err
}

func touchDraft(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.gig SET touched_at = $3 WHERE cooperative_id = $1 AND id = $2 AND state = 'draft'`, by.Cooperative, gig, now)
	return err
}

// updateWhat writes all but what is wrong.
func updateWhat(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, w What, p check.Problems) error {
	const query = `
		UPDATE jobs.gig SET
			title = coalesce($3, title), description = coalesce($4, description), language = coalesce($5, language),
			load = coalesce($6, load), support_on_site = coalesce($7, support_on_site), with_others = coalesce($8, with_others)
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, gig, right(p, "title", w.Title), right(p, "description", w.Description),
		right(p, "language", string(w.Language)), right(p, "load", string(w.Load)), w.Support, w.Others)
	return err
}

// right is the value of a field at which nothing is wrong, or NULL.
func right(p check.Problems, field, value string) *string {
	if p.At(field) {
		return nil
	}
	return &value
}

func updatePlace(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, w When, p check.Problems) error {
	const query = `
		UPDATE jobs.gig SET place_code = coalesce($3, place_code), address = coalesce($4, address)
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, gig, right(p, "place", w.PlaceCode), right(p, "address", w.Address))
	return fieldProblem(err)
}

// deleteShifts is for drafts, on whose shifts nobody was asked.
func deleteShifts(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, but []ShiftID) error {
	const query = `DELETE FROM jobs.shift WHERE cooperative_id = $1 AND gig_id = $2 AND id <> ALL ($3::uuid[])`
	_, err := tx.Exec(ctx, query, by.Cooperative, gig, shiftTexts(but))
	return err
}

func updateRate(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, r Rates) error {
	const query = `
		UPDATE jobs.gig SET rate_cents = $3, work_form = $4, step = CASE WHEN $4 = 'trial_placement' THEN 'trial' ELSE step END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, gig, r.Rate, string(r.Form))
	return err
}

// findWhen reads the second step as it stands.
func findWhen(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (w When, err error) {
	const where = `SELECT place_code, address FROM jobs.gig WHERE cooperative_id = $1 AND id = $2`
	if err := tx.QueryRow(ctx, where, by.Cooperative, gig).Scan(&w.PlaceCode, &w.Address); err != nil {
		return w, err
	}
	const shifts = `
		SELECT starts_at, ends_at, break_minutes, seats, buddy_seats, coalesce(pieces, 0) FROM jobs.shift
		WHERE cooperative_id = $1 AND gig_id = $2 ORDER BY starts_at, id`
	rows, err := tx.Query(ctx, shifts, by.Cooperative, gig)
	if err != nil {
		return w, err
	}
	w.Shifts, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (n NewShift, err error) {
		var minutes int
		err = row.Scan(&n.Starts, &n.Ends, &minutes, &n.Seats, &n.BuddySeats, &n.Pieces)
		n.Break = time.Duration(minutes) * time.Minute
		return n, err
	})
	return w, err
}

// findWhat reads the first step as it stands, and the rate.
func findWhat(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (w What, r Rates, err error) {
	const query = `
		SELECT title, description, language, load, support_on_site, with_others, rate_cents, work_form,
			ARRAY(SELECT k.skill_code FROM jobs.gig_skill k WHERE k.cooperative_id = g.cooperative_id AND k.gig_id = g.id ORDER BY 1)
		FROM jobs.gig g WHERE cooperative_id = $1 AND id = $2`
	err = tx.QueryRow(ctx, query, by.Cooperative, gig).Scan(&w.Title, &w.Description, &w.Language, &w.Load, &w.Support, &w.Others,
		&r.Rate, &r.Form, &w.Skills)
	if err != nil {
		return w, r, err
	}
	w.Needs, err = findAsks(ctx, tx, by.Cooperative, gig)
	return w, r, err
}
