package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
	"meent/internal/retention"
)

func deleteOldOffers(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const over = `state IN ('no', 'refused', 'expired', 'withdrawn', 'confirmed', 'thanked') AND until < $1
		AND NOT EXISTS (SELECT FROM jobs.engagement e WHERE e.cooperative_id = offer.cooperative_id AND e.shift_id = offer.shift_id
			AND e.member_id = offer.member_id AND e.state NOT IN ('paid', 'closed', 'cancelled', 'absent'))`
	return pg.DeleteSome(ctx, tx, `matching.offer`, over, at.Before)
}

// deleteOldReviews leaves what waits for an answer.
func deleteOldReviews(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `matching.review`, `answered_at < $1`, at.Before)
}

// deleteOldKeepers are programs that ended.
func deleteOldKeepers(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `matching.keeper`, `seen_at < $1`, at.Before)
}
