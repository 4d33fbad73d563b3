package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// HoldsSeat holds for an engagement (e) that has one of the seats, of whichever
// kind, LostSeat for one that does not, WasWorked for one whose hours both sides
// agreed to, and TakesPlace for a shift (s) that was not taken away or called
// off: what everybody means who counts them, here and to the right.
const (
	HoldsSeat  = `e.state NOT IN ('cancelled', 'absent') AND e.called_off_at IS NULL`
	LostSeat   = `(e.state IN ('cancelled', 'absent') OR e.called_off_at IS NOT NULL)`
	WasWorked  = hoursSettled + ` AND e.called_off_at IS NULL`
	TakesPlace = `s.seats > 0 AND s.called_off_at IS NULL`
)

// FirstThere holds for an engagement (e) on a gig (g) before which the member has no
// work for the same client that took or takes place.
const FirstThere = `(SELECT NOT EXISTS (SELECT FROM jobs.engagement e
	JOIN jobs.shift t ON t.cooperative_id = e.cooperative_id AND t.id = e.shift_id
	JOIN jobs.gig h ON h.cooperative_id = t.cooperative_id AND h.id = t.gig_id AND h.client_id = g.client_id
	WHERE e.cooperative_id = mine.cooperative_id AND e.member_id = mine.member_id AND e.starts_at < mine.starts_at AND ` + HoldsSeat + `)
	FROM (SELECT e.cooperative_id, e.member_id, e.starts_at) mine)`

// hoursOpen holds for an engagement (e) that still comes, goes on or waits for
// its hours, and hoursSettled for one whose hours both sides agreed to.
const (
	hoursOpen    = `e.state IN ('confirmed', 'started', 'finished')`
	hoursSettled = `e.state IN ('agreed', 'billed', 'paid', 'closed')`
)

// selectFacts says how gigs stand; those is where their rows come from. It knows
// the cooperative ($1), now ($2) and the end of the day ($3).
func selectFacts(those string) string {
	return `
	WITH mine AS MATERIALIZED (SELECT g.cooperative_id, g.id, g.client_id, g.state, g.awaits_deposit FROM jobs.gig g WHERE g.cooperative_id = $1 AND ` + those + `),
	coming AS MATERIALIZED (
		SELECT s.gig_id, sum(s.seats) AS seats, min(s.starts_at) AS next, sum((SELECT count(*) FROM jobs.engagement e
			WHERE e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + HoldsSeat + `)) AS taken
		FROM mine JOIN jobs.shift s ON s.cooperative_id = mine.cooperative_id AND s.gig_id = mine.id AND s.starts_at > $2 AND ` + TakesPlace + `
		GROUP BY s.gig_id),
	work AS MATERIALIZED (
		SELECT s.gig_id,
			count(*) FILTER (WHERE e.starts_at < $3 AND ` + EndsAt + ` > $2 AND e.state <> 'finished') AS today,
			count(*) FILTER (WHERE ` + EndsAt + ` <= $2 AND t.state = 'member_proposed') AS hours,
			(array_agg(e.id ORDER BY e.starts_at, e.id) FILTER (WHERE ` + EndsAt + ` <= $2 AND t.state = 'member_proposed'))[1] AS first,
			count(*) FILTER (WHERE ` + EndsAt + ` <= $2 AND coalesce(t.state, 'client_proposed') = 'client_proposed') AS sent,
			count(*) FILTER (WHERE t.state = 'disputed') AS disputed
		FROM mine JOIN jobs.shift s ON s.cooperative_id = mine.cooperative_id AND s.gig_id = mine.id
		JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + hoursOpen + `
		LEFT JOIN jobs.timesheet t ON t.cooperative_id = e.cooperative_id AND t.engagement_id = e.id
		GROUP BY s.gig_id),
	owed AS MATERIALIZED (
		SELECT s.gig_id, count(*) AS bills, sum(b.total_cents - b.deposit_cents) AS cents, (array_agg(b.id ORDER BY b.billed_at, b.id))[1] AS first
		FROM payments.bill b
		JOIN jobs.engagement e ON e.cooperative_id = b.cooperative_id
			AND e.id = CASE WHEN b.ref ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' THEN left(b.ref, 36)::uuid END
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		WHERE b.cooperative_id = $1 AND b.client_id = (SELECT client_id FROM mine LIMIT 1) AND b.state <> 'paid'
		GROUP BY s.gig_id)
	SELECT mine.id, mine.state, coalesce(coming.seats, 0), coalesce(coming.taken, 0), coalesce(coming.next, '0001-01-01 00:00:00Z'),
		coalesce(work.today, 0), coalesce(work.hours, 0), coalesce(work.sent, 0), coalesce(work.disputed, 0), work.first,
		coalesce(owed.bills, 0), coalesce(owed.cents, 0), owed.first, mine.awaits_deposit
	FROM mine LEFT JOIN coming ON coming.gig_id = mine.id LEFT JOIN work ON work.gig_id = mine.id LEFT JOIN owed ON owed.gig_id = mine.id`
}

const (
	ofClient = `g.client_id = $4`
	oneGig   = `g.id = $4 AND ($5 = 'coordinator' OR g.client_id = $6)`
)

func scanFacts(row pgx.CollectableRow) (gig GigID, f Facts, err error) {
	err = row.Scan(&gig, &f.State, &f.Seats, &f.Taken, &f.Next, &f.Today, &f.Hours, &f.Sent, &f.Disputed, &f.FirstHours, &f.Unpaid, &f.Owed, &f.FirstBill, &f.Awaits)
	return gig, f, err
}

func listFacts(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, client members.ClientID, now, night time.Time) (map[GigID]Facts, error) {
	rows, err := db.Query(ctx, selectFacts(ofClient), c, now, night, client)
	if err != nil {
		return nil, err
	}
	found := map[GigID]Facts{}
	_, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) {
		gig, f, err := scanFacts(row)
		found[gig] = f
		return struct{}{}, err
	})
	return found, err
}

func findFacts(ctx context.Context, db *pgxpool.Pool, by members.Actor, gig GigID, now, night time.Time) (Facts, error) {
	rows, err := db.Query(ctx, selectFacts(oneGig), by.Cooperative, now, night, gig, string(by.Kind), by.Client)
	if err != nil {
		return Facts{}, err
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Facts, error) {
		_, f, err := scanFacts(row)
		return f, err
	})
	if err == nil && len(list) == 0 {
		err = members.ErrNotFound
	}
	if err != nil {
		return Facts{}, err
	}
	return list[0], nil
}
