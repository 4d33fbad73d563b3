package coaching

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// MostAim is how far ahead the day of a goal may be, in months.
const MostAim = 36

// ownGoal is how long a member may take away a goal that they wrote down; later
// it is judged.
const ownGoal = 24 * time.Hour

// NewGoal is a goal to write down.
type NewGoal struct {
	Text  string      // 1 to MostGoal characters, on one line
	AimOn members.Day // may be empty; from today on
}

func (n NewGoal) problems(today members.Day) (p check.Problems) {
	p.Text("text", n.Text, 1, MostGoal)
	last := today.AddMonths(MostAim)
	switch _, err := time.Parse(time.DateOnly, string(n.AimOn)); {
	case n.AimOn == "":
	case err != nil:
		p.Add("aim", "no_such_day", nil)
	case n.AimOn < today:
		p.Add("aim", "day_is_past", nil)
	case n.AimOn > last:
		p.Add("aim", "day_too_far", map[string]any{"Day": string(last)})
	}
	return p
}

// GoalWritten is the task that tells a member that their coach wrote a goal down.
type GoalWritten struct {
	Goal        GoalID
	Cooperative id.Cooperative
}

// Kind names the task.
func (GoalWritten) Kind() string { return "coaching.goal_written" }

func goalRef(g GoalID) string { return "goal:" + g.String() }

// MakeGoal writes a goal down: the member for themselves, or their coach with a
// grant for the progress, of which the member is told. It returns check.Problems
// at "text" and "aim", ErrManyGoals, members.ErrNoKey, members.ErrNotGranted, and
// members.ErrNotFound to everybody else.
func (s *Service) MakeGoal(ctx context.Context, by members.Actor, m members.MemberID, n NewGoal) (goal GoalID, err error) {
	n.Text = strings.TrimSpace(n.Text)
	if err := n.problems(members.DayOf(s.now())).Err(); err != nil {
		return goal, err
	}
	goal = id.New[Goal](s.random)
	return goal, s.onProgress(ctx, by, m, func(tx pgx.Tx, who subject) error {
		if err := roomForGoal(ctx, tx, by.Cooperative, m); err != nil {
			return err
		}
		sealed, err := s.people.SealTx(ctx, tx, who.Person, goalColumn(goal), n.Text)
		if err != nil {
			return err
		}
		if err := insertGoal(ctx, tx, by, m, goal, sealed, n.AimOn, s.now()); err != nil {
			return err
		}
		if err := s.tellGoalTx(ctx, tx, by, m, goal); err != nil {
			return err
		}
		return s.noteProgressTx(ctx, tx, by, who, "goal_made", goalRef(goal))
	})
}

// roomForGoal returns ErrManyGoals where there is none.
func roomForGoal(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) error {
	open, err := countOpenGoals(ctx, tx, c, m)
	if err == nil && open >= MostGoals {
		return ErrManyGoals
	}
	return err
}

// tellGoalTx tells the member of a goal that the coach wrote down.
func (s *Service) tellGoalTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, goal GoalID) error {
	if isOwn(by, m) {
		return nil
	}
	told := members.Notice{Member: m, Task: GoalWritten{Goal: goal, Cooperative: by.Cooperative}}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, told)
}

// GoalOf is the member whose goal it is, for who tells them. It returns
// members.ErrNotFound.
func (s *Service) GoalOf(ctx context.Context, c id.Cooperative, goal GoalID) (members.Person, error) {
	return findGoalOwner(ctx, s.db, c, goal)
}

// RemoveGoal takes away an open goal with its steps that the acting member wrote
// down themselves, within a day. It returns ErrGoalStays, ErrGoalMoved for one that
// was judged, and members.ErrNotFound to everybody else.
func (s *Service) RemoveGoal(ctx context.Context, by members.Actor, goal GoalID) error {
	if !isOwn(by, by.Member) {
		return members.ErrNotFound
	}
	return s.onProgress(ctx, by, by.Member, func(tx pgx.Tx, who subject) error {
		g, err := lockGoal(ctx, tx, by.Cooperative, who.Member, goal)
		switch {
		case err != nil:
			return err
		case g.State != GoalOpen:
			return ErrGoalMoved
		case g.madeBy != by.Role || !s.now().Before(g.Made.Add(ownGoal)):
			return ErrGoalStays
		}
		if err := deleteGoal(ctx, tx, by.Cooperative, who.Member, goal); err != nil {
			return err
		}
		return s.noteProgressTx(ctx, tx, by, who, "goal_removed", goalRef(goal))
	})
}

// Removable reports whether the acting member may take the goal away.
func (g Goal) Removable(by members.Actor, now time.Time) bool {
	return g.State == GoalOpen && isOwn(by, g.Member) && g.Author == by.Role && now.Before(g.Made.Add(ownGoal))
}
