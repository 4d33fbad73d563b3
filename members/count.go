package members

import "context"

// PeopleCount is how many members and clients a cooperative has, and what waits
// for its office.
type PeopleCount struct {
	Members int
	Clients int // approved
	Asked   int // clients that wait for an answer
	Reviews int // not answered
	Late    int // of these, for which the time is over
}

// Counts counts the people of the actor's cooperative.
func (s *Service) Counts(ctx context.Context, by Actor) (PeopleCount, error) {
	return countPeople(ctx, s.db, by.Cooperative)
}
