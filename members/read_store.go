package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func lockLive(ctx context.Context, tx pgx.Tx, by Actor, m MemberID, scope Scope, today Day) (until Day, err error) {
	const query = `
		SELECT to_char(g.until, 'YYYY-MM-DD') FROM members.access_grant g` + ofMember + `
		WHERE g.cooperative_id = $1 AND g.member_id = $2 AND g.grantee_id = $3 AND g.scope = $4 AND ` + live + `$5::date
		FOR SHARE OF g`
	err = tx.QueryRow(ctx, query, by.Cooperative, m, by.Role, string(scope), string(today)).Scan(&until)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", &NotGranted{m, scope}
	}
	return until, err
}

func insertRead(ctx context.Context, tx pgx.Tx, by Actor, m MemberID, scope Scope, hour time.Time, refused bool) error {
	const query = `
		INSERT INTO members.access_read (cooperative_id, member_id, hour, reader_id, scope, refused)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`
	_, err := tx.Exec(ctx, query, by.Cooperative, m, hour, by.Role, string(scope), refused)
	return err
}

// listReads gives whole hours: at least most lines, where there are so many.
func listReads(ctx context.Context, db *pgxpool.Pool, by Actor, before time.Time, most int) ([]Read, error) {
	const query = `
		WITH line AS (
			SELECT cooperative_id, hour, reader_id, scope, refused FROM members.access_read
			WHERE cooperative_id = $1 AND member_id = $2 AND hour < $3
			ORDER BY hour DESC FETCH FIRST $4 ROWS WITH TIES)
		SELECT p.name, l.scope, l.hour, l.refused
		FROM line l
		JOIN members.role r ON r.cooperative_id = l.cooperative_id AND r.id = l.reader_id
		JOIN members.person p ON p.id = r.person_id
		ORDER BY l.hour DESC, p.name, l.reader_id, l.scope, l.refused`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member, before, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Read])
}
