package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// Prospects says of open gigs what stops a member: the rules that do not hold on
// the shift that fits best, none where they can do it.
type Prospects map[jobs.GigID][]Rule

// Fits are the gigs that nothing stops, in one order always; never nil.
func (p Prospects) Fits() []jobs.GigID {
	fits := []jobs.GigID{}
	for gig, rules := range p {
		if len(rules) == 0 {
			fits = append(fits, gig)
		}
	}
	slices.SortFunc(fits, func(a, b jobs.GigID) int { return slices.Compare(a[:], b[:]) })
	return fits
}

// Prospects looks at each open gig of the cooperative that has a free seat on a
// shift to come, for the acting member, or who acts for them; nobody else has any.
// Of the shifts with a seat that one counts that breaks the fewest rules, then the
// soonest. The rules are those of Check, but that other offers wait for an answer:
// who looks around is asked nothing. Gigs of a client whom the member keeps away
// are not in it. It asks the database as often for many gigs as for one.
func (s *Service) Prospects(ctx context.Context, by members.Actor) (Prospects, error) {
	if by.Kind != members.RoleMember {
		return nil, nil
	}
	member, open, err := s.lookAround(ctx, by)
	if err != nil {
		return nil, err
	}
	found := make(Prospects, len(open))
	for i := range open {
		if w := &open[i]; !member.blocked[w.Client] {
			rules := failedForLook(member.at(*w), *w)
			if best, seen := found[w.Gig]; !seen || len(rules) < len(best) {
				found[w.Gig] = rules
			}
		}
	}
	return found, nil
}

// failedForLook are the rules that tell a member that work is not for them now.
func failedForLook(c Candidate, w Work) []Rule {
	return slices.DeleteFunc(failed(c, w), func(r Rule) bool { return r == CalmRule })
}

// lookAround reads the acting member and all open work, the soonest first. It
// returns members.ErrNotFound where there is no such member.
func (s *Service) lookAround(ctx context.Context, by members.Actor) (member *seeker, open []Work, err error) {
	whole := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, s.db, whole, func(tx pgx.Tx) error {
		now := s.now()
		if open, err = listOpenWork(ctx, tx, by.Cooperative, now); err != nil {
			return err
		}
		if len(open) == 0 {
			member = &seeker{}
			return nil
		}
		member, err = readSeeker(ctx, tx, by, open, now)
		return err
	})
	return member, open, err
}

// readSeeker reads the acting member, for work of which there is any. It returns
// members.ErrNotFound where there is no such member.
func readSeeker(ctx context.Context, tx pgx.Tx, by members.Actor, list []Work, now time.Time) (*seeker, error) {
	found, err := readSeekers(ctx, tx, scopeOf(list, []members.MemberID{by.Member}), now)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, members.ErrNotFound
	}
	return found[0], nil
}
