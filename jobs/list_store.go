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

// coming is each gig's next shift, and how many there are to come; comingFree
// knows only those with a free seat, comingOwn only those of one client ($3).
const (
	coming     = comingColumns + ` FROM jobs.shift s WHERE s.cooperative_id = $1 AND s.starts_at > $2 AND ` + TakesPlace + `` + comingOrder
	comingFree = comingColumns + withSeat + comingOrder

	comingOwn = comingColumns + ` FROM jobs.gig own JOIN jobs.shift s ON s.cooperative_id = own.cooperative_id AND s.gig_id = own.id AND s.starts_at > $2 AND ` + TakesPlace + `
	WHERE own.cooperative_id = $1 AND own.client_id = $3` + comingOrder

	comingColumns = `
	SELECT DISTINCT ON (s.gig_id) s.gig_id, s.id, s.starts_at, s.ends_at, s.break_minutes, s.seats,
		count(*) OVER gig AS shifts, sum(s.seats) OVER gig AS all_seats`
	comingOrder = `
	WINDOW gig AS (PARTITION BY s.gig_id ORDER BY s.starts_at, s.id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
	ORDER BY s.gig_id, s.starts_at, s.id`
)

// ifOpen is one gig that comes, or nothing. Gigs stay open when they are over, for
// years: whoever wants those that come asks for each of them, and not for all
// that are open.
const ifOpen = `SELECT * FROM jobs.gig WHERE cooperative_id = $1 AND id = coming.gig_id AND state = 'open' OFFSET 0`

const listingColumns = `
	g.id, g.title, g.language, c.name, p.name, p.lat, p.lon, g.rate_cents, g.load, g.support_on_site, g.state,
	n.id, n.starts_at, n.ends_at, n.break_minutes, n.seats, coalesce(n.shifts, 0), coalesce(n.all_seats, 0),
	EXISTS (SELECT FROM jobs.gig_meeting d WHERE d.cooperative_id = g.cooperative_id AND d.gig_id = g.id AND d.remote)` + lookColumns

func listOpen(ctx context.Context, db *pgxpool.Pool, by members.Actor, limit, offset int, now time.Time) (Page, error) {
	those := comingFree
	if by.Kind == members.RoleCoordinator { // who also looks after what is full
		those = coming
	}
	query := `
		WITH coming AS (` + those + `),
		listed AS MATERIALIZED (
			SELECT g.id, count(*) OVER () AS total
			FROM coming CROSS JOIN LATERAL (` + ifOpen + `) g
			WHERE NOT EXISTS (SELECT FROM members.client_block b
				WHERE b.cooperative_id = g.cooperative_id AND b.member_id = $3 AND b.client_id = g.client_id)
			ORDER BY coming.starts_at, g.id LIMIT $4 OFFSET $5)
		SELECT ` + listingColumns + `, h.lat, h.lon, listed.total
		FROM listed
		JOIN jobs.gig g ON g.cooperative_id = $1 AND g.id = listed.id
		JOIN coming n ON n.gig_id = g.id
		JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		JOIN members.place p ON p.code = g.place_code
		LEFT JOIN members.member m ON m.cooperative_id = g.cooperative_id AND m.id = $3
		LEFT JOIN members.place h ON h.code = m.place_code
		ORDER BY n.starts_at, g.id`
	rows, err := db.Query(ctx, query, by.Cooperative, now, by.Member, limit, offset)
	if err != nil {
		return Page{}, err
	}
	var result Page
	result.Gigs, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (Listing, error) {
		return scanListing(row, &result.Total)
	})
	return result, err
}

func listOfClient(ctx context.Context, db *pgxpool.Pool, by members.Actor, now time.Time) ([]Listing, error) {
	const query = `
		WITH coming AS (` + comingOwn + `)
		SELECT ` + listingColumns + `, NULL::double precision, NULL::double precision, count(*) OVER ()
		FROM jobs.gig g
		LEFT JOIN coming n ON n.gig_id = g.id
		JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		JOIN members.place p ON p.code = g.place_code
		WHERE g.cooperative_id = $1 AND g.client_id = $3 AND g.state <> 'draft'
		ORDER BY g.posted_at DESC, n.starts_at, g.id`
	rows, err := db.Query(ctx, query, by.Cooperative, now, by.Client)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Listing, error) {
		var total int
		return scanListing(row, &total)
	})
}

