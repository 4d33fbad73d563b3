package matching

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

func listTitles(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m members.MemberID, refs []string) (map[string]jobs.Title, error) {
	const query = `
		SELECT o.id::text, g.title, g.language
		FROM matching.offer o
		JOIN jobs.shift s ON s.cooperative_id = o.cooperative_id AND s.id = o.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE o.cooperative_id = $1 AND o.member_id = $2 AND o.id = ANY ($3::uuid[])`
	rows, err := db.Query(ctx, query, c, m, refs)
	if err != nil {
		return nil, err
	}
	titles := map[string]jobs.Title{}
	var ref string
	var title jobs.Title
	_, err = pgx.ForEachRow(rows, []any{&ref, &title.Text, &title.Language}, func() error {
		titles[ref] = title
		return nil
	})
	return titles, err
}
