package matching

import (
	"slices"
	"time"

	"meent/matching/engine"
	"meent/members"
)

// ChangeKind is what of a gig its client can change so that more members can do it.
type ChangeKind string

// The kinds. There are no others: what members bear, need, earn and agreed, no client
// reads of.
const (
	TimeChange  ChangeKind = "time"
	PlaceChange ChangeKind = "place"
	SkillChange ChangeKind = "skill"
	SeatsChange ChangeKind = "seats"
)

// ChangeKinds lists them, the lightest first.
func ChangeKinds() []ChangeKind {
	return []ChangeKind{SeatsChange, SkillChange, TimeChange, PlaceChange}
}

// ends are the rules of which such a change may be the end.
func (k ChangeKind) ends() []Rule {
	switch k {
	case TimeChange:
		return []Rule{WeekRule, FreeRule}
	case PlaceChange:
		return []Rule{ReachRule}
	case SkillChange:
		return []Rule{SkillRule}
	case SeatsChange:
		return []Rule{SeatRule}
	default:
		return nil
	}
}

// changeable are all of those.
func changeable() (rules []Rule) {
	for _, kind := range ChangeKinds() {
		rules = append(rules, kind.ends()...)
	}
	return rules
}

// Change is one change of a shift, and how many members it lets in whom nothing else
// stops.
type Change struct {
	Kind   ChangeKind
	Skill  members.Skill // that is asked no more
	Starts time.Time     // instead
	Opens  int           // at least so many; 0: it is no change for anybody to read of
}

// fewest is from how many people a number is told: of fewer it might say who.
const fewest = 5

// atLeast is a number in which nobody can find one person: people who came or went move
// it seldom.
func atLeastOf(n int) int {
	for _, least := range []int{1000, 500, 200, 100, 50, 20, 10, fewest} {
		if n >= least {
			return least
		}
	}
	return 0
}

// try is a change, and the work as it would be.
type try struct {
	Change
	work Work
}

// triesOf are the changes that are tried of a shift.
func triesOf(w Work, now time.Time) (list []try) {
	if w.Seats.Buddies {
		more := w
		more.Free, more.Seats.BuddyFree = w.Free+1, w.Seats.BuddyFree+1
		list = append(list, try{Change{Kind: SeatsChange}, more})
	}
	for _, code := range w.Skills[:min(len(w.Skills), mostSkillsTried)] {
		list = append(list, try{Change{Kind: SkillChange, Skill: members.Skill{Code: code}}, w.without(code)})
	}
	for _, starts := range timesAround(w.Starts, now) {
		moved := w
		moved.Starts, moved.Ends = starts, starts.Add(w.Ends.Sub(w.Starts))
		list = append(list, try{Change{Kind: TimeChange, Starts: starts}, moved})
	}
	if !w.Seats.Remote { // as if the way were none: at home, or at the door
		near := w
		near.Seats.Remote = true
		list = append(list, try{Change{Kind: PlaceChange}, near})
	}
	return list
}

// mostSkillsTried is a bound for gigs that ask everything.
const mostSkillsTried = 20

// without is the same work that does not ask the skill.
func (w Work) without(code string) Work {
	w.Skills = slices.DeleteFunc(slices.Clone(w.Skills), func(c string) bool { return c == code })
	w.Asked = slices.Clone(w.Asked)
	for i := len(w.Asked) - 1; i >= 0; i-- {
		if w.Asked[i].Code == code {
			w.Asked = slices.Delete(w.Asked, i, i+1)
		}
	}
	return w
}

// timesAround are other times within three days of this one: in the morning, in the
// afternoon and in the evening, by the clocks here, and not before the day after now.
func timesAround(at, now time.Time) (times []time.Time) {
	local := at.In(members.Amsterdam())
	for day := -3; day <= 3; day++ {
		for _, hour := range []int{9, 13, 18} {
			other := time.Date(local.Year(), local.Month(), local.Day()+day, hour, 0, 0, 0, local.Location())
			if !other.Equal(at) && other.After(now.Add(24*time.Hour)) {
				times = append(times, other)
			}
		}
	}
	return times
}

// best is the change that lets in most members; of equal ones the lightest, and the
// time that is nearest.
func best(tries []try, opens []int, at time.Time) (c Change) {
	most := 0
	for _, kind := range ChangeKinds() {
		for i, one := range tries {
			better := opens[i] > most || opens[i] == most && kind == TimeChange && c.Kind == TimeChange && distance(one.Starts, at) < distance(c.Starts, at)
			if one.Kind == kind && opens[i] >= fewest && better {
				most, c = opens[i], one.Change
			}
		}
	}
	c.Opens = atLeastOf(most)
	return c
}

func distance(a, b time.Time) time.Duration { return a.Sub(b).Abs() }

// engineRules are those as the engine numbers them: in the order of Rules.
func engineRules(list []Rule) (set engine.Rules) {
	for i, rule := range Rules() {
		if slices.Contains(list, rule) {
			set = set.With(engine.Rule(i))
		}
	}
	return set
}
