package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// Works lists a member's engagements, or those of a client's gigs, that are
// not settled: what is to come, and hours to propose or to agree. What waits for
// the actor comes first. The reasons of other hours are not read for a list.
func (s *Service) Works(ctx context.Context, by members.Actor) ([]Work, error) {
	return listWorks(ctx, s.db, by, s.now())
}

// Work finds one of them, settled or not. It returns members.ErrNotFound to
// everybody but its member and its client, and members.ErrNoKey.
func (s *Service) Work(ctx context.Context, by members.Actor, engagement EngagementID) (Work, error) {
	w, err := findWork(ctx, s.db, by, engagement)
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
// why. It returns check.Problems, ErrNotOver before the shift's end, ErrNotTheirTurn
// when an answer is the other side's, members.ErrNoKey for a reason, and
// members.ErrNotFound.
func (s *Service) ProposeHours(ctx context.Context, by members.Actor, engagement EngagementID, h Hours) error {
	if err := h.problems(by.Kind).Err(); err != nil {
		return err
	}
	to := MemberProposed
	if by.Kind == members.RoleClient {
		to = ClientProposed
	}
	return s.moveSheet(ctx, by, engagement, func(tx pgx.Tx, w *Work) (err error) {
		w.Sheet.Worked, w.Sheet.helper = h.Worked, by.Helper.Role
		if w.Sheet.sealed, err = s.people.SealGivenTx(ctx, tx, w.person, reasonColumn(w.ID), h.Reason); err != nil {
			return err
		}
		w.Sheet.State, err = w.Sheet.State.To(to)
		return err
	})
}

// AgreeHours accepts what the other side proposed. Errors are those of
// ProposeHours.
func (s *Service) AgreeHours(ctx context.Context, by members.Actor, engagement EngagementID) error {
	return s.moveSheet(ctx, by, engagement, func(_ pgx.Tx, w *Work) (err error) {
		if w.Sheet.State == SheetEmpty {
			return ErrNotTheirTurn
		}
		if by.Kind == members.RoleMember {
			w.Sheet.helper = by.Helper.Role
		}
		w.Sheet.State, err = w.Sheet.State.To(SheetAgreed)
		return err
	})
}

// moveSheet changes the hours when it is the actor's turn, one at a time.
func (s *Service) moveSheet(ctx context.Context, by members.Actor, engagement EngagementID, change func(pgx.Tx, *Work) error) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		w, err := findWork(ctx, tx, by, engagement)
		switch {
		case err != nil:
			return err
		case !w.Over(s.now()):
			return ErrNotOver
		case !w.WaitsFor(by.Kind, s.now()):
			return ErrNotTheirTurn
		}
		if err := change(tx, &w); err != nil {
			return err
		}
		if err := s.noteHoursTx(ctx, tx, by.Cooperative, w); err != nil { // before the bill that follows from it
			return err
		}
		if err := s.storeSheet(ctx, tx, by.Cooperative, w); err != nil {
			return err
		}
		if w.Sheet.State == SheetAgreed {
			return s.people.HelpedTx(ctx, tx, by, "helped_agree", "engagement:"+w.ID.String())
		}
		return s.people.HelpedTx(ctx, tx, by, "helped_hours", "engagement:"+w.ID.String())
	})
}

// storeSheet keeps the engagement's state in step with its hours, and bills
// them once they are agreed.
func (s *Service) storeSheet(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	if err := upsertTimesheet(ctx, tx, c, id.New[Timesheet](s.random), w, s.now()); err != nil {
		return err
	}
	for _, to := range []EngagementState{Started, Finished, Agreed} {
		if to == Agreed && w.Sheet.State != SheetAgreed {
			break
		}
		if next, err := w.State.To(to); err == nil {
			w.State = next
		}
	}
	if err := s.movedTx(ctx, tx, c, w.Member, w.Client); err != nil {
		return err
	}
	if err := s.proposedTx(ctx, tx, c, w); err != nil {
		return err
	}
	if w.State != Agreed {
		return updateEngagement(ctx, tx, c, w.ID, w.State)
	}
	if closed, err := s.closeUnpaidTx(ctx, tx, c, w); closed || err != nil {
		return err
	}
	if err := s.billTx(ctx, tx, c, w); err != nil {
		return err
	}
	return updateEngagement(ctx, tx, c, w.ID, Billed)
}

// billTx bills the hours, with the contribution that the cooperative asks at
// this moment.
func (s *Service) billTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	settings, err := s.people.SettingsTx(ctx, tx, c)
	if err != nil {
		return err
	}
	return s.payments.BillTx(ctx, tx, c, w.charge(settings.Contribution))
}

// FollowPayTx keeps an engagement in step with its pay: paid when the bank said
// so, and billed again when the money came back. It looks at the pay only once
// nobody else moves the engagement: an older look must not be written last.
func (s *Service) FollowPayTx(ctx context.Context, tx pgx.Tx, t payments.PayMoved) error {
	engagement, err := id.Parse[Engagement](string(t.Ref))
	if err != nil {
		return err
	}
	if err := lockEngagement(ctx, tx, t.Cooperative, engagement); err != nil {
		return err
	}
	stage, err := s.payments.StageTx(ctx, tx, t.Cooperative, t.Ref)
	if err != nil {
		return err
	}
	to := Billed
	if stage == payments.StagePaid {
		to = Paid
	}
	return moveEngagement(ctx, tx, t.Cooperative, engagement, to)
}
