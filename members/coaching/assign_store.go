package coaching

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func deleteCaseload(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) error {
	_, err := tx.Exec(ctx, `DELETE FROM coaching.caseload WHERE cooperative_id = $1 AND member_id = $2`, c, m)
	return err
}

// listCaseloads does not count alumni, who no longer need anybody's time.
func listCaseloads(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]CaseloadSize, error) {
	const query = `
		SELECT r.id, p.name, (SELECT count(*) FROM coaching.caseload l
			JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id AND m.state <> 'alumni'
			WHERE l.cooperative_id = r.cooperative_id AND l.coach_id = r.id)
		FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.kind = 'coach' AND r.ended_at IS NULL ORDER BY p.name, r.id`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (s CaseloadSize, err error) {
		err = row.Scan(&s.Role, &s.Name, &s.Members)
		return s, err
	})
}

func listCoaches(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) (map[members.MemberID]Coach, error) {
	const query = `
		SELECT l.member_id, l.coach_id, p.name FROM coaching.caseload l
		JOIN members.role r ON r.cooperative_id = l.cooperative_id AND r.id = l.coach_id
		JOIN members.person p ON p.id = r.person_id
		WHERE l.cooperative_id = $1`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	coaches := map[members.MemberID]Coach{}
	var m members.MemberID
	var coach Coach
	_, err = pgx.ForEachRow(rows, []any{&m, &coach.Role, &coach.Name}, func() error {
		coaches[m] = coach
		return nil
	})
	return coaches, err
}

// findPersonOf says who the member is.
func findPersonOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (who members.PersonID, err error) {
	const query = `
		SELECT r.person_id FROM members.member m JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE m.cooperative_id = $1 AND m.id = $2`
	err = tx.QueryRow(ctx, query, c, m).Scan(&who)
	if errors.Is(err, pgx.ErrNoRows) {
		return who, members.ErrNotFound
	}
	return who, err
}
