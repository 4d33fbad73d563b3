package coaching

import (
	"time"

	"meent/internal/id"
	"meent/members"
)

// RungID identifies a rung.
type RungID = id.Of[Rung]

// The participation ladder has six steps, from somebody who is on their own (1)
// to paid work without support (6); it is taken at the intake and each half year.
// Source: participatieladder, VNG.
const (
	LowestStep  = 1
	HighestStep = 6
)

// Occasion is when a rung is set.
type Occasion string

// The occasions.
const (
	AtIntake   Occasion = "intake"
	AtHalfYear Occasion = "half_year"
	AtChange   Occasion = "change"
)

// RungState is where a rung stands: proposed → set | dropped.
type RungState string

// The states of a rung.
const (
	RungProposed RungState = "proposed"
	RungSet      RungState = "set"
	RungDropped  RungState = "dropped"
)

// Rung is where a member stands on the ladder: the one side proposes, the other
// sets it. The program never does.
type Rung struct {
	ID         RungID
	Step       int
	Occasion   Occasion
	State      RungState
	Proposed   time.Time
	By         members.RoleID // who proposed
	ByName     string
	Settled    time.Time // zero: not yet
	SettledBy  members.RoleID
	SettledWho string
}
