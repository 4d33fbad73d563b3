package matching

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// MoveUnfit is the task that tells a member, and the coach who may read their
// agenda, that they are not asked for the new time of work: it does not suit them, or
// nobody is asked for it.
type MoveUnfit struct {
	Engagement  jobs.EngagementID // that ended
	Cooperative id.Cooperative
	Nobody      bool // is asked for it: the gig is paused by now, or has no seat any more
}

// Kind names the task.
func (MoveUnfit) Kind() string { return "matching.move_unfit" }

// ShiftMovedTx handles jobs.ShiftMoved: who was to come is asked first for the new
// time, alone, so that each of them has a seat who wants it; others when that window
// closes, or at once where nobody was to come. A no of theirs is as free as any.
func (s *Service) ShiftMovedTx(ctx context.Context, tx pgx.Tx, t jobs.ShiftMoved) error {
	fill := Fill{Shift: t.New, Cooperative: t.Cooperative}
	if err := lockShift(ctx, tx, t.Cooperative, t.New); err != nil {
		return ignoreGone(err)
	}
	first, err := listFirst(ctx, tx, t)
	switch {
	case err != nil:
		return err
	case len(first) == 0:
		return s.FillTx(ctx, tx, fill)
	}
	return s.askThemFirstTx(ctx, tx, fill, first)
}

func (s *Service) askThemFirstTx(ctx context.Context, tx pgx.Tx, t Fill, first []hadWork) error {
	var who []members.MemberID
	for _, one := range first {
		who = append(who, one.member)
	}
	if err := lockMembers(ctx, tx, t.Cooperative, who); err != nil {
		return err
	}
	for _, one := range first {
		if err := s.askFirstTx(ctx, tx, t, one); err != nil {
			return err
		}
	}
	return s.againTx(ctx, tx, t, s.now()) // a turn of its own: it locks other members
}

// askFirstTx asks who had the work at its old time, or lets them and their coach
// hear why not. Who asked for it meanwhile is not asked.
func (s *Service) askFirstTx(ctx context.Context, tx pgx.Tx, t Fill, one hadWork) error {
	err := s.askOneTx(ctx, tx, asking{Fill: t}, one.member, func(c Candidate, w Work) []Rule {
		c.Waiting = 0 // this is no more work than was agreed
		return failedForOffer(c, w)
	})
	switch {
	case errors.Is(err, ErrAskedBefore):
		return nil
	case errors.Is(err, jobs.ErrNoSeat), errors.Is(err, ErrCannotCome), errors.Is(err, members.ErrNotFound):
		unfit := MoveUnfit{Engagement: one.engagement, Cooperative: t.Cooperative, Nobody: errors.Is(err, jobs.ErrNoSeat)}
		return s.notifyTx(ctx, tx, t.Cooperative, members.Notice{Member: one.member, Task: unfit})
	}
	return err
}
