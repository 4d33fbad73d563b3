package coaching

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// CaseloadSize is a coach and how many members they follow.
type CaseloadSize struct {
	Coach
	Members int
}

// Assign makes a coach follow a member whom nobody follows, or whose coach has
// stopped, by a coordinator. It returns ErrHasCoach when somebody does: then it is
// a hand-over (ProposeHandOver) or Reassign. It returns members.ErrNotFound to
// everybody else, and unless both belong to the cooperative and the role is a
// coach's.
func (s *Service) Assign(ctx context.Context, by members.Actor, m members.MemberID, coach members.RoleID) error {
	return s.changeCoach(ctx, by, m, members.Deed{What: "coach_assigned"}, coach, func(tx pgx.Tx, was members.RoleID) error {
		if !was.IsZero() && was != coach {
			there, err := lockCoachRole(ctx, tx, by.Cooperative, was)
			if err == nil && !there.IsZero() {
				err = ErrHasCoach
			}
			if err != nil {
				return err
			}
		}
		return s.AssignTx(ctx, tx, by.Cooperative, m, coach)
	})
}

// Reassign makes another coach follow the member without asking them first, by a
// coordinator, for when they cannot be asked. It needs a written reason, which
// stays in the log and which the member can read, and the member is told. A
// hand-over that is under way ends. It returns check.Problems at "why-coach", and
// otherwise what Assign does.
func (s *Service) Reassign(ctx context.Context, by members.Actor, m members.MemberID, coach members.RoleID, why string) error {
	why = strings.TrimSpace(why)
	var p check.Problems
	if p.Paragraphs("why-coach", why, 5, 500); len(p) > 0 {
		return p
	}
	return s.changeCoach(ctx, by, m, members.Deed{What: "coach_reassigned", Why: why}, coach, func(tx pgx.Tx, was members.RoleID) error {
		if err := s.AssignTx(ctx, tx, by.Cooperative, m, coach); err != nil || was == coach {
			return err
		}
		news := members.Notice{Member: m, Task: CoachMoved{Member: m, Cooperative: by.Cooperative}}
		return members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, news)
	})
}

// End lets nobody follow the member any more, by a coordinator; the grants of
// the coach end. It returns members.ErrNotFound to everybody else, and when
// nobody follows the member.
func (s *Service) End(ctx context.Context, by members.Actor, m members.MemberID) error {
	return s.changeCoach(ctx, by, m, members.Deed{What: "coach_ended"}, members.RoleID{}, func(tx pgx.Tx, _ members.RoleID) error {
		return s.EndTx(ctx, tx, by.Cooperative, m)
	})
}

func (s *Service) changeCoach(ctx context.Context, by members.Actor, m members.MemberID, d members.Deed, is members.RoleID, change func(tx pgx.Tx, was members.RoleID) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		was, err := lockCoach(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		if err := change(tx, was); err != nil || was == is {
			return err
		}
		who, err := findPersonOf(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		d.By, d.For, d.Ref = by, who, "member:"+m.String()
		d.Detail = map[string]string{"was": was.String(), "is": is.String()}
		return s.people.AuditTx(ctx, tx, d)
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
