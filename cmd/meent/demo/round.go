package demo

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

// newWorker does what the program's own does, one task after the other, in the
// order in which they are due.
func newWorker(s services, client redis.UniversalClient) (*tasks.Worker, error) {
	m := tasks.NewMux()
	tasks.HandleTx(m, s.matching.FindTx)
	tasks.HandleTx(m, s.matching.FillTx)
	tasks.HandleTx(m, s.matching.SeatsChangedTx)
	tasks.HandleTx(m, s.matching.ShiftRemovedTx)
	tasks.HandleTx(m, s.matching.SeatFreedTx)
	tasks.HandleTx(m, s.matching.ShiftCalledOffTx)
	tasks.HandleTx(m, s.matching.ShiftMovedTx)
	tasks.HandleTx(m, s.jobs.PartPayDueTx)
	tasks.HandleTx(m, s.jobs.FinishGigsTx)
	tasks.HandleTx(m, s.matching.AskOverTx)
	tasks.HandleTx(m, s.matching.CoachTimeTx)
	tasks.HandleTx(m, s.matching.CoachRailEndedTx)
	tasks.HandleTx(m, s.coaching.RailReviewTx)
	tasks.HandleTx(m, s.coaching.RungDueTx)
	tasks.HandleTx(m, s.coaching.HandOverDueTx)
	tasks.Handle(m, s.payments.FollowEvent)
	tasks.Handle(m, s.payments.LookAtCheckout)
	tasks.Handle(m, s.payments.LookAtDeposit)
	tasks.Handle(m, s.payments.ReturnDeposit)
	tasks.HandleTx(m, s.jobs.FollowDepositTx)
	tasks.HandleTx(m, s.jobs.DepositsOverTx)
	tasks.Handle(m, s.payments.MakeTransfer)
	tasks.Handle(m, s.payments.SendPayout)
	tasks.Handle(m, s.payments.LookAtPayout)
	tasks.Handle(m, s.payments.OpenPayee)
	tasks.Handle(m, s.payments.LookAtPayee)
	tasks.HandleTx(m, s.payments.PayRestedTx)
	tasks.HandleTx(m, s.jobs.FollowPayTx)
	tasks.HandleTx(m, s.jobs.SheetSilentTx)
	tasks.HandleTx(m, s.jobs.FeedbackFixedTx)
	return tasks.NewWorker(s.queue, client, m)
}

// untold are the kinds of tasks that would tell somebody: mail and live news of
// the past are not even queued. Nor is what the browse index would look at:
// it hears of the gigs that are still to come, at the end.
func untold() []string {
	return []string{
		members.Moved{}.Kind(), members.ActedFor{}.Kind(), members.PhoneAsked{}.Kind(), members.PersonErased{}.Kind(), payments.BillReady{}.Kind(), payments.PayTold{}.Kind(), payments.PayWaits{}.Kind(), payments.BankTold{}.Kind(),
		payments.PayoutsHeld{}.Kind(), payments.BackTold{}.Kind(), payments.BillTold{}.Kind(), payments.ClawbackTold{}.Kind(), payments.AdvanceTold{}.Kind(),
		jobs.GigPosted{}.Kind(), jobs.GigChanged{}.Kind(), jobs.HoursProposed{}.Kind(), jobs.ShiftComing{}.Kind(), jobs.SearchNews{}.Kind(), jobs.SheetTold{}.Kind(),
		jobs.EngagementOver{}.Kind(), jobs.WorkOff{}.Kind(), jobs.AbsenceDenied{}.Kind(), jobs.AbsenceUpheld{}.Kind(),
		jobs.FeedbackTold{}.Kind(), jobs.FavouriteTold{}.Kind(), jobs.JobTold{}.Kind(), jobs.MemberRefused{}.Kind(), members.RefusalEnded{}.Kind(),
		coaching.UnsafeReported{}.Kind(), coaching.UnsafeWaited{}.Kind(), coaching.UnsafeClosed{}.Kind(),
		coaching.GoalWritten{}.Kind(), coaching.WorkStepTold{}.Kind(), coaching.RungTold{}.Kind(),
		coaching.HandOverNews{}.Kind(), coaching.HandOverTold{}.Kind(), coaching.CoachMoved{}.Kind(), coaching.StandInNews{}.Kind(), coaching.StandInTold{}.Kind(), coaching.BuddyNews{}.Kind(),
		coaching.QuestionAsked{}.Kind(), coaching.QuestionPassedOn{}.Kind(), coaching.QuestionAnswered{}.Kind(),
		coaching.ContactLogged{}.Kind(), coaching.ContactTakenBack{}.Kind(),
		coaching.StatementWaits{}.Kind(), coaching.SatisfactionAsked{}.Kind(),
		jobs.GigTextChanged{}.Kind(), matching.ChangeTold{}.Kind(), matching.MoveUnfit{}.Kind(), matching.SeatAsked{}.Kind(),
		coaching.RailTold{}.Kind(), matching.OfferWaits{}.Kind(), matching.OfferSent{}.Kind(), matching.OfferDecided{}.Kind(),
	}
}

// round does all that is due: what time brings at the bank, what that tells
// us, and every task; and again, as long as the bank has more to tell.
func (p *past) round(ctx context.Context) error {
	if err := p.stripe.Advance(ctx); err != nil {
		return err
	}
	for first := true; ; first = false {
		sent, err := p.stripe.deliverAll(ctx)
		if err != nil {
			return err
		}
		if sent == 0 && !first {
			return p.follow(ctx)
		}
		if _, err := p.tasks.RunDue(ctx); err != nil {
			return err
		}
	}
}

// follow plans the answers to new offers, and the hours of new engagements.
func (p *past) follow(ctx context.Context) error {
	if err := p.noteAnswers(ctx); err != nil {
		return err
	}
	return p.noteWorks(ctx)
}

// settled makes sure that nothing failed, and that nothing is left of the past.
func (p *past) settled(ctx context.Context) error {
	var left int
	const query = `SELECT count(*) FROM tasks.task WHERE failures > 0 OR state IN ('sent', 'running', 'dead')`
	if err := p.db.QueryRow(ctx, query).Scan(&left); err != nil {
		return err
	}
	if left > 0 {
		return fmt.Errorf("demo: %d tasks of the past failed", left)
	}
	return nil
}
