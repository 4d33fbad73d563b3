package jobs

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// formColumn is read with work; its value goes to intoForm.
const formColumn = `, e.work_form`

func (w *Work) intoForm() []any { return []any{&w.Form} }

// copyForm keeps with the engagement on what the seat was given.
func copyForm(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID, gig GigID) error {
	const query = `
		UPDATE jobs.engagement SET work_form = (SELECT work_form FROM jobs.gig WHERE cooperative_id = $1 AND id = $3)
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, e, gig)
	return err
}

func findTerms(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) (t offered, err error) {
	err = tx.QueryRow(ctx, `SELECT work_form, rate_cents FROM jobs.gig WHERE cooperative_id = $1 AND id = $2`, c, gig).Scan(&t.Form, &t.Rate)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return t, err
}

// TrialMissed holds for a trial placement that was noted of which nothing came:
// there was work, and all of it was called off or missed.
const TrialMissed = `EXISTS (` + trialWork + `) AND NOT EXISTS (` + trialWork + ` AND ` + HoldsSeat + `)`

// trialWork is the member's work on the gig of the trial placement.
const trialWork = `SELECT FROM jobs.shift s
	JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND e.member_id = trial_placed.member_id
	WHERE s.cooperative_id = trial_placed.cooperative_id AND s.gig_id = trial_placed.gig_id`

// findTrial reads what is noted, with the last day of what was agreed of it. The
// member is locked: nobody notes another meanwhile.
func findTrial(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, client members.ClientID) (t trial, err error) {
	const query = `
		SELECT trial_placed.gig_id, to_char(coalesce(min(e.starts_at) FILTER (WHERE ` + HoldsSeat + `) AT TIME ZONE 'Europe/Amsterdam', first_day), 'YYYY-MM-DD'),
			to_char(coalesce(max(e.ends_at - interval '1 microsecond') FILTER (WHERE ` + HoldsSeat + `) AT TIME ZONE 'Europe/Amsterdam', first_day), 'YYYY-MM-DD'),
			` + TrialMissed + `
		FROM jobs.trial_placed
		LEFT JOIN jobs.shift s ON s.cooperative_id = trial_placed.cooperative_id AND s.gig_id = trial_placed.gig_id
		LEFT JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND e.member_id = trial_placed.member_id
		WHERE trial_placed.cooperative_id = $1 AND trial_placed.member_id = $2 AND client_id = $3
		GROUP BY trial_placed.cooperative_id, trial_placed.member_id, trial_placed.gig_id, first_day`
	err = tx.QueryRow(ctx, query, c, m, client).Scan(&t.Gig, &t.First, &t.Last, &t.Void)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return t, err
}

func upsertTrial(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, l lockedShift, first payments.Day) error {
	const query = `
		INSERT INTO jobs.trial_placed (cooperative_id, member_id, client_id, gig_id, first_day) VALUES ($1, $2, $3, $4, $5::date)
		ON CONFLICT ON CONSTRAINT trial_placed_once DO UPDATE SET gig_id = excluded.gig_id, first_day = excluded.first_day`
	_, err := tx.Exec(ctx, query, c, m, l.client, l.gig, string(first))
	return err
}
