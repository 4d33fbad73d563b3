package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func listWorkedFor(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m members.MemberID, from, until time.Time) ([]WorkedFor, error) {
	const query = `
		SELECT DISTINCT c.id, c.name
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		WHERE e.cooperative_id = $1 AND e.member_id = $2 AND e.starts_at >= $3 AND e.starts_at < $4 AND ` + WasWorked + `
		ORDER BY c.name, c.id`
	rows, err := db.Query(ctx, query, c, m, from, until)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[WorkedFor])
}
