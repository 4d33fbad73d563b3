package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// markOpen also notes who posted it, and when: until now that was who began it.
func markOpen(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, now time.Time) error {
	const query = `UPDATE jobs.gig SET state = 'open', posted_by = $3, posted_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, gig, by.Role, now)
	return err
}
