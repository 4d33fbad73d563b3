package matching

import (
	"time"

	"meent/members"
	"meent/members/coaching"
)

// Railed is what the guard rails that a member and their coach agreed are held
// against. Nobody else learns that there are any: no points come of them, and no
// client ever reads a rule of them.
type Railed struct {
	coaching.AgreedRails
	DayWork  time.Duration // on the fullest day of the shift, with it
	WeekWork time.Duration // in the fullest week of the shift, with it
	Been     bool          // worked for this client before
	PassedOn bool          // the coach passed an offer of this shift on
}

// railRules are those that come of guard rails.
func railRules() []Rule {
	return []Rule{RailDayRule, RailWeekRule, RailNightRule, RailAloneRule, RailKindRule, RailReachRule, RailFirstRule}
}

func (r Rule) railHolds(c Candidate, w Work) bool {
	switch rails := c.Rails; r {
	case RailDayRule:
		return rails.DayMinutes == 0 || rails.DayWork <= time.Duration(rails.DayMinutes)*time.Minute
	case RailWeekRule:
		return rails.WeekMinutes == 0 || rails.WeekWork <= time.Duration(rails.WeekMinutes)*time.Minute
	case RailNightRule:
		return !rails.NoNights || !inTheNight(w.Starts, w.Ends)
	case RailAloneRule:
		return !rails.NotAlone || w.WithOthers
	case RailKindRule:
		return rails.Kinds(w.Groups)
	case RailReachRule:
		return rails.Metres == 0 || c.metres(w) <= rails.Metres
	case RailFirstRule:
		return !rails.First || w.Support || rails.Been || rails.PassedOn
	default:
		return r.wishHolds(c, w)
	}
}

// asksCoach reports whether the member's coach sees an offer first. Without
// somebody who may read it, it goes to the member.
func (c Candidate) asksCoach() bool { return c.Rails.CoachFirst && c.Rails.Coach }

// failedForOffer lists the rules that keep an offer from being written. That
// somebody helps the first time is for a coach who sees it first: to pass it on
// is to come along.
func failedForOffer(c Candidate, w Work) []Rule {
	c.Rails.PassedOn = c.Rails.PassedOn || c.asksCoach()
	return failed(c, w)
}

// When a night begins and ends, in Amsterdam.
const (
	nightFrom  = 23
	nightUntil = 6
)

// inTheNight reports whether any of the time is in a night.
func inTheNight(starts, ends time.Time) bool {
	for _, day := range daysOf(starts, ends) {
		if overlap(starts, ends, day.from, day.clock(nightUntil)) > 0 || overlap(starts, ends, day.clock(nightFrom), day.until) > 0 {
			return true
		}
	}
	return false
}

// stretch is a day or a week by the clocks in Amsterdam.
type stretch struct{ from, until time.Time }

// clock is that hour of the day with which the stretch begins.
func (s stretch) clock(hour int) time.Time {
	return time.Date(s.from.Year(), s.from.Month(), s.from.Day(), hour, 0, 0, 0, s.from.Location())
}

// daysOf are the days that the time touches, each as long as the clocks make it.
func daysOf(starts, ends time.Time) []stretch { return stretches(starts, ends, 0, 1) }

// weeksOf are its weeks, from Monday to Sunday.
func weeksOf(starts, ends time.Time) []stretch {
	sinceMonday := (int(starts.In(members.Amsterdam()).Weekday()) + 6) % 7
	return stretches(starts, ends, sinceMonday, 7)
}

func stretches(starts, ends time.Time, back, days int) (list []stretch) {
	at := starts.In(members.Amsterdam())
	from := midnight(at, -back)
	for from.Before(ends) {
		until := midnight(from, days)
		list, from = append(list, stretch{from, until}), until
	}
	return list
}

// midnight is the one with which the day begins that is so many days later.
func midnight(at time.Time, days int) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day()+days, 0, 0, 0, 0, at.Location())
}

// overlap is how long two times go together.
func overlap(starts, ends, from, until time.Time) time.Duration {
	if from.After(starts) {
		starts = from
	}
	if until.Before(ends) {
		ends = until
	}
	return max(0, ends.Sub(starts))
}

// span is a time at which somebody works.
type span struct{ starts, ends time.Time }

// fullest is the most work in any of the stretches, of the shift and of other
// work. Breaks count: somebody is there.
func fullest(in []stretch, shift span, others []span) (most time.Duration) {
	for _, s := range in {
		work := overlap(shift.starts, shift.ends, s.from, s.until)
		for _, other := range others {
			work += overlap(other.starts, other.ends, s.from, s.until)
		}
		most = max(most, work)
	}
	return most
}
