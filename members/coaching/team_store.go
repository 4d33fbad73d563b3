package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// findTeam asks once for all coaches and once for who has none. Alumni count
// nowhere.
func findTeam(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, now time.Time) (t Team, err error) {
	const query = `
		WITH followed AS (
			SELECT l.coach_id, floor(extract(epoch FROM $2 - greatest(l.since, (SELECT max(k.at) FROM coaching.contact k
					WHERE k.cooperative_id = l.cooperative_id AND k.member_id = l.member_id AND k.coach_id = l.coach_id))) / 86400)::int AS silent,
				CASE WHEN began.at > $2 - make_interval(years => $5) AND first.at IS NOT NULL
					THEN greatest(0, floor(extract(epoch FROM first.at - began.at) / 86400)::int) END AS client,
				EXISTS (SELECT FROM coaching.fact f WHERE f.cooperative_id = l.cooperative_id AND f.member_id = l.member_id
					AND f.kind IN ('billed', 'paid') AND f.at > $2 - make_interval(days => $4)) AS paid
			FROM coaching.caseload l
			JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id AND m.state <> 'alumni'
			CROSS JOIN LATERAL (SELECT coalesce(m.trial_at, m.member_at, l.since) AS at) began
			CROSS JOIN LATERAL (SELECT least(
				(SELECT min(k.at) FROM coaching.contact k WHERE k.cooperative_id = l.cooperative_id AND k.member_id = l.member_id AND k.kind = 'with_client'),
				(SELECT min(f.at) FROM coaching.fact f WHERE f.cooperative_id = l.cooperative_id AND f.member_id = l.member_id AND f.kind = 'shift' AND f.at <= $2)) AS at) first
			WHERE l.cooperative_id = $1),
		summed AS (
			SELECT coach_id, count(*)::int AS members, percentile_disc(0.5) WITHIN GROUP (ORDER BY silent) AS silent, max(silent) AS longest,
				CASE WHEN count(client) >= $6 THEN percentile_disc(0.5) WITHIN GROUP (ORDER BY client) END AS client, count(*) FILTER (WHERE paid)::int AS paid
			FROM followed GROUP BY coach_id)
		SELECT r.id, p.name, coalesce(s.members, 0), (SELECT count(*)::int FROM coaching.follower f
				WHERE f.cooperative_id = r.cooperative_id AND f.role_id = r.id AND f.kind = 'stand_in' AND $3::date BETWEEN f.begins AND f.until),
			greatest(coalesce(s.silent, 0), 0), greatest(coalesce(s.longest, 0), 0), coalesce(s.client, 0), s.client IS NOT NULL, coalesce(s.paid, 0)
		FROM members.role r
		JOIN members.person p ON p.id = r.person_id
		LEFT JOIN summed s ON s.coach_id = r.id
		WHERE r.cooperative_id = $1 AND r.kind = 'coach' AND r.ended_at IS NULL ORDER BY p.name, r.id`
	rows, err := db.Query(ctx, query, c, now, string(members.DayOf(now)), paidWithin, clientWithin, leastShown)
	if err != nil {
		return t, err
	}
	t.Coaches, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (o TeamCoach, err error) {
		err = row.Scan(&o.Role, &o.Name, &o.Members, &o.StandsIn, &o.Silent, &o.Longest, &o.ClientDays, &o.ClientKnown, &o.Paid)
		return o, err
	})
	if err != nil {
		return t, err
	}
	const alone = `
		SELECT count(*) FROM members.member m WHERE m.cooperative_id = $1 AND m.state <> 'alumni' AND NOT EXISTS (
			SELECT FROM coaching.caseload l WHERE l.cooperative_id = m.cooperative_id AND l.member_id = m.id)`
	return t, db.QueryRow(ctx, alone, c).Scan(&t.Alone)
}
