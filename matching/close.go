package matching

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
)

// closing is what came of a look at the shift's wave.
type closing int

const (
	nobodyYes closing = iota // it is over, or there was none
	stillOpen
	withYeses // it is over, and those who said yes are locked
)

// closeTx ends the shift's wave when its window is closed: the highest points of
// those who said yes get the seats, the others become reserve, and who said
// nothing hears nothing more. While a window is still open a task
// that came too early, by somebody's clock, comes again when it closes.
func (s *Service) closeTx(ctx context.Context, tx pgx.Tx, t Fill) (c closing, err error) {
	list, err := lockOffers(ctx, tx, t.Cooperative, t.Shift, WaitingCoach, Sent, Yes)
	if err != nil {
		return nobodyYes, err
	}
	for _, o := range list {
		if s.now().Before(o.Until) {
			return stillOpen, s.againTx(ctx, tx, t, o.Until)
		}
	}
	if err := s.lockYesesTx(ctx, tx, t, list); err != nil {
		return c, err
	}
	for _, o := range list {
		to := Expired
		switch o.State {
		case WaitingCoach: // nothing sent it on: the member hears that it was there
			to = Withdrawn
		case Yes:
			c = withYeses
			if to, err = s.giveTx(ctx, tx, t, o); err != nil {
				return c, err
			}
		}
		if err := s.decideTx(ctx, tx, t, o, to); err != nil {
			return c, err
		}
	}
	return c, nil
}

// lockYesesTx keeps other shifts from being agreed with those who said yes, so
// that the hours of their day are what they seem; in one order for everybody.
func (s *Service) lockYesesTx(ctx context.Context, tx pgx.Tx, t Fill, list []lockedOffer) error {
	var who []members.MemberID
	for _, o := range list {
		if o.State == Yes {
			who = append(who, o.Member)
		}
	}
	if len(who) == 0 {
		return nil
	}
	return lockMembers(ctx, tx, t.Cooperative, who)
}

// giveTx tries to give the member a seat, after a last look at the rules.
func (s *Service) giveTx(ctx context.Context, tx pgx.Tx, t Fill, o lockedOffer) (State, error) {
	broken, seats, err := s.judgeTx(ctx, tx, t.Cooperative, o.Member, t.Shift)
	if err != nil {
		return o.State, err
	}
	for _, rule := range personal() {
		if slices.Contains(broken, rule) {
			return Withdrawn, nil
		}
	}
	_, err = s.jobs.ConfirmTx(ctx, tx, t.Cooperative, t.Shift, o.Member, seats...)
	switch {
	case errors.Is(err, jobs.ErrNoSeat), errors.Is(err, jobs.ErrNotPrepaid): // until money comes that the client pays beforehand
		return Reserve, nil
	case errors.Is(err, jobs.ErrBusy), errors.Is(err, jobs.ErrStarted), errors.Is(err, members.ErrNotFound), errors.Is(err, jobs.ErrUnlawful):
		return Withdrawn, nil // they work elsewhere, the work is off, or the gig page says why to who runs it
	}
	return Confirmed, err
}

// decideTx moves the offer, and tells the member unless there is nothing to tell.
func (s *Service) decideTx(ctx context.Context, tx pgx.Tx, t Fill, o lockedOffer, to State) error {
	to, err := o.State.To(to)
	if err != nil {
		return err
	}
	if err := markDecided(ctx, tx, t.Cooperative, o.ID, to, s.now()); err != nil {
		return err
	}
	if err := s.noteTx(ctx, tx, t.Cooperative, o.Member, o.ID, to); err != nil || to == Expired {
		return err
	}
	if to == Confirmed && !o.Starts.After(s.now()) { // they are waited for
		return s.notifyTx(ctx, tx, t.Cooperative, members.Notice{Member: o.Member, AtOnce: true, Task: OfferDecided{Offer: o.ID, Cooperative: t.Cooperative}})
	}
	return s.decidedTx(ctx, tx, t.Cooperative, o.Member, o.ID, o.Starts)
}

// thankTx ends the wait of those who asked, since the shift is full or off, and
// of those in reserve when it has begun or is off.
// Until then a seat may come free, so it looks again when the shift begins. While
// the gig is paused both wait, for it may go on.
func (s *Service) thankTx(ctx context.Context, tx pgx.Tx, t Fill, w Work) error {
	if w.Paused && !w.Begun {
		return s.againTx(ctx, tx, t, w.Starts)
	}
	if err := s.endAsksTx(ctx, tx, t.Cooperative, t.Shift); err != nil {
		return err
	}
	if w.Open && !w.Begun {
		return s.againTx(ctx, tx, t, w.Starts)
	}
	list, err := lockOffers(ctx, tx, t.Cooperative, t.Shift, Reserve)
	if err != nil {
		return err
	}
	for _, o := range list {
		if err := s.decideTx(ctx, tx, t, o, Thanked); err != nil {
			return err
		}
	}
	return nil
}

// againTx lets the task come again at that moment. It has no key: a task that
// comes too early must be able to follow itself.
func (s *Service) againTx(ctx context.Context, tx pgx.Tx, t Fill, due time.Time) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: t.Cooperative, Lane: tasks.Hi, Due: due})
	return err
}
