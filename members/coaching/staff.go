package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// EndStaff is members.EndStaff for who may be a coach: their members are handed
// over first. Where they stand in, they do not any more. It returns ErrFollows
// while somebody is left.
func (s *Service) EndStaff(ctx context.Context, by members.Actor, role members.RoleID, why string) error {
	return s.people.EndStaff(ctx, by, role, why, func(tx pgx.Tx) error {
		left, err := countFollowed(ctx, tx, by.Cooperative, role)
		if err != nil {
			return err
		}
		if left > 0 {
			return ErrFollows
		}
		return endStandInsOf(ctx, tx, by.Cooperative, role, members.DayOf(s.now()), s.now())
	})
}
