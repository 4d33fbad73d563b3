package jobs

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// findReminded is the member of an engagement, and whom they ask for at work:
// who posted the gig, or else the client's first contact.
func findReminded(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, engagement EngagementID) (who members.Person, contact string, err error) {
	const query = `
		SELECT who.id, who.email, who.name, who.locale, coalesce((
			SELECT p.name FROM members.role k JOIN members.person p ON p.id = k.person_id
			WHERE k.cooperative_id = g.cooperative_id AND k.client_id = g.client_id
			ORDER BY k.id = g.posted_by DESC, k.created_at, k.id LIMIT 1), '')
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.member m ON m.cooperative_id = e.cooperative_id AND m.id = e.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person who ON who.id = r.person_id
		WHERE e.cooperative_id = $1 AND e.id = $2`
	err = db.QueryRow(ctx, query, c, engagement).Scan(&who.ID, &who.Email, &who.Name, &who.Locale, &contact)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return who, contact, err
}
