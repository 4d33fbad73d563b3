package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// keptGoal is a goal as its row has it, with its steps.
type keptGoal struct {
	Goal
	text  []byte
	steps []keptStep
}

type keptStep struct {
	Step
	goal GoalID
	text []byte
}

// listGoals gives a member's goals with their steps: open ones first, and of the
// others the newest.
func listGoals(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) ([]keptGoal, error) {
	const query = `
		SELECT g.id, g.member_id, g.text, g.state, coalesce(to_char(g.aim_on, 'YYYY-MM-DD'), ''), g.made_at, p.name, g.ended_at
		FROM coaching.goal g
		JOIN members.role r ON r.cooperative_id = g.cooperative_id AND r.id = g.made_by
		JOIN members.person p ON p.id = r.person_id
		WHERE g.cooperative_id = $1 AND g.member_id = $2
		ORDER BY g.state <> 'open', g.ended_at DESC, g.made_at, g.id`
	rows, err := tx.Query(ctx, query, c, m)
	if err != nil {
		return nil, err
	}
	goals, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g keptGoal, err error) {
		var ended *time.Time
		err = row.Scan(&g.ID, &g.Member, &g.text, &g.State, &g.AimOn, &g.Made, &g.MadeBy, &ended)
		if ended != nil {
			g.Ended = *ended
		}
		return g, err
	})
	if err != nil || len(goals) == 0 {
		return goals, err
	}
	steps, err := listSteps(ctx, tx, c, m)
	for i := range goals {
		for _, s := range steps {
			if s.goal == goals[i].ID {
				goals[i].steps = append(goals[i].steps, s)
			}
		}
	}
	return goals, err
}

func listSteps(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) ([]keptStep, error) {
	const query = `
		SELECT id, goal_id, text, made_at, done_at FROM coaching.goal_step
		WHERE cooperative_id = $1 AND member_id = $2 ORDER BY goal_id, made_at, id`
	rows, err := tx.Query(ctx, query, c, m)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (s keptStep, err error) {
		var done *time.Time
		err = row.Scan(&s.ID, &s.goal, &s.text, &s.Made, &done)
		if done != nil {
			s.Done = *done
		}
		return s, err
	})
}
