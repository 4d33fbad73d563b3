package engine

import "time"

// BothPlans asks each plan.
func BothPlans(v *View, w *Work, now time.Time, most int, weights *Weights) (byPlaces, bySkills []Ranked) {
	s := soughtOf(w)
	return v.best(s, momentOf(now), most, weights, byPlace), v.best(s, momentOf(now), most, weights, bySkill)
}
