package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func listAgenda(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m members.MemberID, from time.Time, most int) ([]AgendaItem, error) {
	const query = `
		SELECT e.id, g.title, p.name, e.starts_at, ` + EndsAt + `, e.confirmed_at, ` + LostSeat + `
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.place p ON p.code = g.place_code
		WHERE e.cooperative_id = $1 AND e.member_id = $2 AND e.starts_at > $3
		ORDER BY e.starts_at, e.id LIMIT $4`
	rows, err := db.Query(ctx, query, c, m, from, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[AgendaItem])
}
