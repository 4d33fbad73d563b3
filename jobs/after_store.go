package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// readers are who follows the member $2 on the day $4, and may read the scope $3.
const readers = `
	FROM coaching.follower f
	JOIN members.access_grant a ON a.cooperative_id = f.cooperative_id AND a.member_id = f.member_id AND a.grantee_id = f.role_id
		AND a.scope = $3 AND a.revoked_at IS NULL AND a.until >= $4::date
	JOIN members.member m ON m.cooperative_id = f.cooperative_id AND m.id = f.member_id AND m.state <> 'alumni'
	JOIN members.role r ON r.cooperative_id = f.cooperative_id AND r.id = f.role_id AND r.ended_at IS NULL
	JOIN members.person p ON p.id = r.person_id
	WHERE f.cooperative_id = $1 AND f.member_id = $2 AND $4::date BETWEEN f.begins AND f.until`

// listReaders are the coaches of a member who may read this today, who stands in
// among them.
func listReaders(ctx context.Context, db querier, c id.Cooperative, m members.MemberID, scope members.Scope, today members.Day) ([]members.Person, error) {
	return listPeople(ctx, db, `SELECT DISTINCT p.id, p.email, p.name, p.locale`+readers+` ORDER BY p.id`, c, m, string(scope), string(today))
}

// hasReader reports whether there is one.
func hasReader(ctx context.Context, db oneRower, c id.Cooperative, m members.MemberID, scope members.Scope, today members.Day) (has bool, err error) {
	err = db.QueryRow(ctx, `SELECT EXISTS (SELECT`+readers+`)`, c, m, string(scope), string(today)).Scan(&has)
	return has, err
}

// isFollower reports whether the acting coach follows the member today.
func isFollower(ctx context.Context, db oneRower, by members.Actor, m members.MemberID, today members.Day) (follows bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM coaching.follower
			WHERE cooperative_id = $1 AND member_id = $2 AND role_id = $3 AND $4::date BETWEEN begins AND until)`
	return follows, db.QueryRow(ctx, query, by.Cooperative, m, by.Role, string(today)).Scan(&follows)
}

func listAgreedWork(ctx context.Context, db *pgxpool.Pool, by members.Actor, since time.Time) ([]AgreedWork, error) {
	query, whose := `e.member_id = $2`, any(by.Member)
	if by.Kind == members.RoleClient {
		query, whose = `g.client_id = $2`, by.Client
	}
	query = `
		SELECT e.id, g.title, g.language, cl.name, e.starts_at, who.name, t.agreed_at,
			EXISTS (SELECT FROM jobs.feedback f WHERE f.cooperative_id = e.cooperative_id AND f.engagement_id = e.id AND f.side = $4),
			EXISTS (SELECT FROM jobs.feedback f WHERE f.cooperative_id = e.cooperative_id AND f.engagement_id = e.id AND f.side <> $4)
		FROM jobs.engagement e
		JOIN jobs.timesheet t ON t.cooperative_id = e.cooperative_id AND t.engagement_id = e.id AND t.agreed_at > $3
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.client cl ON cl.cooperative_id = g.cooperative_id AND cl.id = g.client_id
		JOIN members.member m ON m.cooperative_id = e.cooperative_id AND m.id = e.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person who ON who.id = r.person_id
		WHERE e.cooperative_id = $1 AND ` + hoursSettled + ` AND NOT ` + isPartPay + ` AND ` + query + `
		ORDER BY e.starts_at DESC, e.id LIMIT $5`
	rows, err := db.Query(ctx, query, by.Cooperative, whose, since, string(by.Kind), mostWorks)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (d AgreedWork, err error) {
		err = row.Scan(&d.Engagement, &d.Text, &d.Language, &d.ClientName, &d.Starts, &d.MemberName, &d.Until, &d.Mine, &d.Theirs)
		d.Until = d.Until.AddDate(0, 0, FeedbackDays)
		return d, err
	})
}
