package coaching

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// NameStandIn lets a colleague stand in for members of the acting coach's own
// caseload. They see name and place, answer questions and take reports on those
// days, and read what each member lets them. The members are told. It returns
// check.Problems at "members", "colleague", "from" and "until", and
// members.ErrNotFound to everybody but the coach of all of them.
func (s *Service) NameStandIn(ctx context.Context, by members.Actor, n NewStandIn) error {
	if by.Kind != members.RoleCoach {
		return members.ErrNotFound
	}
	if err := n.problems(members.DayOf(s.now())).Err(); err != nil {
		return err
	}
	n.Members = slices.Compact(slices.SortedFunc(slices.Values(n.Members), func(a, b members.MemberID) int { return slices.Compare(a[:], b[:]) }))
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.nameTx(ctx, tx, by, n) })
}

func (s *Service) nameTx(ctx context.Context, tx pgx.Tx, by members.Actor, n NewStandIn) error {
	list, err := lockOwnCaseload(ctx, tx, by, n)
	if err != nil {
		return err
	}
	if !n.All && len(list) != len(n.Members) {
		return members.ErrNotFound
	}
	if len(list) == 0 {
		return check.Problems{{Field: "members", Rule: "nothing_chosen"}}
	}
	if err := s.mayStandTx(ctx, tx, by, n, list); err != nil {
		return err
	}
	var first StandInID
	var told []members.Notice
	for i, one := range list {
		stand := id.New[StandIn](s.random)
		if i == 0 {
			first = stand
		}
		if err := insertStandIn(ctx, tx, by, stand, one.member, n, s.now()); err != nil {
			return err
		}
		told = append(told, members.Notice{Member: one.member, Task: StandInNews{stand, by.Cooperative}})
	}
	if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, told...); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, by.Cooperative, StandInTold{first, by.Cooperative}); err != nil {
		return err
	}
	for _, one := range list {
		if err := s.people.AuditTx(ctx, tx, members.Deed{By: by, For: one.person, What: "stand_in_named", Ref: "member:" + one.member.String(),
			Detail: map[string]string{"is": n.Colleague.String(), "from": string(n.From), "until": string(n.Until)}}); err != nil {
			return err
		}
	}
	return nil
}

// mayStandTx looks at the colleague: a coach of the cooperative, another than the
// actor, none of the members, and nobody else stands in meanwhile.
func (s *Service) mayStandTx(ctx context.Context, tx pgx.Tx, by members.Actor, n NewStandIn, list []ownMember) error {
	person, err := lockCoachRole(ctx, tx, by.Cooperative, n.Colleague)
	if err != nil {
		return err
	}
	if person.IsZero() || n.Colleague == by.Role {
		return check.Problems{{Field: "colleague", Rule: "not_a_choice"}}
	}
	ids := make([]members.MemberID, len(list))
	for i, one := range list {
		if ids[i] = one.member; one.person == person {
			return check.Problems{{Field: "colleague", Rule: "is_the_member"}}
		}
	}
	taken, err := overlapsStandIn(ctx, tx, by.Cooperative, ids, n)
	if err == nil && taken {
		return check.Problems{{Field: "from", Rule: "stand_in_there"}}
	}
	return err
}

// EndStandIn ends one before its last day, from the next request on; what the
// member let the colleague read ends, too. The coach who named it may, the
// colleague, and a coordinator. One that is over stays as it is. It returns
// members.ErrNotFound to everybody else.
func (s *Service) EndStandIn(ctx context.Context, by members.Actor, stand StandInID) error {
	if by.Kind != members.RoleCoach && by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		m, err := findStandInMember(ctx, tx, by, stand)
		if err != nil {
			return err
		}
		if _, err := lockCoach(ctx, tx, by.Cooperative, m); err != nil {
			return err
		}
		ended, err := endStandIns(ctx, tx, by.Cooperative, m, stand, members.DayOf(s.now()), s.now())
		if err != nil || len(ended) == 0 {
			return err
		}
		return s.stoodInTx(ctx, tx, by, m, ended)
	})
}

// stoodInTx takes the keys back and tells who it is about.
func (s *Service) stoodInTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, ended []endedStandIn) error {
	if err := s.takeBackTx(ctx, tx, by.Cooperative, m, ended); err != nil {
		return err
	}
	news := members.Notice{Member: m, Task: StandInNews{ended[0].id, by.Cooperative}}
	if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, news); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, by.Cooperative, StandInTold{ended[0].id, by.Cooperative}); err != nil {
		return err
	}
	who, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: who, What: "stand_in_ended", Ref: "member:" + m.String(),
		Detail: map[string]string{"was": ended[0].colleague.String()}})
}

// takeBackTx ends what the member let those read who stood in.
func (s *Service) takeBackTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, ended []endedStandIn) error {
	for _, one := range ended {
		if err := s.people.EndGrantsTx(ctx, tx, c, m, one.colleague); err != nil {
			return err
		}
	}
	return nil
}

// newFollowerTx ends what rested on the coach who followed until now: their keys,
// who stands in for them, and a hand-over that is open.
func (s *Service) newFollowerTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, former members.RoleID) error {
	ended, err := endStandIns(ctx, tx, c, m, StandInID{}, members.DayOf(s.now()), s.now())
	if err != nil {
		return err
	}
	if err := s.dropKeysTx(ctx, tx, c, m, former); err != nil {
		return err
	}
	if err := s.takeBackTx(ctx, tx, c, m, append(ended, endedStandIn{colleague: former})); err != nil {
		return err
	}
	return withdrawOpenHandOver(ctx, tx, c, m, s.now())
}
