package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// mayShow holds for a gig g that lists show to $3: it is open, and its client is
// not one whom that member keeps away.
const mayShow = `g.state = 'open' AND NOT EXISTS (SELECT FROM members.client_block b
			WHERE b.cooperative_id = g.cooperative_id AND b.member_id = $3 AND b.client_id = g.client_id)`

// comingOf is comingFree of the gigs $4 alone.
const comingOf = comingColumns + ` FROM jobs.shift s
	WHERE s.cooperative_id = $1 AND s.gig_id = ANY ($4::uuid[]) AND s.starts_at > $2 AND s.called_off_at IS NULL AND ` + hasSeat + comingOrder

// listPicked gives those of the gigs that are open and have a free seat, in no
// order.
func listPicked(ctx context.Context, db *pgxpool.Pool, by members.Actor, gigs []GigID, now time.Time) ([]Listing, error) {
	const query = `
		WITH coming AS (` + comingOf + `)
		SELECT ` + listingColumns + `, h.lat, h.lon, 0
		FROM jobs.gig g
		JOIN coming n ON n.gig_id = g.id
		JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		JOIN members.place p ON p.code = g.place_code
		LEFT JOIN members.member m ON m.cooperative_id = g.cooperative_id AND m.id = $3
		LEFT JOIN members.place h ON h.code = m.place_code
		WHERE g.cooperative_id = $1 AND g.id = ANY ($4::uuid[]) AND ` + mayShow
	rows, err := db.Query(ctx, query, by.Cooperative, now, by.Member, texts(gigs))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Listing, error) {
		var none int
		return scanListing(row, &none)
	})
}

// listVisible are those that listPicked would give.
func listVisible(ctx context.Context, db *pgxpool.Pool, by members.Actor, gigs []GigID, now time.Time) (map[GigID]bool, error) {
	const query = `
		SELECT g.id FROM jobs.gig g
		WHERE g.cooperative_id = $1 AND g.id = ANY ($4::uuid[]) AND ` + mayShow + ` AND EXISTS (SELECT FROM jobs.shift s
			WHERE s.cooperative_id = g.cooperative_id AND s.gig_id = g.id AND s.starts_at > $2 AND s.called_off_at IS NULL AND ` + hasSeat + `)`
	rows, err := db.Query(ctx, query, by.Cooperative, now, by.Member, texts(gigs))
	if err != nil {
		return nil, err
	}
	visible := map[GigID]bool{}
	var gig GigID
	_, err = pgx.ForEachRow(rows, []any{&gig}, func() error {
		visible[gig] = true
		return nil
	})
	return visible, err
}

// listKeptAway knows also those that are full or over: an index that lags may
// still count them.
func listKeptAway(ctx context.Context, db *pgxpool.Pool, by members.Actor) ([]GigID, error) {
	const query = `
		SELECT g.id FROM members.client_block b
		JOIN jobs.gig g ON g.cooperative_id = b.cooperative_id AND g.client_id = b.client_id AND g.state = 'open'
		WHERE b.cooperative_id = $1 AND b.member_id = $2`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[GigID])
}

// texts are the ids as SQL takes a list of them.
func texts(gigs []GigID) []string {
	all := make([]string, len(gigs))
	for i, gig := range gigs {
		all[i] = gig.String()
	}
	return all
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
