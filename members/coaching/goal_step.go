package coaching

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// AddStep adds a step to an open goal: by the member, or by their coach with a
// grant for the progress. It returns check.Problems at "step", ErrManySteps,
// ErrGoalMoved, members.ErrNoKey, members.ErrNotGranted, and members.ErrNotFound
// to everybody else.
func (s *Service) AddStep(ctx context.Context, by members.Actor, m members.MemberID, goal GoalID, text string) (step StepID, err error) {
	text = strings.TrimSpace(text)
	var p check.Problems
	if p.Text("step", text, 1, MostGoal); len(p) > 0 {
		return step, p
	}
	step = id.New[Step](s.random)
	return step, s.onOpenGoal(ctx, by, m, goal, func(tx pgx.Tx, who subject) error {
		n, err := countSteps(ctx, tx, by.Cooperative, m, goal)
		if err != nil {
			return err
		}
		if n >= MostSteps {
			return ErrManySteps
		}
		sealed, err := s.people.SealTx(ctx, tx, who.Person, stepColumn(step), text)
		if err != nil {
			return err
		}
		return insertStep(ctx, tx, by.Cooperative, m, goal, step, sealed, s.now())
	})
}

// TickStep notes that a step of an open goal is done, or that it is not; twice is
// once. Who may is as in AddStep. It returns ErrGoalMoved.
func (s *Service) TickStep(ctx context.Context, by members.Actor, m members.MemberID, goal GoalID, step StepID, done bool) error {
	return s.onOpenGoal(ctx, by, m, goal, func(tx pgx.Tx, _ subject) error {
		return markStep(ctx, tx, by.Cooperative, m, goal, step, done, s.now())
	})
}

// RemoveStep takes a step of an open goal away. Who may is as in AddStep. It
// returns ErrGoalMoved.
func (s *Service) RemoveStep(ctx context.Context, by members.Actor, m members.MemberID, goal GoalID, step StepID) error {
	return s.onOpenGoal(ctx, by, m, goal, func(tx pgx.Tx, _ subject) error {
		return deleteStep(ctx, tx, by.Cooperative, m, goal, step)
	})
}

// onOpenGoal does something with the steps of a goal, and lets open pages look
// again.
func (s *Service) onOpenGoal(ctx context.Context, by members.Actor, m members.MemberID, goal GoalID, do func(pgx.Tx, subject) error) error {
	return s.onProgress(ctx, by, m, func(tx pgx.Tx, who subject) error {
		g, err := lockGoal(ctx, tx, by.Cooperative, m, goal)
		if err != nil {
			return err
		}
		if g.State != GoalOpen {
			return ErrGoalMoved
		}
		if err := do(tx, who); err != nil {
			return err
		}
		return s.tellTx(ctx, tx, by.Cooperative, movedOf(by.Cooperative, m))
	})
}
