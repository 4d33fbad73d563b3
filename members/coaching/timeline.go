package coaching

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// Part is one scope of a timeline, and whether the coach may read it.
type Part struct {
	Scope members.Scope
	Until members.Day // included; empty: not granted
}

// Granted reports whether the coach may read the part.
func (p Part) Granted() bool { return p.Until != "" }

// Timeline is what happened to a member, as far as the member lets the coach
// read it, the newest first.
type Timeline struct {
	Parts []Part // one a scope, granted or not
	Facts []Fact // of the granted parts
	Older bool   // there are more
}

// Granted reports whether the coach may read any part.
func (t Timeline) Granted() bool { return slices.ContainsFunc(t.Parts, Part.Granted) }

// Missing reports whether the coach may not read some part.
func (t Timeline) Missing() bool {
	return slices.ContainsFunc(t.Parts, func(p Part) bool { return !p.Granted() })
}

// TimelinePage is how many facts are shown at once.
const TimelinePage = 25

// Timeline reads what happened to a member whom the acting coach follows, from
// behind the fact before on; none means from the newest. That the coach reads is
// noted in the member's access log, for each part that is granted. It returns
// members.ErrNotFound to everybody but the member's coach.
func (s *Service) Timeline(ctx context.Context, by members.Actor, m members.MemberID, before FactID) (t Timeline, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := findFollow(ctx, tx, by, m, members.DayOf(s.now())); err != nil {
			return err
		}
		if t.Parts, err = s.partsTx(ctx, tx, by, m, timelineScopes()); err != nil || !t.Granted() {
			return err
		}
		t.Facts, err = listFacts(ctx, tx, by.Cooperative, m, t.kinds(), before, TimelinePage+1)
		return err
	})
	if t.Older = len(t.Facts) > TimelinePage; t.Older {
		t.Facts = t.Facts[:TimelinePage]
	}
	return t, err
}

// partsTx asks for all of these at once.
func (s *Service) partsTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, scopes []members.Scope) (parts []Part, err error) {
	until, err := s.people.ReadEachTx(ctx, tx, by, m, scopes...)
	for _, scope := range scopes {
		parts = append(parts, Part{Scope: scope, Until: until[scope]})
	}
	return parts, err
}

// kinds are those of the granted parts.
func (t Timeline) kinds() (kinds []Kind) {
	for kind, scope := range needs() {
		if slices.ContainsFunc(t.Parts, func(p Part) bool { return p.Scope == scope && p.Granted() }) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}
