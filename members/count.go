package members

import "context"

// PeopleCount is how many members and clients a cooperative has.
type PeopleCount struct{ Members, Clients int }

// Counts counts the people of the actor's cooperative.
func (s *Service) Counts(ctx context.Context, by Actor) (PeopleCount, error) {
	return countPeople(ctx, s.db, by.Cooperative)
}
