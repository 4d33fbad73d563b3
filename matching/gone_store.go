package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// lockOffersOf gives a member's offers in these states, if the membership has
// ended; the oldest first.
func lockOffersOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, states ...State) ([]lockedOffer, error) {
	const query = `
		SELECT o.id, o.member_id, o.state, o.until, (SELECT s.starts_at FROM jobs.shift s WHERE s.cooperative_id = o.cooperative_id AND s.id = o.shift_id)
		FROM matching.offer o
		JOIN members.member m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
		WHERE o.cooperative_id = $1 AND o.member_id = $2 AND o.state = ANY ($3) AND m.state = 'alumni'
		ORDER BY o.sent_at, o.id FOR UPDATE OF o`
	rows, err := tx.Query(ctx, query, c, m, states)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[lockedOffer])
}
