package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func listTitles(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m members.MemberID, refs []string) (map[string]Title, error) {
	const query = `
		SELECT e.id::text, g.title, g.language
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE e.cooperative_id = $1 AND e.member_id = $2 AND e.id = ANY ($3::uuid[])`
	rows, err := db.Query(ctx, query, c, m, refs)
	if err != nil {
		return nil, err
	}
	titles := map[string]Title{}
	var ref string
	var title Title
	_, err = pgx.ForEachRow(rows, []any{&ref, &title.Text, &title.Language}, func() error {
		titles[ref] = title
		return nil
	})
	return titles, err
}
