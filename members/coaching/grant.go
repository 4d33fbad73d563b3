package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// Coach is who follows a member.
type Coach struct {
	Role members.RoleID // zero: nobody
	Name string
}

// CoachOf gives the acting member's coach, or nobody.
func (s *Service) CoachOf(ctx context.Context, by members.Actor) (Coach, error) {
	return findCoach(ctx, s.db, by)
}

// Grant lets the acting member's own coach, or who stands in for that one, read
// several things until a day, and no longer than they stand in. The
// member names the coach, so that nothing goes to one who has just taken over.
// It returns check.Problems at "coach", "scopes" and "until", and
// members.ErrNotFound to everybody who is not a member.
func (s *Service) Grant(ctx context.Context, by members.Actor, n members.NewGrant) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.GrantTx(ctx, tx, by, n) })
}

// GrantTx is Grant inside a transaction of the caller.
func (s *Service) GrantTx(ctx context.Context, tx pgx.Tx, by members.Actor, n members.NewGrant) error {
	if by.Member.IsZero() {
		return members.ErrNotFound
	}
	coach, err := lockCoach(ctx, tx, by.Cooperative, by.Member)
	if err != nil {
		return err
	}
	var p check.Problems
	if coach.IsZero() || coach != n.Grantee {
		last, err := findStandInUntil(ctx, tx, by.Cooperative, by.Member, n.Grantee, members.DayOf(s.now()))
		switch {
		case err != nil:
			return err
		case last == "":
			return s.grantBuddyTx(ctx, tx, by, n)
		case n.Until.Real() && n.Until > last:
			p.Add("until", "day_too_far", map[string]any{"Day": string(last)})
		}
	}
	for _, scope := range n.Scopes {
		check.OneOf(&p, "scopes", scope, Grantable()...)
	}
	if err := p.Err(); err != nil {
		return err
	}
	return s.people.GrantTx(ctx, tx, by, n)
}

// grantBuddyTx lets the member's buddy see the agenda, and nothing else, while
// they are on.
func (s *Service) grantBuddyTx(ctx context.Context, tx pgx.Tx, by members.Actor, n members.NewGrant) error {
	last, err := s.buddyUntilTx(ctx, tx, by.Cooperative, by.Member, n.Grantee)
	if err != nil {
		return err
	}
	if last == "" {
		return check.Problems{{Field: "coach", Rule: "other_coach"}}
	}
	var p check.Problems
	for _, scope := range n.Scopes {
		check.OneOf(&p, "scopes", scope, members.AgendaScope)
	}
	if n.Until.Real() && n.Until > last {
		p.Add("until", "day_too_far", map[string]any{"Day": string(last)})
	}
	if err := p.Err(); err != nil {
		return err
	}
	return s.people.GrantTx(ctx, tx, by, n)
}
