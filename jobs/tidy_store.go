package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
	"meent/internal/retention"
)

// deleteMissedTrials forgets trials that never came, before the work that says so
// goes. Of others it stays that they were, without end: a second is never allowed.
func deleteMissedTrials(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const missed = TrialMissed + ` AND EXISTS (` + trialWork + ` AND e.ends_at < $1)`
	return pg.DeleteSome(ctx, tx, `jobs.trial_placed`, missed, at.Before)
}

// deleteMissed deletes agreed work that did not come.
func deleteMissed(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return deleteEngagements(ctx, tx, `state IN ('cancelled', 'absent')`, at)
}

func deleteOldWork(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return deleteEngagements(ctx, tx, `state IN ('paid', 'closed')`, at)
}

// deleteEngagements takes the hours with the work.
func deleteEngagements(ctx context.Context, tx pgx.Tx, those string, at retention.Cut) (more bool, err error) {
	query := `
		WITH old AS MATERIALIZED (
			SELECT cooperative_id, id FROM jobs.engagement WHERE ` + those + ` AND ends_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED
		), said AS (
			DELETE FROM jobs.sheet_step t USING old WHERE t.cooperative_id = old.cooperative_id AND t.engagement_id = old.id
		), disputes AS (
			DELETE FROM jobs.dispute t USING old WHERE t.cooperative_id = old.cooperative_id AND t.engagement_id = old.id
		), hours AS (
			DELETE FROM jobs.timesheet t USING old WHERE t.cooperative_id = old.cooperative_id AND t.engagement_id = old.id
		)
		DELETE FROM jobs.engagement e USING old WHERE e.cooperative_id = old.cooperative_id AND e.id = old.id`
	return pg.Full(tx.Exec(ctx, query, at.Before, pg.Some))
}

// deleteOldDrafts deletes what nobody wrote at for so long.
func deleteOldDrafts(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.Full(deleteDrafts(ctx, tx, `g.touched_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED`, at.Before, pg.Some))
}

// emptyOldGigs takes out what a gig said, once none of its work is left.
func emptyOldGigs(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const query = `
		WITH old AS MATERIALIZED (
			SELECT cooperative_id, id FROM jobs.gig g WHERE posted_at < $1 AND emptied_at IS NULL
				AND NOT EXISTS (SELECT FROM jobs.shift s LEFT JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id
					WHERE s.cooperative_id = g.cooperative_id AND s.gig_id = g.id AND (s.ends_at >= $1 OR e.id IS NOT NULL))
			LIMIT $2 FOR UPDATE OF g SKIP LOCKED
		), photos AS (` + deleteOldPhotos + `), changes AS (` + deleteOldChanges + `)
		UPDATE jobs.gig SET description = '-', address = '', emptied_at = $3 WHERE id IN (SELECT id FROM old)`
	return pg.Full(tx.Exec(ctx, query, at.Before, pg.Some, at.Now))
}
