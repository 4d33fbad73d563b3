package coaching

import "errors"

var (
	// ErrManyGoals means that the member has as many open goals as there may be.
	ErrManyGoals = errors.New("coaching: many goals are open")

	// ErrManySteps means that the goal has as many steps as there may be.
	ErrManySteps = errors.New("coaching: the goal has many steps")

	// ErrGoalMoved means that a goal cannot go where it was sent: it is open
	// already, or was judged.
	ErrGoalMoved = errors.New("coaching: the goal is in another state")

	// ErrGoalStays means that a goal is judged and not taken away: somebody else
	// wrote it down, or it is older than a day.
	ErrGoalStays = errors.New("coaching: the goal stays")

	// ErrRungWaits means that a step of the ladder is proposed already.
	ErrRungWaits = errors.New("coaching: a step of the ladder waits")

	// ErrRungMoved means that the step of the ladder was set or dropped already.
	ErrRungMoved = errors.New("coaching: the step of the ladder was decided")

	// ErrOwnRung means that the other side sets a step of the ladder.
	ErrOwnRung = errors.New("coaching: one's own step of the ladder")
)
