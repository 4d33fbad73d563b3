package jobs

import (
	"slices"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// GigID identifies a gig.
type GigID = id.Of[Gig]

// State is where a gig is in its life.
type State string

// The states of a gig.
const (
	Draft     State = "draft"
	Open      State = "open"
	Paused    State = "paused"
	Done      State = "done"
	Cancelled State = "cancelled"
)

// States lists them in the order of a gig's life.
func States() []State { return []State{Draft, Open, Paused, Done, Cancelled} }

// next lists where each state may lead.
func (s State) next() []State {
	switch s {
	case Draft:
		return []State{Open} // or it is thrown away: see Discard
	case Open:
		return []State{Paused, Done, Cancelled}
	case Paused:
		return []State{Open, Done, Cancelled}
	default:
		return nil
	}
}

// To moves to another state. It returns *WrongMove.
func (s State) To(to State) (State, error) {
	if !slices.Contains(s.next(), to) {
		return s, &WrongMove{From: s, To: to}
	}
	return to, nil
}

// Load is how heavy the work is for the body.
type Load string

// The loads.
const (
	Light  Load = "light"
	Middle Load = "middle"
	Heavy  Load = "heavy"
)

// Loads lists them, the lightest first.
func Loads() []Load { return []Load{Light, Middle, Heavy} }

// Gig is a posted piece of work.
type Gig struct {
	ID            GigID
	Client        members.ClientID
	ClientName    string
	Title         string
	Description   string
	Language      members.Locale // of title and description
	PlaceName     string
	Address       string // empty for those who may not see it
	Rate          payments.Cents
	Load          Load
	SupportOnSite bool
	WithOthers    bool
	State         State
	PostedAt      time.Time
	Skills        []members.Skill
	Needs         Asks
	Form          members.WorkForm
	Shifts        []Shift
	Meeting       Meeting
	Photos        []Photo
	Changes       []Change // after members were asked, the last first

	Begun // for those who run it
}

// Next is the first shift that has not begun, if there is one.
func (g Gig) Next(now time.Time) (Shift, bool) {
	for _, shift := range g.Shifts { // in the order of their start
		if shift.Starts.After(now) {
			return shift, true
		}
	}
	return Shift{}, false
}
