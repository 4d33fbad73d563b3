package jobs

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// storeSheet writes what was said about the hours, tells of it, and keeps the
// engagement's state in step.
func (s *Service) storeSheet(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, said saying) error {
	if err := s.noteHoursTx(ctx, tx, c, w); err != nil { // before the bill that follows from it
		return err
	}
	w.Sheet.Round++
	if err := upsertTimesheet(ctx, tx, c, id.New[Timesheet](s.random), w, s.now()); err != nil {
		return err
	}
	if err := s.sayTx(ctx, tx, c, w, said); err != nil {
		return err
	}
	if err := s.movedTx(ctx, tx, c, w.Member, w.Client); err != nil {
		return err
	}
	if err := s.proposedTx(ctx, tx, c, w); err != nil {
		return err
	}
	if err := s.waitTx(ctx, tx, c, w); err != nil {
		return err
	}
	return s.settleTx(ctx, tx, c, w)
}

// settleTx moves the engagement as far as its hours are: finished once hours were
// proposed, and on when they are agreed. Of hours in dispute the part beyond doubt
// is billed at once, and the engagement waits.
func (s *Service) settleTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	for _, to := range []EngagementState{Started, Finished} {
		if next, err := w.State.To(to); err == nil {
			w.State = next
		}
	}
	switch w.Sheet.State {
	case Disputed:
		if err := unmarkUnbilled(ctx, tx, c, w.ID); err != nil {
			return err
		}
		if err := s.billTx(ctx, tx, c, w, 0); err != nil {
			return err
		}
	case SheetAgreed:
		var err error
		if w.State, err = s.agreedTx(ctx, tx, c, w); err != nil {
			return err
		}
	}
	return updateEngagement(ctx, tx, c, w.ID, w.State)
}

// agreedTx bills what was not billed before and gives where the engagement is
// then. Work of which nothing is left to pay, and work that the cooperative does
// not pay, closes.
func (s *Service) agreedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) (EngagementState, error) {
	state, err := w.State.To(Agreed)
	if err != nil {
		return state, err
	}
	if err := unmarkUnbilled(ctx, tx, c, w.ID); err != nil {
		return state, err
	}
	if w.Sheet.Worked == 0 || PayerOf(w.Form) != CooperativePays {
		return state.To(Closed)
	}
	before, err := findUndisputed(ctx, tx, c, w.ID)
	if err != nil {
		return state, err
	}
	if err := s.billTx(ctx, tx, c, w, before); err != nil {
		return state, err
	}
	if state, err = state.To(Billed); err != nil {
		return state, err
	}
	if stage, err := s.stageTx(ctx, tx, c, w.ID); err != nil || stage != payments.StagePaid {
		return state, err
	}
	return state.To(Paid) // what was beyond doubt was all, and is paid already
}

// billTx bills the hours but for those that were billed before, with the
// wage and the contribution on which the seat was given. None is no bill, nor is
// work that the cooperative does not pay.
func (s *Service) billTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, before time.Duration) error {
	if w.Sheet.Worked == before || PayerOf(w.Form) != CooperativePays {
		return nil
	}
	return s.payments.BillTx(ctx, tx, c, w.charge(before))
}

// charge is the work as it is billed, with the cooperative's contribution. Two
// bills for one piece of work come to the same cents as one.
func (w Work) charge(before time.Duration) payments.Work {
	days := w.Shift.Days()
	first, all := w.Terms.price(w.Rate.ForTime(before)), w.Terms.price(w.Earned())
	ref := workRef(w.ID)
	if before > 0 {
		ref = restRef(w.ID)
	}
	return payments.Work{
		Ref: ref, Client: w.Client, Member: w.Member, Title: w.Title, Language: w.Language, Rate: w.Rate,
		Day: days[0], Until: days[len(days)-1], Before: before, Worked: w.Sheet.Worked - before, Contribution: all.Contribution - first.Contribution,
		Deposit: depositRef(w.Gig),
	}
}

// restMark ends the reference of the second bill for one piece of work.
const restMark = ":rest"

// workRef is what payments knows the work by, and restRef the part of it that was
// in dispute. Both lead back by EngagementOf.
func workRef(e EngagementID) payments.Reference { return payments.Reference(e.String()) }
func restRef(e EngagementID) payments.Reference { return workRef(e) + restMark }

// BillRefs are all references under which the work can be billed.
func BillRefs(e EngagementID) []payments.Reference {
	return []payments.Reference{workRef(e), restRef(e)}
}

// EngagementOf is the work that a bill or a wage is for, whichever of its parts.
// It returns id.ErrInvalid for another reference.
func EngagementOf(ref payments.Reference) (EngagementID, error) {
	return id.Parse[Engagement](strings.TrimSuffix(string(ref), restMark))
}

// FollowPayTx keeps an engagement in step with its pay: paid when the bank said
// so of all its bills, and billed again when money came back. It looks at the pay
// only once nobody else moves the engagement: an older look must not be written
// last.
func (s *Service) FollowPayTx(ctx context.Context, tx pgx.Tx, t payments.PayMoved) error {
	engagement, err := EngagementOf(t.Ref)
	if err != nil {
		return err
	}
	if err := lockEngagement(ctx, tx, t.Cooperative, engagement); err != nil {
		return err
	}
	stage, err := s.stageTx(ctx, tx, t.Cooperative, engagement)
	if err != nil {
		return err
	}
	to := Billed
	if stage == payments.StagePaid {
		to = Paid
	}
	return moveEngagement(ctx, tx, t.Cooperative, engagement, to)
}

// stageTx is where the pay of the work is: paid when all of it is. It returns
// members.ErrNotFound when none was billed.
func (s *Service) stageTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID) (stage payments.Stage, err error) {
	found := false
	for _, ref := range BillRefs(e) {
		one, err := s.payments.StageTx(ctx, tx, c, ref)
		if errors.Is(err, members.ErrNotFound) {
			continue
		}
		if err != nil {
			return stage, err
		}
		if !found || one != payments.StagePaid {
			stage = one
		}
		found = true
	}
	if !found {
		return stage, members.ErrNotFound
	}
	return stage, nil
}
