package engine

import "time"

// BothPlans asks each plan.
func BothPlans(v *View, w *Work, now time.Time, most int, weights *Weights) (byPlaces, bySkills []Ranked) {
	s := soughtOf(w)
	return v.best(s, momentOf(now), most, weights, byPlace), v.best(s, momentOf(now), most, weights, bySkill)
}

// RuleCount is how many rules there are.
const RuleCount = rules

// Has reports whether it is in the set.
func (s Rules) Has(r Rule) bool { return s&(1<<r) != 0 }
