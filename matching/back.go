package matching

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// ComeBack gives the acting member, who called off, a seat of the same shift
// again, while one is free: who pressed by mistake, or can come after all. It
// gives the new engagement. It returns jobs.ErrNoSeat when somebody else has it by
// now, jobs.ErrStarted, jobs.ErrBusy, ErrCannotCome when a rule does not hold any
// more, members.ErrRestricted, and members.ErrNotFound.
func (s *Service) ComeBack(ctx context.Context, by members.Actor, engagement jobs.EngagementID) (again jobs.EngagementID, err error) {
	if by.Kind != members.RoleMember || by.Member.IsZero() {
		return again, members.ErrNotFound
	}
	return again, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		shift, err := findLeft(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		if err := lockShift(ctx, tx, by.Cooperative, shift); err != nil {
			return err
		}
		if err := lockMember(ctx, tx, by.Cooperative, by.Member); err != nil {
			return err
		}
		broken, seats, err := s.judgeTx(ctx, tx, by.Cooperative, by.Member, shift)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(personal(), func(r Rule) bool { return r != FreeRule && slices.Contains(broken, r) }) {
			return ErrCannotCome
		}
		if again, err = s.jobs.ConfirmTx(ctx, tx, by.Cooperative, shift, by.Member, seats...); err != nil {
			return err
		}
		return s.jobs.People().HelpedTx(ctx, tx, by, "helped_come_back", "engagement:"+again.String())
	})
}
