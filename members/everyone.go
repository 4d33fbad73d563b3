package members

import "context"

// PersonRole is one person in one role.
type PersonRole struct {
	Person PersonID
	Name   string
	Email  Email
	Role   Role
}

// Everyone lists all persons with their roles, over all cooperatives. Only the
// demo may call it: nobody else may look across cooperatives.
func (s *Service) Everyone(ctx context.Context) ([]PersonRole, error) {
	return listEveryone(ctx, s.db)
}
