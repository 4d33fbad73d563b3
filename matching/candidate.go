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
	Received time.Duration // engagements within engine.ShareSide of the shift
	Known    int           // engagements agreed at this client

	Learns     bool // all that they share with the work; read where seats are for that
	Restricted bool // by a coordinator, a person: nothing new
	Blocked    bool // by the member: this client
	Refused    bool // by this client, for a reason that the member reads

	TooMuch []jobs.WorktimeCode // rules of working time that it would break, and that block
	Warned  []jobs.WorktimeCode // and those that only warn

	Rails Railed // agreed by the member and their coach

	Fitness // for what a gig asks
	Wishes  // what they told of themselves
}

// Work is a shift that needs people.
type Work struct {
	Cooperative id.Cooperative
	Shift       jobs.ShiftID
	Gig         jobs.GigID
	Starts      time.Time
	Ends        time.Time
	Break       time.Duration
	Free        int      // seats
	Open        bool     // the gig is, and there is time to come
	Paused      bool     // the gig is: nobody new is asked
	Begun       bool     // the shift has, and somebody is missing
	Pay         int      // cents, for all of it
	Skills      []string // codes
	Groups      []string // of the skills, codes
	Place       members.Point
	Client      members.ClientID
	Support     bool // somebody there helps
	WithOthers  bool // nobody works alone
	Seats       Seats
	Demands     // what it asks
}

// last is until when people are asked.
func (w Work) last() time.Time {
	if w.Begun {
		return w.Ends
	}
	return w.Starts
}

// metres is the way to work, one way, as the crow flies; none to work at home.
func (c Candidate) metres(w Work) int {
	if w.Seats.Remote {
		return 0
	}
	return c.Home.Metres(w.Place)
}

// shared lists the skills that the work asks and the member has, well enough.
func (c Candidate) shared(w Work) (shared []string) {
	have := map[string]bool{}
	for _, skill := range c.Skills {
		have[skill] = true
	}
	for _, skill := range w.Skills {
		if have[skill] && w.asked(skill).Enough(c.level(skill)) {
			shared = append(shared, skill)
		}
	}
	return shared
}
