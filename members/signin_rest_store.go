package members

import (
	"context"
	"time"

	"meent/internal/id"
)

func findFactorChange(ctx context.Context, db querier, c id.Cooperative, m MemberID, since time.Time) (time.Time, error) {
	const query = `
		SELECT max(a.at) FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.audit a ON a.for_id = r.person_id AND a.at > $3 AND a.what = ANY ($4)
		WHERE m.cooperative_id = $1 AND m.id = $2`
	var at *time.Time
	if err := db.QueryRow(ctx, query, c, m, since, FactorDeeds()).Scan(&at); err != nil || at == nil {
		return time.Time{}, err
	}
	return *at, nil
}
