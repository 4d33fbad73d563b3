package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// lockAllLive never waits for a grant, so it cannot wait in a circle with who
// ends several.
func lockAllLive(ctx context.Context, tx pgx.Tx, by Actor, of []MemberID, scopes []Scope, today Day, each func(MemberID, Scope, Day)) error {
	const query = `
		WITH key AS (
			SELECT g.member_id, g.scope, g.until FROM members.access_grant g` + ofMember + `
			WHERE g.cooperative_id = $1 AND g.grantee_id = $2 AND g.member_id = ANY ($3) AND g.scope = ANY ($4) AND ` + live + `$5::date
			FOR SHARE OF g SKIP LOCKED)
		SELECT member_id, scope, to_char(until, 'YYYY-MM-DD') FROM key ORDER BY member_id, scope`
	rows, err := tx.Query(ctx, query, by.Cooperative, by.Role, of, scopes, string(today))
	if err != nil {
		return err
	}
	var m MemberID
	var scope Scope
	var until Day
	_, err = pgx.ForEachRow(rows, []any{&m, &scope, &until}, func() error {
		each(m, scope, until)
		return nil
	})
	return err
}

// insertReads writes all lines in one order, for two pages of one reader at once.
func insertReads(ctx context.Context, tx pgx.Tx, by Actor, keys Keys, hour time.Time) error {
	const query = `
		INSERT INTO members.access_read (cooperative_id, member_id, hour, reader_id, scope)
		SELECT $1, member_id, $3, $2, scope FROM unnest($4::uuid[], $5::text[]) AS read (member_id, scope)
		ORDER BY member_id, scope ON CONFLICT DO NOTHING`
	var of []MemberID
	var scopes []Scope
	for m, list := range keys {
		for _, scope := range list {
			of, scopes = append(of, m), append(scopes, scope)
		}
	}
	if len(of) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Role, hour, of, scopes)
	return err
}

func listKeyEnds(ctx context.Context, tx pgx.Tx, by Actor, of []MemberID, today, last Day) (map[MemberID]Day, error) {
	const query = `
		SELECT g.member_id, to_char(min(g.until), 'YYYY-MM-DD') FROM members.access_grant g` + ofMember + `
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
