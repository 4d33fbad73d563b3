package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func countOpenGoals(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (n int, err error) {
	const query = `SELECT count(*) FROM coaching.goal WHERE cooperative_id = $1 AND member_id = $2 AND state = 'open'`
	return n, tx.QueryRow(ctx, query, c, m).Scan(&n)
}

func insertGoal(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, goal GoalID, text []byte, aim members.Day, now time.Time) error {
	const query = `
		INSERT INTO coaching.goal (id, cooperative_id, member_id, text, state, aim_on, made_at, made_by)
		VALUES ($1, $2, $3, $4, 'open', nullif($5, '')::date, $6, $7)`
	_, err := tx.Exec(ctx, query, goal, by.Cooperative, m, text, string(aim), now, by.Role)
	return err
}

// lockedGoal is a goal that nobody else moves meanwhile.
type lockedGoal struct {
	State  GoalState
	Made   time.Time
	madeBy members.RoleID
}

func lockGoal(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, goal GoalID) (g lockedGoal, err error) {
	const query = `
		SELECT state, made_at, made_by FROM coaching.goal
		WHERE cooperative_id = $1 AND member_id = $2 AND id = $3 FOR UPDATE`
	return g, gone(tx.QueryRow(ctx, query, c, m, goal).Scan(&g.State, &g.Made, &g.madeBy))
}

// updateGoal moves it; a clock that went back does not end it before it began.
func updateGoal(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, goal GoalID, to GoalState, now time.Time) error {
	const query = `
		UPDATE coaching.goal SET state = $4, ended_at = CASE WHEN $4 = 'open' THEN NULL ELSE greatest(made_at, $5) END
		WHERE cooperative_id = $1 AND member_id = $2 AND id = $3`
	_, err := tx.Exec(ctx, query, c, m, goal, string(to), now)
	return err
}

func deleteGoal(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, goal GoalID) error {
	_, err := tx.Exec(ctx, `DELETE FROM coaching.goal WHERE cooperative_id = $1 AND member_id = $2 AND id = $3`, c, m, goal)
	return err
}

func countSteps(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, goal GoalID) (n int, err error) {
	const query = `SELECT count(*) FROM coaching.goal_step WHERE cooperative_id = $1 AND member_id = $2 AND goal_id = $3`
	return n, tx.QueryRow(ctx, query, c, m, goal).Scan(&n)
}

func insertStep(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, goal GoalID, step StepID, text []byte, now time.Time) error {
	const query = `
		INSERT INTO coaching.goal_step (id, cooperative_id, member_id, goal_id, text, made_at) VALUES ($1, $2, $3, $4, $5, $6)`
	_, err := tx.Exec(ctx, query, step, c, m, goal, text, now)
	return err
}

const thisStep = ` WHERE cooperative_id = $1 AND member_id = $2 AND goal_id = $3 AND id = $4`

func markStep(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, goal GoalID, step StepID, done bool, now time.Time) error {
	const query = `
		UPDATE coaching.goal_step SET done_at = CASE WHEN $5 THEN coalesce(done_at, greatest(made_at, $6)) END` + thisStep
	tag, err := tx.Exec(ctx, query, c, m, goal, step, done, now)
	if err == nil && tag.RowsAffected() == 0 {
		return members.ErrNotFound
	}
	return err
}

func deleteStep(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, goal GoalID, step StepID) error {
	tag, err := tx.Exec(ctx, `DELETE FROM coaching.goal_step`+thisStep, c, m, goal, step)
	if err == nil && tag.RowsAffected() == 0 {
		return members.ErrNotFound
	}
	return err
}

func findGoalOwner(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, goal GoalID) (members.Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale FROM coaching.goal g
		JOIN members.member m ON m.cooperative_id = g.cooperative_id AND m.id = g.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE g.cooperative_id = $1 AND g.id = $2`
	return scanPerson(db.QueryRow(ctx, query, c, goal))
}
