package members

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// GrantID identifies a grant.
type GrantID = id.Of[Grant]

// GrantState is where a grant is in its life: active → expired | revoked.
type GrantState string

// The states of a grant. They follow from its days: nothing has to happen for a
// grant to expire.
const (
	GrantActive  GrantState = "active"
	GrantExpired GrantState = "expired"
	GrantRevoked GrantState = "revoked"
)

// How long a grant lasts, in months: unless the member says otherwise, and at
// the most.
const (
	UsualGrantMonths   = 6
	LongestGrantMonths = 12
)

// Grant is a member's permission to one role, for one thing, until a day.
type Grant struct {
	ID        GrantID
	Grantee   RoleID
	Name      string // of the grantee
	Scope     Scope
	GrantedAt time.Time
	Until     Day       // included
	RevokedAt time.Time // zero: it was not
}

// State is where the grant stands at this moment.
func (g Grant) State(now time.Time) GrantState {
	switch {
	case !g.RevokedAt.IsZero() && !now.Before(g.RevokedAt):
		return GrantRevoked
	case DayOf(now) > g.Until:
		return GrantExpired
	default:
		return GrantActive
	}
}

// NewGrant lets one role read several things until a day.
type NewGrant struct {
	Grantee RoleID
	Scopes  []Scope // at least one
	Until   Day     // included; today at the earliest, a year ahead at the latest
}

func (n NewGrant) problems(today Day) (p check.Problems) {
	if len(n.Scopes) == 0 {
		p.Add("scopes", "nothing_chosen", nil)
	}
	for _, scope := range n.Scopes {
		check.OneOf(&p, "scopes", scope, Scopes()...)
	}
	switch last := today.AddMonths(LongestGrantMonths); {
	case !n.Until.Real():
		p.Add("until", "no_such_day", nil)
	case n.Until < today:
		p.Add("until", "day_is_past", nil)
	case n.Until > last:
		p.Add("until", "day_too_far", map[string]any{"Day": string(last)})
	}
	return p
}

// Grants lists the acting member's grants that are active, by grantee and scope.
func (s *Service) Grants(ctx context.Context, by Actor) ([]Grant, error) {
	return listGrants(ctx, s.db, by, DayOf(s.now()))
}

// GrantTx gives the acting member's permission; what was given of the same
// scopes ends. Whom a member may choose is for the caller to know: see
// coaching. It returns check.Problems at "scopes" and "until", also for a role of
// the member's own person, who needs no permission, ErrAlumni, and ErrNotFound to everybody
// who is not a member, and for a grantee elsewhere.
func (s *Service) GrantTx(ctx context.Context, tx pgx.Tx, by Actor, n NewGrant) error {
	if by.Helped() { // keys are the member's own
		return ErrNotFound
	}
	now := s.now()
	if err := n.problems(DayOf(now)).Err(); err != nil {
		return err
	}
	state, err := lockGiver(ctx, tx, by)
	switch {
	case err != nil:
		return err
	case state == Alumni:
		return ErrAlumni
	}
	who, err := findPersonOfRole(ctx, tx, by.Cooperative, n.Grantee)
	if err != nil {
		return err
	}
	if who == by.Person {
		return check.Problems{{Field: "scopes", Rule: "grant_to_oneself"}}
	}
	if err := endGrants(ctx, tx, by.Cooperative, by.Member, n.Grantee, n.Scopes, now); err != nil {
		return err
	}
	for _, scope := range slices.Compact(slices.Sorted(slices.Values(n.Scopes))) {
		if err := insertGrant(ctx, tx, by, id.New[Grant](s.random), n, scope, now); err != nil {
			return err
		}
	}
	return nil
}

// Revoke ends one of the acting member's grants, from the next request on. One
// that has ended stays as it is. It returns ErrNotFound for somebody else's.
func (s *Service) Revoke(ctx context.Context, by Actor, grant GrantID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return revokeGrant(ctx, tx, by, grant, s.now())
	})
}

// RevokeAll ends everything that the acting member lets this role do. What has
// ended stays as it is. It returns ErrNotFound for a role that the member never
// let do anything.
func (s *Service) RevokeAll(ctx context.Context, by Actor, grantee RoleID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := findAnyGrant(ctx, tx, by, grantee); err != nil {
			return err
		}
		return s.EndGrantsTx(ctx, tx, by.Cooperative, by.Member, grantee)
	})
}

// EndGrantsTx ends everything that a member lets this role do, because the two
// have nothing to do with each other any more.
func (s *Service) EndGrantsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID, grantee RoleID) error {
	return endGrants(ctx, tx, c, m, grantee, Scopes(), s.now())
}
