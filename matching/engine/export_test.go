package engine

import "time"

// BothPlans asks each plan.
func BothPlans(v *View, w *Work, now time.Time, most int, weights *Weights) (byCells, byPostings []Ranked) {
	s := soughtOf(w)
	return v.best(s, momentOf(now), most, weights, cells), v.best(s, momentOf(now), most, weights, postings)
}
