package coaching

import (
	"slices"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// ReleaseID identifies a release.
type ReleaseID = id.Of[Release]

// ReleaseState is where a release is in its life.
type ReleaseState string

// The states of a release: asked → released → expired | revoked; asked →
// refused | withdrawn | expired. That its day is over follows from the day.
const (
	ReleaseAsked     ReleaseState = "asked"
	Released         ReleaseState = "released"
	ReleaseExpired   ReleaseState = "expired"
	ReleaseRevoked   ReleaseState = "revoked"
	ReleaseRefused   ReleaseState = "refused"
	ReleaseWithdrawn ReleaseState = "withdrawn"
)

// ReleaseStates lists them.
func ReleaseStates() []ReleaseState {
	return []ReleaseState{ReleaseAsked, Released, ReleaseExpired, ReleaseRevoked, ReleaseRefused, ReleaseWithdrawn}
}

func (s ReleaseState) next() []ReleaseState {
	switch s {
	case ReleaseAsked:
		return []ReleaseState{Released, ReleaseRefused, ReleaseWithdrawn, ReleaseExpired}
	case Released:
		return []ReleaseState{ReleaseRevoked, ReleaseExpired}
	default:
		return nil
	}
}

// To moves to another state. It returns ErrReleaseOver.
func (s ReleaseState) To(to ReleaseState) (ReleaseState, error) {
	if !slices.Contains(s.next(), to) {
		return s, ErrReleaseOver
	}
	return to, nil
}

// MostSentence is how long the sentence of a member to a client may be.
const MostSentence = 200

// Release shows a member's card to one client until a day. It opens when both
// keys are turned: the member's, and the coach's unless the member decides alone.
type Release struct {
	ID         ReleaseID
	Client     members.ClientID
	ClientName string
	State      ReleaseState // as it is today
	Until      members.Day  // included
	Alone      bool         // the member's key is enough
	Sentence   string       // of the member to this client; may be empty
	Gone       bool         // there was a sentence, and it cannot be read any more
	Begun      time.Time
	ByCoach    bool // the coach began it
	MemberKey  bool
	CoachKey   bool
}

// Live reports whether something can still become of it, or end it.
func (r Release) Live() bool { return r.State == ReleaseAsked || r.State == Released }

// stateOn is the state on a day: nothing has to happen for it to expire.
func stateOn(s ReleaseState, until, today members.Day) ReleaseState {
	if (s == ReleaseAsked || s == Released) && until < today {
		return ReleaseExpired
	}
	return s
}

// NewRelease asks that a client sees the member's card.
type NewRelease struct {
	Client   members.ClientID
	Until    members.Day // included; today at the earliest, a year ahead at the latest
	Alone    bool        // the member decides without the coach; a coach cannot ask it
	Sentence string      // of the member; a coach gives none
}

func (n NewRelease) problems(today members.Day) (p check.Problems) {
	if n.Client.IsZero() {
		p.Add("client", "nothing_chosen", nil)
	}
	switch last := today.AddMonths(members.LongestGrantMonths); {
	case !n.Until.Real():
		p.Add("until", "no_such_day", nil)
	case n.Until < today:
		p.Add("until", "day_is_past", nil)
	case n.Until > last:
		p.Add("until", "day_too_far", map[string]any{"Day": string(last)})
	}
	p = append(p, sentenceProblems(n.Sentence)...)
	return p
}

func sentenceProblems(sentence string) (p check.Problems) {
	p.Text("sentence", sentence, 0, MostSentence)
	return p
}
