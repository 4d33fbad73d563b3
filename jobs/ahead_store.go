package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// listAhead counts as first what findDay does. It reads no word of the briefing.
func listAhead(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, of []members.MemberID, starts []time.Time, now time.Time) ([]WorkAhead, error) {
	const query = `
		SELECT e.member_id, e.starts_at, d.accompanied AND NOT EXISTS (SELECT FROM jobs.engagement o
				JOIN jobs.shift t ON t.cooperative_id = o.cooperative_id AND t.id = o.shift_id
				JOIN jobs.gig h ON h.cooperative_id = t.cooperative_id AND h.id = t.gig_id AND h.client_id = g.client_id
				WHERE o.cooperative_id = e.cooperative_id AND o.member_id = e.member_id AND o.starts_at < e.starts_at
				AND o.state NOT IN ('cancelled', 'absent') AND o.called_off_at IS NULL),
			d.briefing <> '', b.version IS NOT NULL
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN jobs.gig_meeting d ON d.cooperative_id = g.cooperative_id AND d.gig_id = g.id
		LEFT JOIN jobs.briefing_read b ON b.cooperative_id = g.cooperative_id AND b.gig_id = g.id AND b.member_id = e.member_id
			AND b.version = d.briefing_version
		WHERE e.cooperative_id = $1 AND e.member_id = ANY ($2) AND e.starts_at = ANY ($3) AND e.starts_at > $4
		AND e.state NOT IN ('cancelled', 'absent') AND e.called_off_at IS NULL`
	rows, err := db.Query(ctx, query, c, of, starts, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[WorkAhead])
}
