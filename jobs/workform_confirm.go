package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// offered is what a seat of the gig is given on now.
type offered struct {
	Form members.WorkForm
	Rate payments.Cents
}

// engageTx writes the engagement, if the law lets the member work there.
func (s *Service) engageTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID, l lockedShift, m members.MemberID) error {
	if err := s.mayWorkTx(ctx, tx, c, l, m); err != nil {
		return err
	}
	if err := insertEngagement(ctx, tx, c, e, l.Shift, m, s.now()); err != nil {
		return err
	}
	return copyForm(ctx, tx, c, e, l.gig)
}

// mayWorkTx looks once more whether the work may be agreed with this member, who
// is locked: the law or an admission may have changed since it was
// posted. A form that was switched off meanwhile holds for what is posted already.
// It returns what is ErrUnlawful.
func (s *Service) mayWorkTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, l lockedShift, m members.MemberID) error {
	t, err := findTerms(ctx, tx, c, l.gig)
	if err != nil {
		return err
	}
	days := l.Days()
	if err := s.lawfulTx(ctx, tx, c, t.Form, days); err != nil {
		return err
	}
	if err := s.floorTx(ctx, tx, t.Form, t.Rate, days); err != nil {
		return err
	}
	minor, err := s.people.MinorTx(ctx, tx, c, m, days[0])
	if err != nil {
		return err
	}
	if minor {
		return ErrMinor
	}
	if t.Form != members.TrialPlacement {
		return nil
	}
	return s.placeTx(ctx, tx, c, l, m)
}

// placeTx notes that the member is on trial at the client, which happens once:
// all shifts of one gig are one trial. What was agreed and never came is no trial.
// The note stays when the work itself goes, after years (see Tidy), so that a
// second trial is refused as long as somebody is a member. It returns
// ErrTrialBefore and ErrTrialTooLong.
func (s *Service) placeTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, l lockedShift, m members.MemberID) error {
	days := l.Days()
	was, err := findTrial(ctx, tx, c, m, l.client)
	if err != nil {
		return err
	}
	first, last := ends(days)
	rules, err := readFormRules()
	if err != nil {
		return err
	}
	if was.Gig.IsZero() || was.Void {
		return s.firstPlaceTx(ctx, tx, c, l, m, rules, first)
	}
	if was.Gig != l.gig {
		return ErrTrialBefore
	}
	first, last = min(first, was.First), max(last, was.Last)
	end, err := rules.endOf(members.TrialPlacement, first)
	if err != nil {
		return err
	}
	if last >= end {
		return ErrTrialTooLong
	}
	return upsertTrial(ctx, tx, c, m, l, first)
}

// firstPlaceTx is for who was on trial at no gig of the client: who worked there
// earlier, in whichever form, is not on trial any more.
func (s *Service) firstPlaceTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, l lockedShift, m members.MemberID, rules FormRules, first payments.Day) error {
	times, err := rules.number(members.TrialPlacement, timesAtClient, first)
	if err != nil {
		return err
	}
	before, err := worksEarlier(ctx, tx, c, m, l.client, l.Starts)
	if err != nil {
		return err
	}
	if before && times == 1 {
		return ErrTrialBefore
	}
	return upsertTrial(ctx, tx, c, m, l, first)
}

// trial is what is noted of a member at a client.
type trial struct {
	Gig         GigID
	First, Last payments.Day // of what was agreed
	Void        bool         // all of it was called off, or did not come
}
