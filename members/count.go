package members

import "context"

// PeopleCount is how many people a cooperative has, and what waits for its
// office. Members are those who are on trial, too, and none who only were or may
// become one.
type PeopleCount struct {
	Members   int
	Clients   int // approved
	TrialsEnd int // trials that ended, or end within a week, and wait for a decision
	Asked     int // clients that wait for an answer
	Reviews   int // not answered
	Late      int // of these, for which the time is over
}

// Counts counts the people of the actor's cooperative.
func (s *Service) Counts(ctx context.Context, by Actor) (PeopleCount, error) {
	return countPeople(ctx, s.db, by.Cooperative, DayOf(s.now()).AddDays(remindBefore))
}
