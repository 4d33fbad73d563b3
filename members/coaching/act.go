package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// ActorFor gives a member whom the acting coach follows as an actor, with the
// coach as helper, when the member lets them act now. It is asked for each
// request, so that a grant that ended ends it on the next one, and each hour of
// acting stands in the member's access log. It returns *members.NotGranted, which
// stands in that log, too, members.ErrRestricted for a restricted coach, and
// members.ErrNotFound to everybody but the member's coach.
func (s *Service) ActorFor(ctx context.Context, by members.Actor, m members.MemberID) (as members.Actor, err error) {
	err = s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		as, err = s.people.ActorForTx(ctx, tx, by, m)
		return err
	})
	return as, err
}

// Act begins to act for a member, which the log of deeds says. Errors are those
// of ActorFor.
func (s *Service) Act(ctx context.Context, by members.Actor, m members.MemberID) (as members.Actor, err error) {
	err = s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		if as, err = s.people.ActorForTx(ctx, tx, by, m); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: as.Person, What: "act_started", Ref: "member:" + m.String()})
	})
	return as, err
}
