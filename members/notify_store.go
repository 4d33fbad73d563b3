package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// selectQuiet gives the quiet hours of those among the members who have some.
func selectQuiet(ctx context.Context, db Querier, c id.Cooperative, who []MemberID) (map[MemberID]Span, error) {
	if len(who) == 0 {
		return nil, nil
	}
	const query = `
		SELECT member_id, quiet_from, quiet_until FROM members.member_profile
		WHERE cooperative_id = $1 AND member_id = ANY ($2) AND quiet_from IS NOT NULL`
	rows, err := db.Query(ctx, query, c, who)
	if err != nil {
		return nil, err
	}
	quiet := map[MemberID]Span{}
	var m MemberID
	var s Span
	_, err = pgx.ForEachRow(rows, []any{&m, &s.From, &s.Until}, func() error { quiet[m] = s; return nil })
	return quiet, err
}

// findTexted gives the sealed number of a member who is told by text message, or
// nothing for who is told by mail.
func findTexted(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, person PersonID) (sealed []byte, err error) {
	const query = `
		SELECT p.sealed FROM members.role r
		JOIN members.member m ON m.cooperative_id = r.cooperative_id AND m.role_id = r.id
		JOIN members.member_profile a ON a.cooperative_id = m.cooperative_id AND a.member_id = m.id
		JOIN members.phone p ON p.person_id = r.person_id
		WHERE r.person_id = $2 AND r.cooperative_id = $1 AND r.kind = 'member' AND a.channel = 'sms'`
	err = db.QueryRow(ctx, query, c, person).Scan(&sealed)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return sealed, err
}
