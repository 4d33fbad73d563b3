package jobs

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// MostCompany is how long the name of who comes along may be.
const MostCompany = 80

// companyAhead is how far ahead the office is told that nobody has a name yet.
const companyAhead = 14 * day

// NameCompany says who of the cooperative comes along to a member's first shift for
// a client, by a coordinator: the member reads it, and is reminded of it. No name
// takes it back. It returns check.Problems at "company", ErrShiftOver,
// members.ErrNotFound where nobody comes along and to everybody else.
func (s *Service) NameCompany(ctx context.Context, by members.Actor, engagement EngagementID, name string) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	name = strings.TrimSpace(name)
	var p check.Problems
	if p.Text("company", name, 0, MostCompany); len(p) > 0 {
		return p.Err()
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		w, err := findRunWork(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		if w.Over(s.now()) {
			return ErrShiftOver
		}
		if named, err := updateCompany(ctx, tx, by, engagement, name); err != nil || !named {
			return missing(err)
		}
		if err := s.movedTx(ctx, tx, by.Cooperative, w.Member, w.Client); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: w.person, What: "company_named", Ref: "engagement:" + w.ID.String()})
	})
}

func missing(err error) error {
	if err == nil {
		err = members.ErrNotFound
	}
	return err
}

// CompanyToFind lists the first shifts of the next two weeks to which somebody of
// the acting coordinator's cooperative comes along, and nobody said who: the
// soonest first, at most 20; none for everybody else.
func (s *Service) CompanyToFind(ctx context.Context, by members.Actor) ([]Work, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	now := s.now()
	return listCompanyToFind(ctx, s.db, by, now, now.Add(companyAhead))
}

// Company is how somebody of the cooperative comes along.
type Company struct {
	Wanted bool   // it is the member's first shift for a client who asked for it
	Name   string // of who comes; empty: nobody said yet
}
