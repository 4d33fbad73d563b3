package coaching

import (
	"cmp"
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// ProposeRail proposes a guard rail, by the member themselves or by the coach
// who follows them and may read their progress; the other side answers. It
// returns check.Problems at "kind", "minutes", "metres", "groups", "review" and
// "reason", ErrRailWaits while one of the kind waits for an answer, ErrNoCoach
// where nobody could answer, members.ErrNotGranted, members.ErrNoKey, and
// members.ErrNotFound to everybody else.
func (s *Service) ProposeRail(ctx context.Context, by members.Actor, m members.MemberID, n NewRail) (rail RailID, err error) {
	today := members.DayOf(s.now())
	n.Reason = strings.TrimSpace(n.Reason)
	n = n.tidied(today)
	groups, err := listGroupCodes(ctx, s.db)
	if err != nil {
		return rail, err
	}
	if err := n.problems(today, groups).Err(); err != nil {
		return rail, err
	}
	rail = id.New[Rail](s.random)
	return rail, s.ofRails(ctx, by, m, true, func(tx pgx.Tx, person members.PersonID) error {
		return s.proposeTx(ctx, tx, by, m, person, rail, n)
	})
}

func (s *Service) proposeTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, person members.PersonID, rail RailID, n NewRail) error {
	if by.Kind == members.RoleMember {
		if coach, err := findCoachTx(ctx, tx, by.Cooperative, m); err != nil || coach.IsZero() {
			return cmp.Or(err, ErrNoCoach)
		}
	}
	waits, err := railWaits(ctx, tx, by.Cooperative, m, n.Kind)
	if err != nil {
		return err
	}
	if waits {
		return ErrRailWaits
	}
	sealed, err := s.people.SealGivenTx(ctx, tx, person, railColumn(rail), n.Reason)
	if err != nil {
		return err
	}
	if err := insertRail(ctx, tx, by, m, rail, n, sealed, s.now()); err != nil {
		return err
	}
	return s.railMovedTx(ctx, tx, by, lockedRail{ID: rail, Member: m, Person: person, Kind: n.Kind}, RailWasProposed)
}

// railMovedTx tells the other side, lets open pages look again, and writes the
// deed down: the kind, and never what it says.
func (s *Service) railMovedTx(ctx context.Context, tx pgx.Tx, by members.Actor, r lockedRail, news RailNews) error {
	told := RailTold{Rail: r.ID, Cooperative: by.Cooperative, News: news, ToMember: by.Kind != members.RoleMember}
	if err := s.railTellTx(ctx, tx, by.Cooperative, r.Member, told); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, by.Cooperative, movedOf(by.Cooperative, r.Member)); err != nil {
		return err
	}
	deed := "rail_" + string(news)
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: r.Person, What: deed, Ref: "rail:" + r.ID.String()}) // never which: the office reads deeds
}

// ofRails does something with a member's guard rails, by the member or by the
// coach who follows them and may read their progress; something new not by one who
// is restricted. No wave asks the member meanwhile: a rail counts for whatever comes
// after it. A refusal stands in the member's access log.
func (s *Service) ofRails(ctx context.Context, by members.Actor, m members.MemberID, takes bool, do func(pgx.Tx, members.PersonID) error) error {
	return s.people.NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if takes && by.Kind == members.RoleCoach { // before the member, as matching does
			if err := members.MayTakeTx(ctx, tx, by); err != nil {
				return err
			}
		}
		person, err := lockRailMember(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		if err := s.mayRailsTx(ctx, tx, by, m); err != nil {
			return err
		}
		return do(tx, person)
	}))
}

func (s *Service) mayRailsTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) error {
	switch {
	case m.IsZero():
		return members.ErrNotFound
	case isOwn(by, m):
		return nil
	case by.Kind != members.RoleCoach:
		return members.ErrNotFound
	}
	if _, err := findFollow(ctx, tx, by, m, members.DayOf(s.now())); err != nil {
		return err
	}
	_, err := s.people.ReadTx(ctx, tx, by, m, members.ProgressScope)
	return err
}
