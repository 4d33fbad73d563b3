package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// To is the state after a judgement, or after opening again. It returns
// ErrGoalMoved.
func (s GoalState) To(next GoalState) (GoalState, error) {
	if s == GoalOpen && next.Ended() || s.Ended() && next == GoalOpen {
		return next, nil
	}
	return s, ErrGoalMoved
}

// JudgeGoal says how a goal went, or opens it again: by the member, or by their
// coach with a grant for the progress. It returns ErrGoalMoved, ErrManyGoals where
// nothing can be opened again, members.ErrNotGranted, and members.ErrNotFound to
// everybody else.
func (s *Service) JudgeGoal(ctx context.Context, by members.Actor, m members.MemberID, goal GoalID, to GoalState) error {
	return s.onProgress(ctx, by, m, func(tx pgx.Tx, who subject) error {
		g, err := lockGoal(ctx, tx, by.Cooperative, m, goal)
		if err != nil {
			return err
		}
		if _, err := g.State.To(to); err != nil {
			return err
		}
		what := "goal_judged"
		if to == GoalOpen {
			what = "goal_opened"
			if err := roomForGoal(ctx, tx, by.Cooperative, m); err != nil {
				return err
			}
		}
		if err := updateGoal(ctx, tx, by.Cooperative, m, goal, to, s.now()); err != nil {
			return err
		}
		return s.noteProgressTx(ctx, tx, by, who, what, goalRef(goal))
	})
}
