package engine

import (
	"time"

	"meent/jobs"
	"meent/members"
)

// Work is a shift that needs people.
type Work struct {
	Shift       jobs.ShiftID
	Gig         jobs.GigID
	Client      members.ClientID
	Starts      time.Time
	Ends        time.Time
	Break       time.Duration
	Pay         int // cents for all of it, to the member
	Open        bool
	Free        int  // seats
	Buddies     bool // some are for who learns
	BuddyFree   int
	Remote      bool // at home
	Place       members.Point
	Asked       []Ask  // in the order of the skills' codes
	Groups      uint64 // bits of the groups of those
	Loads       [3]int // 1 to 5; 0: not said
	Helps       bool   // somebody there helps
	WithOthers  bool
	Offers      uint32 // bits of abilities that the work is like
	Dutch       uint8  // rank that is asked
	Certificate bool
	Step        uint8
	Trial       bool // a trial placement

	Worktime []jobs.WorktimeRule // of the cooperative
}

// Ask is a skill that the work asks.
type Ask struct {
	Number   uint16
	Level    uint8 // rank
	Required bool
}
