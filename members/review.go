package members

import (
	"time"

	"meent/internal/id"
)

// ReviewID identifies a review.
type ReviewID = id.Of[Review]

// ReviewState is how far a review is. That it is late is a time, and no state.
type ReviewState string

// The states of a review.
const (
	ReviewAsked    ReviewState = "asked"
	ReviewTaken    ReviewState = "taken"
	ReviewAnswered ReviewState = "answered"
)

// Outcome is what a second look found.
type Outcome string

// The outcomes.
const (
	Upheld     Outcome = "upheld"
	Overturned Outcome = "overturned"
)

// Outcomes lists them.
func Outcomes() []Outcome { return []Outcome{Upheld, Overturned} }

// Review is a human's second look at a decision, asked by the person it is
// about.
type Review struct {
	ID          ReviewID
	Cooperative id.Cooperative
	Decision    Decision
	AskedBy     PersonID
	Asker       string
	DecidedBy   PersonID
	Decider     string
	Words       string
	State       ReviewState
	ReviewTime
	TakenBy PersonID
	Taker   string
	Alone   bool // who looks is who decided: there was nobody else
	Outcome Outcome
	Answer  string
	Gone    bool // of the words and the answer, what is empty cannot be read any more
}

// take gives the review to a coordinator. others is whether anybody else could
// look. Who asked never looks, nor does who decided while there are others. What
// is taken stays with its taker, until it is late: then another may.
func (r *Review) take(by PersonID, others bool) error {
	switch {
	case r.State == ReviewAnswered, r.State == ReviewTaken && (r.LateAt.IsZero() || r.TakenBy == by):
		return ErrDecided
	case r.AskedBy == by:
		return ErrOneself
	case r.DecidedBy == by && others:
		return ErrOwnDecision
	}
	r.State, r.TakenBy, r.Alone = ReviewTaken, by, r.DecidedBy == by
	return nil
}

// answer closes the review with reasons, by who took it.
func (r *Review) answer(by PersonID, outcome Outcome, answer string, now time.Time) error {
	if r.State != ReviewTaken || r.TakenBy != by {
		return ErrDecided
	}
	r.State, r.Outcome, r.Answer, r.Answered = ReviewAnswered, outcome, answer, now
	return nil
}
