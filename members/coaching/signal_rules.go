package coaching

import (
	"slices"
	"time"

	"meent/members"
)

// How long things may be, or stay, in days in the Netherlands: the same in every
// cooperative and for every coach.
const (
	QuietDays   = 14 // without a contact, from which on it is a signal
	newPlace    = 3  // before a first shift at a new place
	shownDays   = 7  // what happened, such as a new skill
	noesDays    = 30 // in which noes are counted
	mostNoes    = 3
	endsDays    = 14 // before a trial or a key ends
	idleDays    = 21 // without work
	nearPercent = 90 // of the most hours
	waitsDays   = 90 // in which money that waits is a signal
)

// seen is what the rules look at: what the acting coach may know of a member at
// this moment. Without a key its part is empty.
type seen struct {
	Follow
	keys       members.Keys
	state      members.Membership
	trialUntil members.Day // empty: none
	keyUntil   members.Day // of the first live key that ends soon; empty: none
	contact    time.Time   // the last one by the acting coach; zero: none
	asked      time.Time   // the oldest question that waits; zero: none
	facts      []Fact      // around today
	lastShift  time.Time   // also one to come; zero: none is known
	score      SelfScore   // the newest
	most       time.Duration
}

// caseAt is what the list shows.
func (s seen) caseAt(at moment) Case {
	return Case{Follow: s.Follow, Signals: s.signals(at), Alone: days(s.alone(at), at.today)}
}

// signals applies each rule whose keys are all there. Who left needs an answer,
// and nothing else.
func (s seen) signals(at moment) (list []Signal) {
	rules := s.rules()
	for _, kind := range Signals() {
		if !s.keys.Open(s.Member, at.needs[kind]...) || s.state == members.Alumni && kind != QuestionWait {
			continue
		}
		if found, ok := rules[kind](at); ok {
			found.Kind = kind
			list = append(list, found)
		}
	}
	return list
}

type signalRule func(moment) (Signal, bool)

func (s seen) rules() map[SignalKind]signalRule {
	return map[SignalKind]signalRule{
		DidNotCome: s.didNotCome, LowScore: s.lowScore, QuestionWait: s.questionWaits, FirstPlace: s.firstPlace, NoContact: s.noContact,
		WorkTomorrow: s.workTomorrow, HoursNear: s.hoursNear, ThreeNoes: s.threeNoes, TrialEnds: s.trialEnds, KeyEnds: s.keyEnds,
		NoGig: s.noGig, NewSkill: s.newSkill, PayWaiting: s.payWaits,
	}
}

// alone is the day since when there was no contact: not before the coach began.
func (s seen) alone(at moment) members.Day {
	return max(at.day(s.Since), at.day(s.contact))
}

func (s seen) noContact(at moment) (Signal, bool) {
	n := days(s.alone(at), at.today)
	return Signal{At: s.contact, Days: n}, n >= QuietDays
}

func (s seen) questionWaits(at moment) (Signal, bool) {
	return Signal{At: s.asked, Days: days(at.day(s.asked), at.today)}, !s.asked.IsZero()
}

// spoken reports whether the coach was in touch after that: then it needs no
// more attention.
func (s seen) spoken(since time.Time) bool { return s.contact.After(since) }

func (s seen) didNotCome(at moment) (Signal, bool) {
	last := s.newest(NoShow, at.now)
	n := days(at.day(last.At), at.today)
	return Signal{At: last.At, Days: n}, n < shownDays && !last.At.IsZero() && !s.spoken(last.At)
}

// lowScore looks at the newest answers alone, of this week or the last.
func (s seen) lowScore(at moment) (Signal, bool) {
	return Signal{At: s.score.Given}, s.score.Week >= at.monday.AddDays(-7) && s.score.Low() && !s.spoken(s.score.Given)
}

