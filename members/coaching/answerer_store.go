package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func listAnswerers(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, question QuestionID, today members.Day) ([]members.Person, error) {
	const query = `
		WITH asked AS (
			SELECT q.member_id, q.coach_id, q.passed_on_at, l.coach_id AS now_coach
			FROM coaching.question q
			LEFT JOIN coaching.caseload l ON l.cooperative_id = q.cooperative_id AND l.member_id = q.member_id
			WHERE q.cooperative_id = $1 AND q.id = $2 AND q.state = 'asked')
		SELECT DISTINCT p.id, p.email, p.name, p.locale
		FROM asked, members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.ended_at IS NULL AND (
			r.kind = 'coach' AND (asked.passed_on_at IS NULL OR r.id IS DISTINCT FROM asked.coach_id) AND EXISTS (SELECT FROM coaching.follower f
				WHERE f.cooperative_id = $1 AND f.member_id = asked.member_id AND f.role_id = r.id AND $3::date BETWEEN f.begins AND f.until)
			OR r.kind = 'coordinator' AND (asked.passed_on_at IS NOT NULL OR asked.now_coach IS NULL))
		ORDER BY p.id`
	rows, err := db.Query(ctx, query, c, question, string(today))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (members.Person, error) { return scanPerson(row) })
}

func scanPerson(row pgx.Row) (p members.Person, err error) {
	return p, gone(row.Scan(&p.ID, &p.Email, &p.Name, &p.Locale))
}

func findAsker(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, question QuestionID) (members.Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale
		FROM coaching.question q
		JOIN members.member m ON m.cooperative_id = q.cooperative_id AND m.id = q.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE q.cooperative_id = $1 AND q.id = $2 AND q.state = 'answered'`
	return scanPerson(db.QueryRow(ctx, query, c, question))
}
