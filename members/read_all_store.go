package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// readAll never waits for a grant, so it cannot wait in a circle with who ends
// several; lines come in one order, for two pages of one reader at once.
func readAll(ctx context.Context, tx pgx.Tx, by Actor, of []MemberID, scopes []Scope, today Day, hour time.Time) (Keys, error) {
	const query = `
		WITH key AS (
			SELECT g.member_id, g.scope FROM members.access_grant g
			WHERE g.cooperative_id = $1 AND g.grantee_id = $2 AND g.member_id = ANY ($3) AND g.scope = ANY ($4) AND ` + live + `$5::date
			FOR SHARE SKIP LOCKED),
		noted AS (
			INSERT INTO members.access_read (cooperative_id, member_id, hour, reader_id, scope)
			SELECT $1, member_id, $6, $2, scope FROM key ORDER BY member_id, scope ON CONFLICT DO NOTHING)
		SELECT member_id, scope FROM key ORDER BY member_id, scope`
	rows, err := tx.Query(ctx, query, by.Cooperative, by.Role, of, scopes, string(today), hour)
	if err != nil {
		return nil, err
	}
	keys := Keys{}
	var m MemberID
	var scope Scope
	_, err = pgx.ForEachRow(rows, []any{&m, &scope}, func() error {
		keys[m] = append(keys[m], scope)
		return nil
	})
	return keys, err
}

func listKeyEnds(ctx context.Context, tx pgx.Tx, by Actor, of []MemberID, today, last Day) (map[MemberID]Day, error) {
	const query = `
		SELECT g.member_id, to_char(min(g.until), 'YYYY-MM-DD') FROM members.access_grant g
		WHERE g.cooperative_id = $1 AND g.grantee_id = $2 AND g.member_id = ANY ($3) AND ` + live + `$4::date AND g.until <= $5::date
		GROUP BY g.member_id`
	rows, err := tx.Query(ctx, query, by.Cooperative, by.Role, of, string(today), string(last))
	if err != nil {
		return nil, err
	}
	ends := map[MemberID]Day{}
	var m MemberID
	var day Day
	_, err = pgx.ForEachRow(rows, []any{&m, &day}, func() error {
		ends[m] = day
		return nil
	})
	return ends, err
}
