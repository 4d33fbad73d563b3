package members

import "context"

// Names gives the names of those persons who hold a role in the actor's
// cooperative, and leaves out the others.
func (s *Service) Names(ctx context.Context, by Actor, persons []PersonID) (map[PersonID]string, error) {
	return listNames(ctx, s.db, by.Cooperative, persons)
}
