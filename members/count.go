package members

import "context"

// PeopleCount is how many people a cooperative has. Members are those who are
// on trial, too, and none who only were or may become one; TrialsEnd is how many
// trials ended, or end within a week, and wait for a decision.
type PeopleCount struct{ Members, Clients, TrialsEnd int }

// Counts counts the people of the actor's cooperative.
func (s *Service) Counts(ctx context.Context, by Actor) (PeopleCount, error) {
	return countPeople(ctx, s.db, by.Cooperative, DayOf(s.now()).AddDays(remindBefore))
}
