package coaching

import (
	"slices"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// RailID identifies a guard rail.
type RailID = id.Of[Rail]

// RailKind is what a guard rail is about.
type RailKind string

// The kinds of guard rails. None says why: that is the member's.
const (
	HoursDayRail  RailKind = "hours_day"  // so long a day at the most, breaks included
	HoursWeekRail RailKind = "hours_week" // so long from Monday to Sunday at the most
	NightRail     RailKind = "no_nights"  // no work between 23.00 and 6.00
	AloneRail     RailKind = "not_alone"  // only work with others
	OnlyRail      RailKind = "only_groups"
	NotRail       RailKind = "not_groups"
	ReachRail     RailKind = "reach"
	FirstRail     RailKind = "first_accompanied" // somebody helps at the first shift for a client
	CoachRail     RailKind = "coach_first"       // the coach sees an offer before the member does
)

// RailKinds lists them in the order of pages.
func RailKinds() []RailKind {
	return []RailKind{HoursDayRail, HoursWeekRail, NightRail, AloneRail, OnlyRail, NotRail, ReachRail, FirstRail, CoachRail}
}

// RailState is where a guard rail stands.
type RailState string

// The states of a guard rail.
const (
	RailProposed  RailState = "proposed"
	RailAgreed    RailState = "agreed" // in force
	RailRefused   RailState = "refused"
	RailWithdrawn RailState = "withdrawn" // by who proposed it
	RailEnded     RailState = "ended"     // by either
	RailReplaced  RailState = "replaced"  // by a new one of its kind
)

// RailStates lists them in the order of a rail's life.
func RailStates() []RailState {
	return []RailState{RailProposed, RailAgreed, RailRefused, RailWithdrawn, RailEnded, RailReplaced}
}

// To moves to another state. It returns ErrRailMoved.
func (s RailState) To(to RailState) (RailState, error) {
	next := map[RailState][]RailState{
		RailProposed: {RailAgreed, RailRefused, RailWithdrawn},
		RailAgreed:   {RailEnded, RailReplaced},
	}
	if !slices.Contains(next[s], to) {
		return s, ErrRailMoved
	}
	return to, nil
}

// What guard rails can say.
const (
	LeastRailMinutes = 60
	MostDayMinutes   = 12 * 60
	MostWeekMinutes  = 48 * 60
	LeastRailMetres  = 500
	MostRailMetres   = 60_000
	MostRailReason   = 300 // characters
)

// How long it takes until both look again, in months: unless somebody says
// otherwise, and at the most.
const (
	UsualReviewMonths   = 6
	LongestReviewMonths = 12
)

// Rail is a limit that a member and their coach agree.
type Rail struct {
	ID       RailID
	Kind     RailKind
	Minutes  int         // of hours a day or a week
	Metres   int         // of reach
	Groups   []string    // codes, of kinds of work
	Review   members.Day // when both look again
	Reason   string      // may be empty
	Gone     bool        // there was a reason, and it cannot be read any more
	State    RailState
	ByMember bool   // the member proposed it
	By       string // who proposed it
	At       time.Time
	Answered time.Time // zero: it is not
	Closed   time.Time // zero: it waits or holds
	ClosedBy string    // who refused, withdrew, ended or replaced it
}

// LookAgain reports whether both should look at it. It holds until somebody ends
// it, whatever the day: nothing ends or goes on in silence.
func (r Rail) LookAgain(today members.Day) bool { return r.State == RailAgreed && today >= r.Review }

// Past reports whether it is over, or never was.
func (r Rail) Past() bool { return r.State != RailProposed && r.State != RailAgreed }

// NewRail is what somebody proposes.
type NewRail struct {
	Kind    RailKind
	Minutes int
	Metres  int
	Groups  []string
	Review  members.Day // empty: half a year from now
	Reason  string
}

// tidied leaves out what is not of the kind.
func (n NewRail) tidied(today members.Day) NewRail {
	if n.Kind != HoursDayRail && n.Kind != HoursWeekRail {
		n.Minutes = 0
	}
	if n.Kind != ReachRail {
		n.Metres = 0
	}
	if n.Kind == OnlyRail || n.Kind == NotRail {
		n.Groups = slices.Compact(slices.Sorted(slices.Values(n.Groups)))
	} else {
		n.Groups = nil
	}
	if n.Review == "" {
		n.Review = today.AddMonths(UsualReviewMonths)
	}
	return n
}

// problems looks at what was tidied; groups are the kinds of work that there are.
func (n NewRail) problems(today members.Day, groups []string) (p check.Problems) {
	check.OneOf(&p, "kind", n.Kind, RailKinds()...)
	switch n.Kind {
	case HoursDayRail:
		p.Between("minutes", n.Minutes, LeastRailMinutes, MostDayMinutes)
	case HoursWeekRail:
		p.Between("minutes", n.Minutes, LeastRailMinutes, MostWeekMinutes)
	case ReachRail:
		p.Between("metres", n.Metres, LeastRailMetres, MostRailMetres)
	case OnlyRail, NotRail:
		if len(n.Groups) == 0 {
			p.Add("groups", "nothing_chosen", nil)
		}
		for _, group := range n.Groups {
			check.OneOf(&p, "groups", group, groups...)
		}
	}
	switch last := today.AddMonths(LongestReviewMonths); {
	case !n.Review.Real():
		p.Add("review", "no_such_day", nil)
	case n.Review <= today:
		p.Add("review", "day_is_past", nil)
	case n.Review > last:
		p.Add("review", "day_too_far", map[string]any{"Day": string(last)})
	}
	p.Text("reason", n.Reason, 0, MostRailReason)
	return p
}
