package coaching

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"meent/members"
)

// SignalKind is why a coach would look at a member now. No signal is read by
// matching, and none counts for or against anybody: each is an occasion to talk.
type SignalKind string

// The signals, the strongest first.
const (
	DidNotCome   SignalKind = "did_not_come"
	LowScore     SignalKind = "low_score"
	QuestionWait SignalKind = "question"
	FirstPlace   SignalKind = "first_place" // work for a client for whom the member never worked
	NoContact    SignalKind = "no_contact"
	PayWaiting   SignalKind = "pay_waits" // for where the member is paid
	WorkTomorrow SignalKind = "work_tomorrow"
	HoursNear    SignalKind = "hours_near" // the most in a week: what the member wants, or what both agreed
	ThreeNoes    SignalKind = "three_noes" // why is the member's own
	TrialEnds    SignalKind = "trial_ends"
	KeyEnds      SignalKind = "key_ends" // of the coach
	NoGig        SignalKind = "no_gig"
	NewSkill     SignalKind = "new_skill" // somebody saw the member do it
)

// Signals lists them, the strongest first.
func Signals() []SignalKind {
	return []SignalKind{DidNotCome, LowScore, QuestionWait, FirstPlace, NoContact, PayWaiting, WorkTomorrow, HoursNear, ThreeNoes, TrialEnds, KeyEnds, NoGig, NewSkill}
}

// Weight says how strong a signal is. A member stands in the list by the
// strongest of theirs alone: many small things are not a big one. From 60 on a
// signal asks for the coach now; the others can wait some days.
func (k SignalKind) Weight() int {
	switch k {
	case DidNotCome:
		return 100
	case LowScore:
		return 90
	case QuestionWait:
		return 80
	case FirstPlace:
		return 70
	case NoContact:
		return 60
	case PayWaiting:
		return 55
	case WorkTomorrow:
		return 50
	case HoursNear:
		return 45
	case ThreeNoes:
		return 40
	case TrialEnds:
		return 35
	case KeyEnds:
		return 30
	case NoGig:
		return 20
	case NewSkill:
		return 10
	default:
		return 0
	}
}

// Act is what a coach can do about a signal.
type Act string

// The acts.
const (
	LogContact    Act = "log_contact"
	AnswerIt      Act = "answer"
	LookAtWork    Act = "look_at_work" // the member's timeline
	AskToExtend   Act = "ask_to_extend"
	LookAtGigs    Act = "look_at_gigs"
	LookAtProfile Act = "look_at_profile"
)

// Act is the one that is suggested for a signal.
func (k SignalKind) Act() Act {
	switch k {
	case QuestionWait:
		return AnswerIt
	case FirstPlace, PayWaiting, WorkTomorrow, HoursNear:
		return LookAtWork
	case KeyEnds:
		return AskToExtend
	case NoGig:
		return LookAtGigs
	case NewSkill:
		return LookAtProfile
	default:
		return LogContact
	}
}

// Signal is one reason to look at a member, with what its sentence needs.
type Signal struct {
	Kind  SignalKind
	At    time.Time     // when it happened or begins; zero: it has no time
	Day   members.Day   // on which a trial or a key ends
	Days  int           // since then, or until then: below zero, it is over
	Count int           // of noes
	Hours time.Duration // of work in this week
	Most  time.Duration // hours at the most in a week
}

// Urgency is in which part of the list a member stands.
type Urgency string

// The urgencies, in the order of the list.
const (
	Now   Urgency = "now"
	Soon  Urgency = "soon"
	Quiet Urgency = "quiet"
)

// Urgencies lists them in that order.
func Urgencies() []Urgency { return []Urgency{Now, Soon, Quiet} }

// Case is a member whom a coach follows, and why to look at them now.
type Case struct {
	Follow
	Signals []Signal // the strongest first; of each kind one at the most
	Alone   int      // days without a contact by the acting coach
}

// Urgency follows from the strongest signal.
func (c Case) Urgency() Urgency {
	switch {
	case len(c.Signals) == 0:
		return Quiet
	case c.Signals[0].Kind.Weight() >= NoContact.Weight():
		return Now
	default:
		return Soon
	}
}

// Has reports whether this is one of the reasons.
func (c Case) Has(kind SignalKind) bool {
	return slices.ContainsFunc(c.Signals, func(s Signal) bool { return s.Kind == kind })
}

func (c Case) weight() int {
	if len(c.Signals) == 0 {
		return 0
	}
	return c.Signals[0].Kind.Weight()
}

// bySignal orders a caseload: the strongest signal first; of equals who has more
// signals, then who was without a contact for longer, then by name.
func bySignal(a, b Case) int {
	return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(len(b.Signals), len(a.Signals)),
		cmp.Compare(b.Alone, a.Alone), cmp.Compare(a.Name, b.Name), bytes.Compare(a.Member[:], b.Member[:]))
}
