package coaching

import (
	"slices"
	"time"

	"meent/internal/id"
	"meent/members"
)

// GoalID identifies a goal.
type GoalID = id.Of[Goal]

// StepID identifies a step to a goal.
type StepID = id.Of[Step]

// GoalState is where a goal stands: open → met | not_met | needs_more, and open
// again.
type GoalState string

// The states of a goal.
const (
	GoalOpen      GoalState = "open"
	GoalMet       GoalState = "met"
	GoalNotMet    GoalState = "not_met"
	GoalNeedsMore GoalState = "needs_more" // more time or help
)

// GoalStates lists them in the order of pages.
func GoalStates() []GoalState { return []GoalState{GoalOpen, GoalMet, GoalNotMet, GoalNeedsMore} }

// Ended reports whether it was judged.
func (s GoalState) Ended() bool { return s != GoalOpen && slices.Contains(GoalStates(), s) }

// How many there may be, and how long a goal or step is, in characters.
const (
	MostGoals = 20 // open ones of a member
	MostSteps = 20 // of a goal
	MostGoal  = 200
)

// Goal is what a member wants to reach.
type Goal struct {
	ID     GoalID
	Member members.MemberID
	Text   string
	State  GoalState
	AimOn  members.Day // may be empty
	Made   time.Time
	MadeBy string    // name of the member or coach who wrote it down
	Ended  time.Time // zero: it is open
	Steps  []Step    // in the order in which they were made
	Gone   bool      // what is empty cannot be read any more
}

// Step is one thing to do on the way to a goal.
type Step struct {
	ID   StepID
	Text string
	Made time.Time
	Done time.Time // zero: not yet
}

func goalColumn(g GoalID) string { return "goal.text@" + g.String() }
func stepColumn(s StepID) string { return "goal_step.text@" + s.String() }
