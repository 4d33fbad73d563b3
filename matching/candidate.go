package matching

import (
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// Candidate is all that the matcher knows of a member. It has no field for
// origin, gender, age, diagnosis, benefit or past convictions, and none for
// answers to earlier offers: a test holds that.
type Candidate struct {
	Member   members.MemberID
	Works    bool          // is on trial or a member
	Skills   []string      // codes
	Home     members.Point // of the place, not of the house
	Reach    int           // metres, one way
	Busy     bool          // works at that time
	Told     bool          // told in which hours of a week they can work
	Away     bool          // told that they cannot work at that time
	Asked    bool          // was asked for this shift before
	Waiting  int           // offers that the member has not answered yet
	Pace     int           // how many of those they want at the most; 0: they did not say
	Received time.Duration // engagements of four weeks before and after the shift
	Known    int           // engagements agreed at this client

	Restricted bool // by a coordinator, a person: nothing new
	Blocked    bool // by the member: this client
	Refused    bool // by this client, for a reason that the member reads

	Rails Railed // agreed by the member and their coach
}

// Work is a shift that needs people.
type Work struct {
	Cooperative id.Cooperative
	Shift       jobs.ShiftID
	Starts      time.Time
	Ends        time.Time
	Free        int      // seats
	Open        bool     // the gig is
	Skills      []string // codes
	Groups      []string // of the skills, codes
	Place       members.Point
	Client      members.ClientID
	Support     bool // somebody there helps
	WithOthers  bool // nobody works alone
}

// metres is the way to work, one way, as the crow flies.
func (c Candidate) metres(w Work) int { return c.Home.Metres(w.Place) }

// shared lists the skills that the work asks and the member has.
func (c Candidate) shared(w Work) (shared []string) {
	have := map[string]bool{}
	for _, skill := range c.Skills {
		have[skill] = true
	}
	for _, skill := range w.Skills {
		if have[skill] {
			shared = append(shared, skill)
		}
	}
	return shared
}
