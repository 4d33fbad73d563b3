package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// picked is which open gigs with a free seat are read.
type picked struct {
	only   bool // these gigs
	gigs   []GigID
	words  []string // every one of them
	groups []string // of skills: one of them; none is any
	most   int
}

// letters are all that is written about a gig, as Words folds it: small and
// without accents.
const letters = `translate(lower(concat_ws(' ', g.title, g.description, p.name,
		(SELECT string_agg(concat_ws(' ', k.nl, k.en, array_to_string(k.synonyms_nl, ' ')), ' ')
			FROM jobs.gig_skill gs JOIN members.skill k ON k.code = gs.skill_code
			WHERE gs.cooperative_id = g.cooperative_id AND gs.gig_id = g.id))),
	'áàâäãéèêëíìîïóòôöõúùûüçñ', 'aaaaaeeeeiiiiooooouuuucn')`

// listPicked gives the soonest first. The words are letters and digits alone,
// so that LIKE takes them as they are.
func listPicked(ctx context.Context, db *pgxpool.Pool, by members.Actor, p picked, now time.Time) ([]Listing, error) {
	const query = `
		WITH coming AS (` + comingFree + `)
		SELECT ` + listingColumns + `, h.lat, h.lon, 0
		FROM jobs.gig g
		JOIN coming n ON n.gig_id = g.id
		JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		JOIN members.place p ON p.code = g.place_code
		LEFT JOIN members.member m ON m.cooperative_id = g.cooperative_id AND m.id = $3
		LEFT JOIN members.place h ON h.code = m.place_code
		WHERE g.cooperative_id = $1 AND g.state = 'open' AND (NOT $4 OR g.id = ANY ($5::uuid[]))
			AND NOT EXISTS (SELECT FROM unnest($6::text[]) word WHERE ` + letters + ` NOT LIKE '%' || word || '%')
			AND (cardinality($7::text[]) = 0 OR EXISTS (SELECT FROM jobs.gig_skill gs JOIN members.skill k ON k.code = gs.skill_code
				WHERE gs.cooperative_id = g.cooperative_id AND gs.gig_id = g.id AND k.group_code = ANY ($7)))
		ORDER BY n.starts_at, g.id LIMIT $8`
	gigs := make([]string, len(p.gigs))
	if p.groups == nil {
		p.groups = []string{}
	}
	for i, gig := range p.gigs {
		gigs[i] = gig.String()
	}
	rows, err := db.Query(ctx, query, by.Cooperative, now, by.Member, p.only, gigs, p.words, p.groups, p.most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Listing, error) {
		var none int
		return scanListing(row, &none)
	})
}

// findHome is the acting member's place. It returns members.ErrNotFound.
func findHome(ctx context.Context, db *pgxpool.Pool, by members.Actor) (home members.Point, err error) {
	const query = `
		SELECT p.lat, p.lon FROM members.member m JOIN members.place p ON p.code = m.place_code
		WHERE m.cooperative_id = $1 AND m.id = $2`
	err = db.QueryRow(ctx, query, by.Cooperative, by.Member).Scan(&home.Lat, &home.Lon)
	if errors.Is(err, pgx.ErrNoRows) {
		return home, members.ErrNotFound
	}
	return home, err
}
