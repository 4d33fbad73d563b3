package coaching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func upsertCaseload(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, coach members.RoleID, now time.Time) error {
	const query = `
		INSERT INTO coaching.caseload (cooperative_id, member_id, coach_id, since)
		SELECT m.cooperative_id, m.id, r.id, $4
		FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = $3 AND r.kind = 'coach' AND r.ended_at IS NULL
		WHERE m.cooperative_id = $1 AND m.id = $2
		FOR SHARE OF r -- so that nobody ends the coach's work meanwhile
		ON CONFLICT (cooperative_id, member_id) DO UPDATE SET coach_id = excluded.coach_id, since = excluded.since`
	tag, err := tx.Exec(ctx, query, c, m, coach, now)
	if err == nil && tag.RowsAffected() == 0 {
		return members.ErrNotFound
	}
	return err
}

// countFollowed counts whom the coach still follows.
func countFollowed(ctx context.Context, tx pgx.Tx, c id.Cooperative, coach members.RoleID) (n int, err error) {
	const query = `
		SELECT count(*) FROM coaching.caseload l
		JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id AND m.state <> 'alumni'
		WHERE l.cooperative_id = $1 AND l.coach_id = $2`
	return n, tx.QueryRow(ctx, query, c, coach).Scan(&n)
}

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// lockCoach gives the role that follows the member, which stays so until the
// transaction ends, or none.
func lockCoach(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (coach members.RoleID, err error) {
	const query = `SELECT coach_id FROM coaching.caseload WHERE cooperative_id = $1 AND member_id = $2 FOR NO KEY UPDATE`
	err = tx.QueryRow(ctx, query, c, m).Scan(&coach)
	if errors.Is(err, pgx.ErrNoRows) {
		return coach, nil
	}
	return coach, err
}

const selectFollow = `
	SELECT m.id, p.name, pl.name, c.since, CASE c.kind WHEN 'stand_in' THEN to_char(c.until, 'YYYY-MM-DD') ELSE '' END
	FROM coaching.follower c
	JOIN members.member m ON m.cooperative_id = c.cooperative_id AND m.id = c.member_id
	JOIN members.place pl ON pl.code = m.place_code
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person p ON p.id = r.person_id
	WHERE c.cooperative_id = $1 AND c.role_id = $2 AND $3::date BETWEEN c.begins AND c.until`

func listCaseload(ctx context.Context, db querier, by members.Actor, today members.Day) ([]Follow, error) {
	rows, err := db.Query(ctx, selectFollow+` ORDER BY p.name, m.id`, by.Cooperative, by.Role, string(today))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Follow, error) { return scanFollow(row) })
}

func findFollow(ctx context.Context, db querier, by members.Actor, m members.MemberID, today members.Day) (Follow, error) {
	follow, err := scanFollow(db.QueryRow(ctx, selectFollow+` AND c.member_id = $4`, by.Cooperative, by.Role, string(today), m))
	if errors.Is(err, pgx.ErrNoRows) {
		return Follow{}, members.ErrNotFound
	}
	return follow, err
}

func scanFollow(row pgx.Row) (f Follow, err error) {
	err = row.Scan(&f.Member, &f.Name, &f.PlaceName, &f.Since, &f.Until)
	return f, err
}

func findCoach(ctx context.Context, db *pgxpool.Pool, by members.Actor) (coach Coach, err error) {
	const query = `
		SELECT c.coach_id, p.name
		FROM coaching.caseload c
		JOIN members.role r ON r.cooperative_id = c.cooperative_id AND r.id = c.coach_id AND r.ended_at IS NULL
		JOIN members.person p ON p.id = r.person_id
		WHERE c.cooperative_id = $1 AND c.member_id = $2`
	err = db.QueryRow(ctx, query, by.Cooperative, by.Member).Scan(&coach.Role, &coach.Name)
	if errors.Is(err, pgx.ErrNoRows) {
		return Coach{}, nil
	}
	return coach, err
}
