package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// groupColumn and lookColumns are of gig g.
const (
	groupColumn = `
	coalesce((SELECT q.group_code FROM jobs.gig_skill k JOIN members.skill q ON q.code = k.skill_code
		WHERE k.cooperative_id = g.cooperative_id AND k.gig_id = g.id ORDER BY q.nl, q.code LIMIT 1), '')`

	lookColumns = `,` + groupColumn + `,
	(SELECT f.id FROM jobs.gig_photo f WHERE f.cooperative_id = g.cooperative_id AND f.gig_id = g.id ORDER BY f.added_at, f.id LIMIT 1),
	coalesce((SELECT f.alt FROM jobs.gig_photo f WHERE f.cooperative_id = g.cooperative_id AND f.gig_id = g.id ORDER BY f.added_at, f.id LIMIT 1), '')`
)

func (l *Look) scan() []any { return []any{&l.Group, &l.Photo.ID, &l.Photo.Alt} }

func listGroups(ctx context.Context, db *pgxpool.Pool, by members.Actor, gigs []GigID) (map[GigID]string, error) {
	const query = `SELECT g.id, ` + groupColumn + ` FROM jobs.gig g WHERE g.cooperative_id = $1 AND g.id = ANY ($2::uuid[])`
	wanted := make([]string, len(gigs))
	for i, gig := range gigs {
		wanted[i] = gig.String()
	}
	rows, err := db.Query(ctx, query, by.Cooperative, wanted)
	if err != nil {
		return nil, err
	}
	groups := map[GigID]string{}
	var gig GigID
	var group string
	_, err = pgx.ForEachRow(rows, []any{&gig, &group}, func() error {
		groups[gig] = group
		return nil
	})
	return groups, err
}