func scanListing(row pgx.Row, total *int) (Listing, error) {
	var l Listing
	var work members.Point
	var lat, lon *float64
	var starts, ends *time.Time
	var minutes, seats *int
	to := append([]any{&l.ID, &l.Title, &l.Language, &l.ClientName, &l.PlaceName, &work.Lat, &work.Lon, &l.Rate, &l.Load,
		&l.SupportOnSite, &l.State, &l.Next.ID, &starts, &ends, &minutes, &seats, &l.Coming, &l.Seats, &l.Remote}, l.Look.scan()...)
	err := row.Scan(append(to, &lat, &lon, total)...)
	if err != nil {
		return Listing{}, err
	}
	if starts != nil {
		l.Next = Shift{ID: l.Next.ID, Starts: *starts, Ends: *ends, Break: time.Duration(*minutes) * time.Minute, Seats: *seats}
	}
	l.Metres = -1
	if lat != nil {
		l.Metres = work.Metres(members.Point{Lat: *lat, Lon: *lon})
	}
	if l.Remote && lat != nil {
		l.Metres = 0
	}
	return l, nil
}

// findGig takes asked from whoever found that the member has to do with it.
func findGig(ctx context.Context, db *pgxpool.Pool, by members.Actor, gig GigID, asked bool) (Gig, error) {
	const query = `
		SELECT g.id, c.id, c.name, g.title, g.description, g.language, p.name, g.address, g.rate_cents, g.load,
			coalesce(g.support_on_site, false), coalesce(g.with_others, false), g.state, g.posted_at, g.work_form` + begunColumns + `
		FROM jobs.gig g
		JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		JOIN members.place p ON p.code = g.place_code
		WHERE g.cooperative_id = $1 AND g.id = $2 AND CASE $3
			WHEN 'coordinator' THEN true
			WHEN 'client' THEN g.client_id = $4
			WHEN 'member' THEN g.state = 'open' OR $5 AND g.state <> 'draft'
			WHEN 'coach' THEN g.state = 'open'
			ELSE false END`
	var g Gig
	err := db.QueryRow(ctx, query, by.Cooperative, gig, string(by.Kind), by.Client, asked).Scan(append([]any{&g.ID, &g.Client, &g.ClientName, &g.Title,
		&g.Description, &g.Language, &g.PlaceName, &g.Address, &g.Rate, &g.Load, &g.SupportOnSite, &g.WithOthers, &g.State, &g.PostedAt, &g.Form}, g.Begun.scan()...)...)
	if errors.Is(err, pgx.ErrNoRows) {
		return Gig{}, members.ErrNotFound
	}
	return g, err
}

func listGigSkills(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, gig GigID) ([]members.Skill, error) {
	const query = `
		SELECT s.code, s.group_code, s.nl, s.en
		FROM jobs.gig_skill gs JOIN members.skill s ON s.code = gs.skill_code
		WHERE gs.cooperative_id = $1 AND gs.gig_id = $2 ORDER BY s.nl, s.code`
	rows, err := db.Query(ctx, query, c, gig)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (s members.Skill, err error) {
		err = row.Scan(&s.Code, &s.GroupCode, &s.NL, &s.EN)
		return s, err
	})
}

func listShifts(ctx context.Context, db querier, c id.Cooperative, gig GigID) ([]Shift, error) {
	const query = `
		SELECT s.id, s.starts_at, s.ends_at, s.break_minutes, s.seats, s.buddy_seats, coalesce(s.pieces, 0), s.series_id IS NOT NULL FROM jobs.shift s
		WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND ` + TakesPlace + ` ORDER BY s.starts_at, s.id`
	rows, err := db.Query(ctx, query, c, gig)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (s Shift, err error) {
		var minutes int
		err = row.Scan(&s.ID, &s.Starts, &s.Ends, &minutes, &s.Seats, &s.BuddySeats, &s.Pieces, &s.InSeries)
		s.Break = time.Duration(minutes) * time.Minute
		return s, err
	})
}

func countGigs(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, now, soon time.Time) (Counts, error) {
	const query = `
		SELECT count(*), coalesce(sum(coming.soon), 0)
		FROM (SELECT s.gig_id, sum(s.seats) FILTER (WHERE s.starts_at <= $3) AS soon FROM jobs.shift s
			WHERE s.cooperative_id = $1 AND s.starts_at > $2 AND ` + TakesPlace + ` GROUP BY s.gig_id) coming
		CROSS JOIN LATERAL (` + ifOpen + `) g`
	var counts Counts
	err := db.QueryRow(ctx, query, c, now, soon).Scan(&counts.Open, &counts.SeatsSoon)
	return counts, err
}
