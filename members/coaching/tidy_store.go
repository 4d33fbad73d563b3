package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
	"meent/internal/retention"
)

func deleteOldFacts(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.fact`, `at < $1`, at.Before)
}

func deleteOldRails(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.guard_rail`, `closed_at < $1`, at.Before)
}

func deleteOldQuestions(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.question`, `state = 'answered' AND answered_at < $1`, at.Before)
}

func deleteOldReports(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.report`, `state = 'closed' AND closed_at < $1`, at.Before)
}

func deleteOldContacts(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.contact`, `at < $1`, at.Before)
}

func deleteOldGoals(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.goal`, `state <> 'open' AND ended_at < $1`, at.Before)
}

func deleteOldRungs(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.rung`, `state <> 'proposed' AND settled_at < $1`, at.Before)
}

// deleteOldWorkSteps keeps the step on which somebody is, whenever that was.
func deleteOldWorkSteps(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const over = `at < $1 AND EXISTS (SELECT FROM coaching.work_step n
		WHERE n.cooperative_id = work_step.cooperative_id AND n.member_id = work_step.member_id AND n.at > work_step.at)`
	return pg.DeleteSome(ctx, tx, `coaching.work_step`, over, at.Before)
}

func deleteOldScores(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.self_score`, `given_at < $1`, at.Before)
}

// deleteOldStatements takes the forms along.
func deleteOldStatements(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.statement`, `moved_at < $1`, at.Before)
}

func deleteOldReleases(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const over = `coalesce(ended_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam') < $1`
	return pg.DeleteSome(ctx, tx, `coaching.release`, over, at.Before)
}

func deleteOldHandOvers(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.handover`, `state IN ('refused', 'withdrawn', 'done') AND closed_at < $1`, at.Before)
}

func deleteOldStandIns(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.stand_in`, `least(ended_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam') < $1`, at.Before)
}

func deleteOldBuddies(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.buddy`, `least(closed_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam') < $1`, at.Before)
}
