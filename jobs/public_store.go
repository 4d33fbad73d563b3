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

// mayPublish holds for an open gig g of client c that everybody may read of: not
// while its client is refused, or the person who posted it is restricted. That
// does not close the gig, and those of the house still see it.
const mayPublish = `c.state = 'approved' AND ` + forAll + `
	AND NOT EXISTS (SELECT FROM members.role r
		JOIN members.restriction x ON x.cooperative_id = r.cooperative_id AND x.person_id = r.person_id AND x.lifted_at IS NULL
		WHERE r.cooperative_id = g.cooperative_id AND r.id = g.posted_by)`

// forAll holds for a gig g of client c of which others than those of the house may
// know. Where and when somebody is at work in a private home is nobody's business;
// and a text is read by all only where it could be known when it was written: when
// it was posted, or in other words put, since the work is shown.
const forAll = `c.kind = 'organisation'
	AND EXISTS (SELECT FROM members.settings o WHERE o.cooperative_id = g.cooperative_id AND o.public_since IS NOT NULL
		AND (g.posted_at >= o.public_since OR EXISTS (SELECT FROM jobs.gig_change t WHERE t.cooperative_id = g.cooperative_id AND t.gig_id = g.id
			AND t.changed_at >= o.public_since AND (t.title IS NOT NULL OR t.description IS NOT NULL))))`

const (
	publicChanged = `greatest(g.posted_at, g.changed_at)`

	publicColumns = `
	g.id, g.title, g.description, g.language, p.name, c.kind, g.rate_cents, g.load, coalesce(g.support_on_site, false), coalesce(g.with_others, false),
	g.work_form, g.posted_at, ` + publicChanged + `, n.starts_at, n.ends_at, n.break_minutes, n.shifts,
	EXISTS (SELECT FROM jobs.gig_meeting d WHERE d.cooperative_id = g.cooperative_id AND d.gig_id = g.id AND d.remote),` + groupColumn

	publicClient = ` JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id`
	publicPlace  = ` JOIN members.place p ON p.code = g.place_code`
)

// publicOrder is one of the orders below: no text from outside.
type publicOrder string

const (
	soonestFirst publicOrder = `coming.starts_at, g.id`
	newestFirst  publicOrder = `g.posted_at DESC, g.id`
)

func listPublic(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, order publicOrder, limit, offset int, now time.Time) (page PublicPage, err error) {
	query := `
		WITH coming AS (` + comingFree + `),
		listed AS MATERIALIZED (
			SELECT g.id, count(*) OVER () AS total, row_number() OVER (ORDER BY ` + string(order) + `) AS place
			FROM coming CROSS JOIN LATERAL (` + ifOpen + `) g` + publicClient + `
			WHERE ` + mayPublish + ` ORDER BY place LIMIT $3 OFFSET $4)
		SELECT ` + publicColumns + `, listed.total
		FROM listed
		JOIN jobs.gig g ON g.cooperative_id = $1 AND g.id = listed.id
		JOIN coming n ON n.gig_id = g.id` + publicClient + publicPlace + `
		ORDER BY listed.place`
	rows, err := db.Query(ctx, query, c, now, limit, offset)
	if err != nil {
		return PublicPage{}, err
	}
	page.Gigs, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (PublicGig, error) {
		return scanPublic(row, &page.Total)
	})
	return page, err
}

func scanPublic(row pgx.Row, total *int) (g PublicGig, err error) {
	var minutes int
	err = row.Scan(&g.ID, &g.Title, &g.Description, &g.Language, &g.PlaceName, &g.ClientKind, &g.Rate, &g.Load, &g.SupportOnSite, &g.WithOthers,
		&g.Form, &g.PostedAt, &g.ChangedAt, &g.Next.Starts, &g.Next.Ends, &minutes, &g.Coming, &g.Remote, &g.Group, total)
	g.Next.Break = time.Duration(minutes) * time.Minute
	return g, err
}

// comingOfOne is comingFree of the gig $3 alone.
const comingOfOne = comingColumns + ofOne + comingOrder

