package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// CaseloadSize is a coach and how many members they follow.
type CaseloadSize struct {
	Coach
	Members int
}

// Assign makes a coach follow the member, by a coordinator; the grants of the
// former coach end. It returns members.ErrNotFound to everybody else, and unless
// both belong to the cooperative and the role is a coach's.
func (s *Service) Assign(ctx context.Context, by members.Actor, m members.MemberID, coach members.RoleID) error {
	return s.changeCoach(ctx, by, m, "coach_assigned", coach, func(tx pgx.Tx) error {
		return s.AssignTx(ctx, tx, by.Cooperative, m, coach)
	})
}

// End lets nobody follow the member any more, by a coordinator; the grants of
// the coach end. It returns members.ErrNotFound to everybody else, and when
// nobody follows the member.
func (s *Service) End(ctx context.Context, by members.Actor, m members.MemberID) error {
	return s.changeCoach(ctx, by, m, "coach_ended", members.RoleID{}, func(tx pgx.Tx) error {
		return s.EndTx(ctx, tx, by.Cooperative, m)
	})
}

func (s *Service) changeCoach(ctx context.Context, by members.Actor, m members.MemberID, what string, is members.RoleID, change func(pgx.Tx) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		was, err := lockCoach(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		if err := change(tx); err != nil || was == is {
			return err
		}
		who, err := findPersonOf(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: who, What: what, Ref: "member:" + m.String(),
			Detail: map[string]string{"was": was.String(), "is": is.String()}})
	})
}

// Caseloads lists the coaches of the acting coordinator's cooperative by name,
// with how many members each follows; it is empty for others.
func (s *Service) Caseloads(ctx context.Context, by members.Actor) ([]CaseloadSize, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listCaseloads(ctx, s.db, by.Cooperative)
}

// Coaches says who follows each member of the acting coordinator's cooperative;
// it is empty for others.
func (s *Service) Coaches(ctx context.Context, by members.Actor) (map[members.MemberID]Coach, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listCoaches(ctx, s.db, by.Cooperative)
}
