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

func deleteOldQuestions(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.question`, `state = 'answered' AND answered_at < $1`, at.Before)
}

func deleteOldReports(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `coaching.report`, `state = 'closed' AND closed_at < $1`, at.Before)
}

func deleteOldReleases(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const over = `coalesce(ended_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam') < $1`
	return pg.DeleteSome(ctx, tx, `coaching.release`, over, at.Before)
}
