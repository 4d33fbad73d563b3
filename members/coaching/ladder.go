package coaching

import (
	"time"

	"meent/members"
)

// measureMonths is after how long the ladder is looked at again.
const measureMonths = 6

// Hint is a step that the facts point to, and why. It is shown beside the choice
// and chosen by nobody: the program never sets a step.
type Hint struct {
	Step int    // 0: none
	Why  string // paid_coach, paid, unpaid, unpaid_online, organised
}

// Participation is what is known of what somebody does. That nothing is known
// says nothing of somebody: no step follows from it, and above all not the first.
// Today's facts tell of paid work and of a coach alone.
type Participation struct {
	Paid      bool // paid work in the last three months
	Coached   bool // somebody follows them
	Unpaid    bool // work without a wage, with duties towards others
	InPerson  bool // and at least once a week among people: contact online is not enough
	Organised bool // takes part in something at least once a week
}

// SuggestStep says which step of the ladder these facts point to.
func SuggestStep(p Participation) Hint {
	switch {
	case p.Paid && p.Coached:
		return Hint{5, "paid_coach"}
	case p.Paid:
		return Hint{6, "paid"}
	case p.Unpaid && p.InPerson:
		return Hint{4, "unpaid"}
	case p.Unpaid:
		return Hint{3, "unpaid_online"}
	case p.Organised:
		return Hint{3, "organised"}
	}
	return Hint{}
}

// Due is the day on which member and coach look at the ladder again, from the
// rungs that they set: half a year after the last time that they did so at the
// intake or for half a year. It is empty where they never did.
func Due(set []Rung) (due members.Day) {
	for _, r := range set {
		if r.State == RungSet && r.Occasion != AtChange {
			due = max(due, members.DayOf(r.Settled).AddMonths(measureMonths))
		}
	}
	return due
}

// occasionOf is why a rung of today is set.
func occasionOf(set []Rung, today members.Day) Occasion {
	switch due := Due(set); {
	case due == "":
		return AtIntake
	case today >= due:
		return AtHalfYear
	default:
		return AtChange
	}
}

// eightOn is eight in the morning of that day in the Netherlands.
func eightOn(day members.Day) time.Time {
	at, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return time.Time{}
	}
	return time.Date(at.Year(), at.Month(), at.Day(), 8, 0, 0, 0, members.Amsterdam()).UTC()
}
