package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func listPlaces(ctx context.Context, db *pgxpool.Pool, codes []string) ([]Place, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	const query = `SELECT p.code, ` + fullName + ` AS name, p.lat, p.lon FROM members.place p WHERE p.code = ANY ($1) ORDER BY name, p.code`
	rows, err := db.Query(ctx, query, codes)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Place, err error) {
		err = row.Scan(&p.Code, &p.Name, &p.Middle.Lat, &p.Middle.Lon)
		return p, err
	})
}

// listGigsIn begins at the shifts to come: gigs stay open for years, see ifOpen.
func listGigsIn(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, places []string, now time.Time) ([]GigID, error) {
	const query = `
		WITH coming AS (SELECT DISTINCT gig_id FROM jobs.shift WHERE cooperative_id = $1 AND starts_at > $2)
		SELECT g.id FROM coming CROSS JOIN LATERAL (` + ifOpen + `) g
		WHERE g.place_code = ANY ($3) AND NOT EXISTS (SELECT FROM jobs.gig_meeting d
			WHERE d.cooperative_id = $1 AND d.gig_id = g.id AND d.remote)
		ORDER BY g.id`
	rows, err := db.Query(ctx, query, c, now, places)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[GigID])
}
