package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// withCompany holds for an engagement (e) on a gig (g) to which somebody of the
// cooperative comes along.
const withCompany = `EXISTS (SELECT FROM jobs.gig_meeting a WHERE a.cooperative_id = g.cooperative_id AND a.gig_id = g.id AND a.accompanied) AND ` + FirstThere

func listCompanyToFind(ctx context.Context, db querier, by members.Actor, from, until time.Time) ([]Work, error) {
	const query = works + ` AND e.starts_at > $2 AND e.starts_at <= $3 AND ` + HoldsSeat + ` AND e.company_name IS NULL AND ` + withCompany + `
		ORDER BY e.starts_at, e.id LIMIT 20`
	rows, err := db.Query(ctx, query, by.Cooperative, from, until)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanWork)
}

// updateCompany reports whether anybody comes along.
func updateCompany(ctx context.Context, tx pgx.Tx, by members.Actor, engagement EngagementID, name string) (named bool, err error) {
	const query = `
		UPDATE jobs.engagement SET company_name = nullif($3, '') WHERE cooperative_id = $1 AND id = (
			SELECT e.id FROM jobs.engagement e
			JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
			JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
			WHERE e.cooperative_id = $1 AND e.id = $2 AND ` + HoldsSeat + ` AND ` + withCompany + `)`
	tag, err := tx.Exec(ctx, query, by.Cooperative, engagement, name)
	return tag.RowsAffected() == 1, err
}
