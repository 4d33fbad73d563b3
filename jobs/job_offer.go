package jobs

import (
	"slices"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// JobOfferID identifies a job offer.
type JobOfferID = id.Of[JobOffer]

// JobState is where a job offer is in its life.
type JobState string

// The states of a job offer.
const (
	JobAsked      JobState = "asked"       // the member has to say something
	JobCoachFirst JobState = "coach_first" // the member wants to hear their coach before
	JobWithCoach  JobState = "with_coach"  // the member wants it; the coach has to say something
	JobTaken      JobState = "taken"
	JobDeclined   JobState = "declined"
	JobWithdrawn  JobState = "withdrawn" // by the client
	JobExpired    JobState = "expired"
)

// JobStates lists them in the order of a job offer's life.
func JobStates() []JobState {
	return []JobState{JobAsked, JobCoachFirst, JobWithCoach, JobTaken, JobDeclined, JobWithdrawn, JobExpired}
}

func (s JobState) next() []JobState {
	switch s {
	case JobAsked:
		return []JobState{JobCoachFirst, JobWithCoach, JobTaken, JobDeclined, JobWithdrawn, JobExpired}
	case JobCoachFirst:
		return []JobState{JobAsked, JobWithCoach, JobTaken, JobDeclined, JobWithdrawn, JobExpired}
	case JobWithCoach:
		return []JobState{JobTaken, JobDeclined, JobWithdrawn, JobExpired}
	default:
		return nil
	}
}

// To moves to another state. It returns ErrJobMoved.
func (s JobState) To(to JobState) (JobState, error) {
	if !slices.Contains(s.next(), to) {
		return s, ErrJobMoved
	}
	return to, nil
}

// Live reports whether somebody still has to say something.
func (s JobState) Live() bool { return len(s.next()) > 0 }

// JobWord is what somebody says to a job offer; none yet is "".
type JobWord string

// The words.
const (
	JobYes JobWord = "yes"
	JobNo  JobWord = "no"
)

// JobOffer is a job that a client offers to somebody who worked for them. It costs
// the client no fee, and the member nothing when they say no. The member decides
// together with the coach who may read their progress; without one, alone. The
// membership does not end by it.
type JobOffer struct {
	ID           JobOfferID
	Engagement   EngagementID // after which it was offered
	Client       members.ClientID
	ClientName   string
	Member       members.MemberID
	MemberName   string
	Title        string
	Hours        int // a week
	Starts       members.Day
	Words        string
	State        JobState
	Offered, Due time.Time
	Closed       time.Time // zero: it waits

	// What the two said to each other: the client never reads it.
	MemberSaid  JobWord
	Reason      string // of the member; may be empty
	CoachSaid   JobWord
	CoachWords  string
	CoachName   string
	Gone        bool // of the words, what is empty cannot be read any more
	CoachListen bool // a coach of the member may say something today
}

// How much can be written, how many hours a job has, and how many days are waited
// for an answer.
const (
	MostJobTitle  = 80
	MostJobWords  = 500
	MostJobReason = 300
	MostJobHours  = 40
	JobOfferDays  = 30
)

// member lets the member say yes or no. With a coach who may say something a yes
// waits for theirs, unless they said it before.
func (o *JobOffer) member(say JobWord, coach bool) (err error) {
	to := JobDeclined
	switch {
	case say == JobYes && coach && o.CoachSaid != JobYes:
		to = JobWithCoach
	case say == JobYes:
		to = JobTaken
	}
	if o.State, err = o.State.To(to); err != nil {
		return err
	}
	if o.MemberSaid = say; say == JobYes && !coach && o.CoachSaid == JobNo {
		o.CoachSaid = "" // an advice of somebody who is not the coach any more
	}
	return nil
}

// Alone reports whether it waits for a coach who is not there any more, so that the
// member decides alone.
func (o JobOffer) Alone() bool { return o.State == JobWithCoach && !o.CoachListen }

// coach lets the coach say yes or no: before the member did it is advice, and
// after that it decides.
func (o *JobOffer) coach(say JobWord) (err error) {
	to := JobAsked
	switch {
	case o.State == JobAsked:
		return ErrJobMoved // nobody asked the coach
	case o.State == JobWithCoach && say == JobYes:
		to = JobTaken
	case o.State == JobWithCoach:
		to = JobDeclined
	}
	if o.State, err = o.State.To(to); err == nil {
		o.CoachSaid = say
	}
	return err
}

// shown is what a client sees of a job offer: how far it is, and never what the
// two said, or that a coach has a say.
func (o JobOffer) shown() JobOffer {
	o.MemberSaid, o.Reason, o.CoachSaid, o.CoachWords, o.CoachName, o.CoachListen = "", "", "", "", "", false
	if o.State.Live() {
		o.State = JobAsked
	}
	return o
}

// NewJobOffer offers a job.
type NewJobOffer struct {
	Title  string
	Hours  int         // a week
	Starts members.Day // today at the earliest, a year ahead at the latest
	Words  string
}

func (n NewJobOffer) problems(today members.Day) (p check.Problems) {
	p.Text("title", n.Title, 1, MostJobTitle)
	p.Between("hours", n.Hours, 1, MostJobHours)
	switch last := today.AddMonths(12); {
	case !n.Starts.Real():
		p.Add("starts", "no_such_day", nil)
	case n.Starts < today:
		p.Add("starts", "day_is_past", nil)
	case n.Starts > last:
		p.Add("starts", "day_too_far", map[string]any{"Day": string(last)})
	}
	p.Paragraphs("words", n.Words, 1, MostJobWords)
	return p
}