func (s seen) firstPlace(at moment) (Signal, bool) {
	begins, ok := s.next(FirstShift, func(f Fact) bool {
		return f.At.After(at.now) && days(at.today, at.day(f.At)) <= newPlace
	})
	return Signal{At: begins, Days: days(at.today, at.day(begins))}, ok
}

// workTomorrow leaves out a first shift, which is a signal of its own.
func (s seen) workTomorrow(at moment) (Signal, bool) {
	begins, ok := s.next(Shift, func(f Fact) bool {
		return at.day(f.At) == at.today.AddDays(1) && !s.happened(FirstShift, f.At)
	})
	return Signal{At: begins, Days: 1}, ok
}

// hoursNear counts the work of this week, Monday to Sunday, also what is to come;
// not where the member did not come.
func (s seen) hoursNear(at moment) (Signal, bool) {
	var sum time.Duration
	for _, f := range s.facts {
		if f.Kind == Shift && monday(at.day(f.At)) == at.monday && !s.happened(NoShow, f.At) {
			sum += time.Duration(f.Minutes) * time.Minute
		}
	}
	return Signal{Hours: sum, Most: s.most}, s.most > 0 && sum*100 >= s.most*nearPercent
}

func (s seen) threeNoes(at moment) (Signal, bool) {
	n := 0
	for _, f := range s.facts {
		if f.Kind == OfferNo && days(at.day(f.At), at.today) < noesDays {
			n++
		}
	}
	last := s.newest(OfferNo, at.now)
	return Signal{At: last.At, Count: n}, n >= mostNoes && !s.spoken(last.At)
}

func (s seen) trialEnds(at moment) (Signal, bool) {
	n := days(at.today, s.trialUntil)
	return Signal{Day: s.trialUntil, Days: n}, s.state == members.OnTrial && s.trialUntil != "" && n <= endsDays
}

func (s seen) keyEnds(at moment) (Signal, bool) {
	n := days(at.today, s.keyUntil)
	return Signal{Day: s.keyUntil, Days: n}, s.keyUntil != "" && n >= 0 && n <= endsDays
}

// noGig counts from the last work, or else from when the coach began. Who has not
// begun yet is not waiting for work.
func (s seen) noGig(at moment) (Signal, bool) {
	last := s.lastShift
	if last.IsZero() {
		last = s.Since
	}
	n := days(at.day(last), at.today)
	return Signal{At: s.lastShift, Days: n}, n >= idleDays && s.state != members.Referred
}

func (s seen) newSkill(at moment) (Signal, bool) {
	last := s.newest(SkillConfirmed, at.now)
	n := days(at.day(last.At), at.today)
	return Signal{At: last.At, Days: n}, n < shownDays && !last.At.IsZero()
}

// payWaits lasts until the member told where they are paid: to speak about it is not
// enough.
func (s seen) payWaits(at moment) (Signal, bool) {
	waits, ready := s.newest(PayWaits, at.now), s.newest(PayReady, at.now)
	n := days(at.day(waits.At), at.today)
	return Signal{At: waits.At, Days: n}, n < waitsDays && waits.At.After(ready.At)
}

// newest is the last fact of the kind that has happened; an empty one: none.
func (s seen) newest(kind Kind, now time.Time) (last Fact) {
	for _, f := range s.facts {
		if f.Kind == kind && !f.At.After(now) && f.At.After(last.At) {
			last = f
		}
	}
	return last
}

// next is when the first fact of the kind begins that fits.
func (s seen) next(kind Kind, fits func(Fact) bool) (at time.Time, ok bool) {
	for _, f := range s.facts {
		if f.Kind == kind && fits(f) && (!ok || f.At.Before(at)) {
			at, ok = f.At, true
		}
	}
	return at, ok
}

// happened reports a fact of the kind at that very time.
func (s seen) happened(kind Kind, at time.Time) bool {
	return slices.ContainsFunc(s.facts, func(f Fact) bool { return f.Kind == kind && f.At.Equal(at) })
}
