package matching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// concerned are the members whom a change of gig $2 concerns, at moment $3.
const concerned = `
	SELECT e.member_id FROM jobs.shift s
	JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id
	WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND s.ends_at > $3 AND e.state IN ('confirmed', 'started')
	UNION
	SELECT o.member_id FROM jobs.shift s
	JOIN matching.offer o ON o.cooperative_id = s.cooperative_id AND o.shift_id = s.id
	WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND s.ends_at > $3
		AND (o.state = 'sent' AND o.until > $3 OR o.state IN ('asked', 'yes', 'reserve'))`

func listConcerned(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig jobs.GigID, now time.Time) ([]members.MemberID, error) {
	rows, err := tx.Query(ctx, `SELECT member_id FROM (`+concerned+`) who ORDER BY member_id`, c, gig, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[members.MemberID])
}

func findChanged(ctx context.Context, db *pgxpool.Pool, t ChangeTold, now time.Time) (g ChangedGig, who members.Person, err error) {
	const query = `
		SELECT g.title, g.state = 'open', p.id, p.email, p.name, p.locale
		FROM jobs.gig g
		JOIN members.member m ON m.cooperative_id = g.cooperative_id AND m.id = $4
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE g.cooperative_id = $1 AND g.id = $2 AND m.id IN (` + concerned + `)`
	err = db.QueryRow(ctx, query, t.Cooperative, t.Gig, now, t.Member).Scan(&g.Title, &g.Open, &who.ID, &who.Email, &who.Name, &who.Locale)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return g, who, err
}
