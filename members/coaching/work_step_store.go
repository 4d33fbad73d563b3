package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// mostMoves is how many moves a page shows.
const mostMoves = 50

func insertWorkStep(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, w WorkStepMove) error {
	const query = `
		INSERT INTO coaching.work_step (id, cooperative_id, member_id, step, was, by_role_id, at, why) VALUES ($1, $2, $3, $4, nullif($5, ''), $6, $7, $8)`
	_, err := tx.Exec(ctx, query, w.ID, by.Cooperative, m, string(w.Step), string(w.Was), by.Role, w.At, w.sealed)
	return err
}

// listWorkSteps gives the moves of a member, the newest first.
func listWorkSteps(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, most int) ([]WorkStepMove, error) {
	const query = `
		SELECT w.id, w.step, coalesce(w.was, ''), w.at, w.by_role_id, p.name, w.why
		FROM coaching.work_step w
		JOIN members.role r ON r.cooperative_id = w.cooperative_id AND r.id = w.by_role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE w.cooperative_id = $1 AND w.member_id = $2 ORDER BY w.at DESC LIMIT $3`
	rows, err := tx.Query(ctx, query, c, m, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (w WorkStepMove, err error) {
		err = row.Scan(&w.ID, &w.Step, &w.Was, &w.At, &w.By, &w.ByName, &w.sealed)
		return w, err
	})
}

func findWorkStepOwner(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, move WorkStepID) (p members.Person, step WorkStep, err error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale, w.step
		FROM coaching.work_step w
		JOIN members.member m ON m.cooperative_id = w.cooperative_id AND m.id = w.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE w.cooperative_id = $1 AND w.id = $2 AND m.state <> 'alumni'`
	err = gone(db.QueryRow(ctx, query, c, move).Scan(&p.ID, &p.Email, &p.Name, &p.Locale, &step))
	return p, step, err
}

// countWorkSteps counts the members on a step, and the moves to a higher one in
// the year before now.
func countWorkSteps(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, now time.Time) (on, up int, err error) {
	const query = `
		SELECT count(DISTINCT w.member_id), count(*) FILTER (WHERE w.at > $2 AND array_position($3::text[], w.step) > array_position($3::text[], w.was))
		FROM coaching.work_step w
		JOIN members.member m ON m.cooperative_id = w.cooperative_id AND m.id = w.member_id AND m.state <> 'alumni'
		WHERE w.cooperative_id = $1`
	return on, up, db.QueryRow(ctx, query, c, now.AddDate(-1, 0, 0), WorkSteps()).Scan(&on, &up)
}
