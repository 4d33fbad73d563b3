package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// hasSeat holds for a shift s that is not full.
const hasSeat = `s.seats > (SELECT count(*) FROM jobs.engagement e
			WHERE e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + HoldsSeat + `)`

// documents are the open gigs with a free seat on a shift after $1.
const documents = `
	SELECT g.id, g.cooperative_id, g.title, g.description, g.language, k.skills, p.code, p.name, p.lat, p.lon, c.kind,
		g.rate_cents, g.load, g.support_on_site, g.with_others, n.first, n.starts,
		EXISTS (SELECT FROM jobs.gig_meeting d WHERE d.cooperative_id = g.cooperative_id AND d.gig_id = g.id AND d.remote)
	FROM jobs.gig g
	JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
	JOIN members.place p ON p.code = g.place_code
	CROSS JOIN LATERAL (
		SELECT min(s.starts_at) AS first, array_agg(s.starts_at ORDER BY s.starts_at) AS starts FROM jobs.shift s
		WHERE s.cooperative_id = g.cooperative_id AND s.gig_id = g.id AND s.starts_at > $1 AND s.called_off_at IS NULL AND ` + hasSeat + `) n
	CROSS JOIN LATERAL (
		SELECT coalesce(jsonb_agg(jsonb_build_object('Code', s.code, 'GroupCode', s.group_code, 'NL', s.nl, 'EN', s.en,
			'Synonyms', s.synonyms_nl) ORDER BY s.code), '[]') AS skills
		FROM jobs.gig_skill gs JOIN members.skill s ON s.code = gs.skill_code
		WHERE gs.cooperative_id = g.cooperative_id AND gs.gig_id = g.id) k
	WHERE g.state = 'open' AND n.first IS NOT NULL`

func listDocuments(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, gigs []GigID, now time.Time) ([]Document, error) {
	const query = documents + ` AND g.cooperative_id = $2 AND g.id = ANY ($3::uuid[]) ORDER BY g.id`
	wanted := make([]string, len(gigs))
	for i, gig := range gigs {
		wanted[i] = gig.String()
	}
	rows, err := db.Query(ctx, query, now, c, wanted)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanDocument)
}

// listAllDocuments reads over all cooperatives: it fills the index, whose every
// document names its own.
func listAllDocuments(ctx context.Context, db *pgxpool.Pool, now time.Time) ([]Document, error) {
	const query = documents + ` ORDER BY g.cooperative_id, g.id`
	rows, err := db.Query(ctx, query, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanDocument)
}

func scanDocument(row pgx.CollectableRow) (d Document, err error) {
	err = row.Scan(&d.Gig, &d.Cooperative, &d.Title, &d.Description, &d.Language, &d.Skills, &d.PlaceCode, &d.PlaceName, &d.Place.Lat,
		&d.Place.Lon, &d.ClientKind, &d.Rate, &d.Load, &d.SupportOnSite, &d.WithOthers, &d.First, &d.Starts, &d.Remote)
	d.Starts = d.Starts[:min(len(d.Starts), mostStarts)]
	return d, err
}
