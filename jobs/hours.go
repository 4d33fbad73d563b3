package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// Works lists a member's engagements, or those of a client's gigs, that are
// not settled: what is to come, and hours to propose or to agree. What waits for
// the actor comes first. The reasons of other hours are not read for a list.
func (s *Service) Works(ctx context.Context, by members.Actor) ([]Work, error) {
	return listWorks(ctx, s.db, by, s.now())
}

// Work finds one of them, settled or not. It returns members.ErrNotFound to
// everybody but its member, its client and the coordinators, and members.ErrNoKey.
func (s *Service) Work(ctx context.Context, by members.Actor, engagement EngagementID) (Work, error) {
	w, err := findSideWork(ctx, s.db, by, engagement)
	if err != nil {
		return w, err
	}
	err = s.people.OpenAll(ctx, s.db, []members.SealedText{
		{Person: w.person, Column: reasonColumn(w.ID), Sealed: w.Sheet.sealed, Into: &w.Sheet.Reason, Gone: &w.Sheet.Gone},
	})
	return w, err
}

// reasonColumn is what the reason for other hours is bound to, beside the member.
func reasonColumn(engagement EngagementID) string { return "timesheet.reason@" + engagement.String() }

// ProposeHours proposes other hours, by the member or by the client, who says
// why; a coordinator does it for the client, but not about their own work: that is
// members.ErrOneself. It returns check.Problems, ErrNotOver before the shift's end, ErrNotTheirTurn
// when an answer is the other side's, members.ErrNoKey for a reason, and
// members.ErrNotFound.
func (s *Service) ProposeHours(ctx context.Context, by members.Actor, engagement EngagementID, h Hours) error {
	if err := h.problems(by.Kind).Err(); err != nil {
		return err
	}
	to := MemberProposed
	if sideOfHours(by.Kind) == members.RoleClient {
		to = ClientProposed
	}
	return s.moveSheet(ctx, by, engagement, Propose, saying{what: StepProposed, reason: h.Reason}, func(tx pgx.Tx, w *Work) (err error) {
		if err := h.fits(*w).Err(); err != nil {
			return err
		}
		w.Sheet.Worked, w.Sheet.Break, w.Sheet.helper = h.Worked, h.Break, by.Helper.Role
		if w.Sheet.sealed, err = s.people.SealGivenTx(ctx, tx, w.person, reasonColumn(w.ID), h.Reason); err != nil {
			return err
		}
		w.Sheet.State, err = w.Sheet.State.To(to)
		return err
	})
}

// AgreeHours accepts what the other side proposed last. Errors are those of
// ProposeHours.
func (s *Service) AgreeHours(ctx context.Context, by members.Actor, engagement EngagementID) error {
	return s.agree(ctx, by, engagement, func(Work) error { return nil })
}

// AgreeSeen is AgreeHours for what stood on a page: the hours of that round. It
// returns ErrOtherHours when others were proposed since.
func (s *Service) AgreeSeen(ctx context.Context, by members.Actor, engagement EngagementID, round int) error {
	return s.agree(ctx, by, engagement, func(w Work) error {
		if w.Sheet.Round != round {
			return ErrOtherHours
		}
		return nil
	})
}

func (s *Service) agree(ctx context.Context, by members.Actor, engagement EngagementID, same func(Work) error) error {
	return s.moveSheet(ctx, by, engagement, Agree, saying{what: StepAgreed}, func(_ pgx.Tx, w *Work) (err error) {
		if err := same(*w); err != nil {
			return err
		}
		if by.Kind == members.RoleMember {
			w.Sheet.helper = by.Helper.Role
		}
		w.Sheet.State, err = w.Sheet.State.To(SheetAgreed)
		return err
	})
}

// NotAgreed is work whose hours could not be agreed, and why.
type NotAgreed struct {
	Engagement EngagementID
	Err        error
}

// AgreeAll is AgreeHours for several at once that are as planned, each by itself:
// what cannot be agreed is given back, and keeps nothing of the rest. Hours that
// are not as planned, whatever a page showed before, are ErrOtherHours.
func (s *Service) AgreeAll(ctx context.Context, by members.Actor, engagements []EngagementID) (failed []NotAgreed) {
	seen := map[EngagementID]bool{}
	for _, e := range engagements {
		if seen[e] {
			continue
		}
		seen[e] = true
		if err := s.agree(ctx, by, e, asPlanned); err != nil {
			failed = append(failed, NotAgreed{e, err})
		}
	}
	return failed
}

func asPlanned(w Work) error {
	if !w.AsPlanned() {
		return ErrOtherHours
	}
	return nil
}

// moveSheet changes the hours when it is the actor's turn, one at a time.
func (s *Service) moveSheet(ctx context.Context, by members.Actor, engagement EngagementID, move SheetMove, said saying, change func(pgx.Tx, *Work) error) error {
	return s.orMark(ctx, by.Cooperative, engagement, func(tx pgx.Tx) error {
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		w, err := findSideWork(ctx, tx, by, engagement)
		switch {
		case err != nil:
			return err
		case w.OwnOf(by):
			return members.ErrOneself
		case !w.Over(s.now()):
			return ErrNotOver
		case !w.MayPropose(sideOfHours(by.Kind), s.now()), !move.May(w.Sheet.State, by.Kind), !MoveHours.May(w.State, by.Kind):
			return ErrNotTheirTurn
		}
		if err := change(tx, &w); err != nil {
			return err
		}
		said.by = by
		if err := s.storeSheet(ctx, tx, by.Cooperative, w, said); err != nil {
			return err
		}
		if err := s.forClientTx(ctx, tx, by, w); err != nil {
			return err
		}
		return s.people.HelpedTx(ctx, tx, by, said.what.deed(), "engagement:"+w.ID.String())
	})
}
