package members

import "time"

// A person hears within fourteen days; after ten, who looks is reminded. Days
// are days in the Netherlands, also in the week when the clock changes.
const (
	reviewDays = 14
	remindDays = 10
)

// ReviewTime is the time that a second look has, whatever it is about.
type ReviewTime struct {
	Asked    time.Time
	Due      time.Time
	Reminded time.Time // zero: not yet
	LateAt   time.Time // when it was told that it is late; zero: it was not
	Answered time.Time // zero: somebody still waits
}

// NewReviewTime begins when somebody asks.
func NewReviewTime(asked time.Time) ReviewTime {
	return ReviewTime{Asked: asked, Due: daysLater(asked, reviewDays)}
}

// Open reports whether somebody still waits for the answer.
func (t ReviewTime) Open() bool { return t.Answered.IsZero() }

// Late reports whether the time is over and nobody answered.
func (t ReviewTime) Late(now time.Time) bool { return t.Open() && !now.Before(t.Due) }

// Until is how long there is until the answer must be there; none when it is late.
func (t ReviewTime) Until(now time.Time) time.Duration { return max(0, t.Due.Sub(now)) }

// Tick moves the clock: it reminds, and says when it is late. It never decides.
func (t *ReviewTime) Tick(now time.Time) (remind, late bool) {
	if !t.Open() {
		return false, false
	}
	if remind = t.Reminded.IsZero() && !now.Before(t.remindAt()) && now.Before(t.Due); remind {
		t.Reminded = now
	}
	if late = t.LateAt.IsZero() && !now.Before(t.Due); late {
		t.LateAt = now
	}
	return remind, late
}

// Next is when the clock looks again; zero: not any more.
func (t ReviewTime) Next() time.Time {
	switch {
	case !t.Open() || !t.LateAt.IsZero():
		return time.Time{}
	case t.Reminded.IsZero():
		return t.remindAt()
	default:
		return t.Due
	}
}

// remindAt is when who looks is reminded.
func (t ReviewTime) remindAt() time.Time { return daysLater(t.Asked, remindDays) }

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