const ofOne = ` FROM jobs.shift s
	WHERE s.cooperative_id = $1 AND s.gig_id = $3 AND s.starts_at > $2 AND s.called_off_at IS NULL AND ` + hasSeat

func findPublic(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, now time.Time) (PublicGig, error) {
	const query = `
		WITH coming AS (` + comingOfOne + `)
		SELECT ` + publicColumns + `, 1
		FROM jobs.gig g JOIN coming n ON n.gig_id = g.id` + publicClient + publicPlace + `
		WHERE g.cooperative_id = $1 AND g.id = $3 AND g.state = 'open' AND ` + mayPublish
	var one int
	found, err := scanPublic(tx.QueryRow(ctx, query, c, now, gig), &one)
	if errors.Is(err, pgx.ErrNoRows) {
		return PublicGig{}, findOver(ctx, tx, c, gig)
	}
	return found, err
}

// findOver is why the gig is not shown.
func findOver(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) error {
	const query = `
		SELECT EXISTS (SELECT FROM jobs.gig g` + publicClient + `
			WHERE g.cooperative_id = $1 AND g.id = $2 AND g.state <> 'draft' AND ` + forAll + `)`
	var was bool
	if err := tx.QueryRow(ctx, query, c, gig).Scan(&was); err != nil {
		return err
	}
	if was {
		return ErrPublicOver
	}
	return members.ErrNotFound
}

func findForAll(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, gig GigID) (is bool, err error) {
	const query = `
		SELECT c.kind = 'organisation' AND EXISTS (SELECT FROM members.settings o WHERE o.cooperative_id = $1 AND o.public_since IS NOT NULL)
		FROM jobs.gig g` + publicClient + ` WHERE g.cooperative_id = $1 AND g.id = $2`
	err = db.QueryRow(ctx, query, c, gig).Scan(&is)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, members.ErrNotFound
	}
	return is, err
}

func listPublicShifts(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, now time.Time) ([]PublicShift, error) {
	const query = `SELECT s.starts_at, s.ends_at, s.break_minutes` + ofOne + ` ORDER BY s.starts_at, s.id LIMIT $4`
	rows, err := tx.Query(ctx, query, c, now, gig, mostStarts)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (s PublicShift, err error) {
		var minutes int
		err = row.Scan(&s.Starts, &s.Ends, &minutes)
		s.Break = time.Duration(minutes) * time.Minute
		return s, err
	})
}

// publicAll are the cooperative's ($1) public gigs at $2.
const publicAll = ` FROM coming CROSS JOIN LATERAL (` + ifOpen + `) g` + publicClient + ` WHERE ` + mayPublish

func listPublicLinks(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, limit, offset int, now time.Time) ([]PublicLink, error) {
	const query = `WITH coming AS (` + comingFree + `) SELECT g.id, ` + publicChanged + publicAll + ` ORDER BY g.id LIMIT $3 OFFSET $4`
	rows, err := db.Query(ctx, query, c, now, limit, offset)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[PublicLink])
}

// countPublic counts over all cooperatives at once: what everybody may read.
func countPublic(ctx context.Context, db *pgxpool.Pool, now time.Time) (map[id.Cooperative]int, error) {
	const query = `
		WITH coming AS (
			SELECT DISTINCT s.cooperative_id, s.gig_id FROM members.settings o JOIN jobs.shift s ON s.cooperative_id = o.cooperative_id
			WHERE o.public_since IS NOT NULL AND s.starts_at > $1 AND s.called_off_at IS NULL AND ` + hasSeat + `)
		SELECT g.cooperative_id, count(*)
		FROM coming JOIN jobs.gig g ON g.cooperative_id = coming.cooperative_id AND g.id = coming.gig_id AND g.state = 'open'` + publicClient + `
		WHERE ` + mayPublish + ` GROUP BY g.cooperative_id`
	rows, err := db.Query(ctx, query, now)
	if err != nil {
		return nil, err
	}
	counts, c, count := map[id.Cooperative]int{}, id.Cooperative{}, 0
	_, err = pgx.ForEachRow(rows, []any{&c, &count}, func() error {
		counts[c] = count
		return nil
	})
	return counts, err
}
