package engine

import (
	"time"

	"meent/jobs"
	"meent/members"
)

// Member is all that is known of somebody who may be asked. What is zero was not
// told, and does not limit.
type Member struct {
	ID         members.MemberID
	Works      bool // is on trial or a member
	Restricted bool // by a coordinator, a person: nothing new
	Home       members.Point
	Reach      int // metres, one way

	Skills      []Skill  // by number, each once
	Goals       []uint16 // numbers of skills
	Bears       [3]int   // physical, sensory, mental; 1 to 5
	Support     Support
	Musts       uint32 // bits of abilities that the work must be like
	Dutch       uint8  // rank of members.LanguageLevels, from 1
	Certificate bool   // in hand
	Step        uint8  // rank of coaching.WorkSteps, from 1

	Week       *members.Week
	Exceptions map[members.Day]members.Exception
	Most       time.Duration // of work in a week
	Wanted     time.Duration // of work in a week
	RestDays   int           // between two days of work
	Room       int           // cents a month that the member wants to earn at the most
	HasRoom    bool

	Pace     int            // offers that may wait at the most
	Waiting  []time.Time    // until when each offer waits that the member has not answered
	Had      []jobs.ShiftID // shifts that they were asked for, or asked
	Booked   []Booking      // work that is agreed, in the order of its start
	Ties     []Tie          // with clients, each client once
	Rails    Rails
	PassedOn []jobs.ShiftID // by their coach
}

// Skill is a skill that somebody has.
type Skill struct {
	Number uint16 // of the cooperative's list
	Level  uint8  // rank of members.SkillLevels, from 1
}

// Support is how much somebody needs to be helped.
type Support uint8

// The kinds of support, from the least.
const (
	NoSupport    Support = iota // or not told, or sometimes: nothing depends on it
	StartSupport                // at the first time at a client
	AlwaysSupport
)

// Booking is work that is agreed.
type Booking struct {
	Shift  jobs.ShiftID
	Starts time.Time
	Ends   time.Time
	Break  time.Duration
	Pay    int // cents
}

// Tie is what there is between a member and one client.
type Tie struct {
	Client  members.ClientID
	Blocked bool         // by the member
	Refused members.Day  // by the client, until and with this day; empty: not
	Agreed  int          // engagements agreed there
	Been    bool         // came to work there
	Tried   []jobs.GigID // on trial, and came
	Gigs    []Earlier    // in which they had work there
}

// Earlier is a gig in which somebody had work, and when that first was.
type Earlier struct {
	Gig   jobs.GigID
	First time.Time
}

// Rails are the guard rails that member and coach agreed. Nobody else learns of any.
type Rails struct {
	DayMinutes, WeekMinutes, Metres       int // at the most; 0: no such rail
	NoNights, NotAlone, First, CoachFirst bool
	Only, Not                             uint64      // bits of groups of skills
	Coach                                 members.Day // somebody who may read offers follows the member, until and with this day; empty: nobody
}
