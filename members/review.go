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

// A person hears within fourteen days; after ten, who looks is reminded. Days
// are days in the Netherlands, also in the week when the clock changes.
const (
	reviewDays = 14
	remindDays = 10
)

// daysLater is the same time of day in the Netherlands, so many days later; a
// time that the clock skips that night is taken an hour later, and of one that
// comes twice the first.
func daysLater(at time.Time, days int) time.Time {
	later := at.In(Amsterdam()).AddDate(0, 0, days)
	if before := later.Add(-time.Hour); before.Hour() == later.Hour() {
		later = before
	}
	return later.UTC()
}

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
	Asked       time.Time
	Due         time.Time
	TakenBy     PersonID
	Taker       string
	Alone       bool      // who looks is who decided: there was nobody else
	Reminded    time.Time // zero: not yet
	Escalated   time.Time // zero: not late
	Outcome     Outcome
	Answer      string
	Answered    time.Time
	Gone        bool // of the words and the answer, what is empty cannot be read any more
}

// Open reports whether somebody still waits for the answer.
func (r Review) Open() bool { return r.State != ReviewAnswered }

// Late reports whether the time is over and nobody answered.
func (r Review) Late(now time.Time) bool { return r.Open() && !now.Before(r.Due) }

// Left is how long there is until the answer must be there; none when it is
// late.
func (r Review) Left(now time.Time) time.Duration { return max(0, r.Due.Sub(now)) }

// remindAt is when who looks is reminded.
func (r Review) remindAt() time.Time { return daysLater(r.Asked, remindDays) }

// take gives the review to a coordinator. others is whether anybody else could
// look. Who asked never looks, nor does who decided while there are others. What
// is taken stays with its taker, until it is late: then another may.
func (r *Review) take(by PersonID, others bool) error {
	switch {
	case r.State == ReviewAnswered, r.State == ReviewTaken && (r.Escalated.IsZero() || r.TakenBy == by):
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

// tick moves the clock: it reminds, and says when it is late. It never decides.
func (r *Review) tick(now time.Time) (remind, escalate bool) {
	if !r.Open() {
		return false, false
	}
	if remind = r.Reminded.IsZero() && !now.Before(r.remindAt()) && now.Before(r.Due); remind {
		r.Reminded = now
	}
	if escalate = r.Escalated.IsZero() && !now.Before(r.Due); escalate {
		r.Escalated = now
	}
	return remind, escalate
}

// next is when the clock looks again; zero: not any more.
func (r Review) next() time.Time {
	switch {
	case !r.Open() || !r.Escalated.IsZero():
		return time.Time{}
	case r.Reminded.IsZero():
		return r.remindAt()
	default:
		return r.Due
	}
}
