package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func listOccasions(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, refs []string) (map[string]Occasion, error) {
	const query = `
		SELECT e.id::text, g.title, g.language, c.name, e.starts_at
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		WHERE e.cooperative_id = $1 AND e.id = ANY ($2::uuid[])`
	rows, err := db.Query(ctx, query, c, refs)
	if err != nil {
		return nil, err
	}
	found := map[string]Occasion{}
	var ref string
	var o Occasion
	_, err = pgx.ForEachRow(rows, []any{&ref, &o.Text, &o.Language, &o.ClientName, &o.Starts}, func() error {
		found[ref] = o
		return nil
	})
	return found, err
}

func findEngagedOn(ctx context.Context, db *pgxpool.Pool, by members.Actor, gig GigID, now time.Time) (e EngagementID, err error) {
	const query = `
		SELECT e.id FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		WHERE e.cooperative_id = $1 AND e.member_id = $2 AND s.gig_id = $3 AND e.state <> 'cancelled' AND e.called_off_at IS NULL
		ORDER BY abs(extract(epoch FROM e.starts_at - $4::timestamptz)), e.id LIMIT 1`
	err = db.QueryRow(ctx, query, by.Cooperative, by.Member, gig, now).Scan(&e)
	if errors.Is(err, pgx.ErrNoRows) {
		return e, members.ErrNotFound
	}
	return e, err
}
