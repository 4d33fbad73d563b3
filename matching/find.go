package matching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// Fill is the task that asks members for the free seats of a shift, and, when a
// window has closed, first gives the seats to those who said yes.
type Fill struct {
	Shift       jobs.ShiftID
	Cooperative id.Cooperative
}

// Kind names the task.
func (Fill) Kind() string { return "matching.fill" }

// FindTx handles jobs.GigOpened: every shift of the gig looks for its people.
func (s *Service) FindTx(ctx context.Context, tx pgx.Tx, t jobs.GigOpened) error {
	shifts, err := selectShifts(ctx, tx, t.Cooperative, t.ID)
	if err != nil {
		return err
	}
	if len(shifts) == 1 { // at once: a task of its own would be another turn in the queue
		return s.FillTx(ctx, tx, Fill{Shift: shifts[0], Cooperative: t.Cooperative})
	}
	for _, shift := range shifts {
		if err := s.againTx(ctx, tx, Fill{Shift: shift, Cooperative: t.Cooperative}, s.now()); err != nil {
			return err
		}
	}
	return nil
}

// FillTx does the task. A shift that is full, over, or gone needs nothing.
func (s *Service) FillTx(ctx context.Context, tx pgx.Tx, t Fill) error {
	if err := lockShift(ctx, tx, t.Cooperative, t.Shift); err != nil {
		return ignoreGone(err)
	}
	closed, err := s.closeTx(ctx, tx, t)
	if err != nil || closed == stillOpen {
		return err
	}
	w, err := selectWork(ctx, tx, t.Cooperative, t.Shift, s.now())
	if err != nil {
		return ignoreGone(err)
	}
	if !w.Open || w.Free < 1 {
		return s.thankTx(ctx, tx, t, w)
	}
	if closed == withYeses { // who said yes is locked: who is asked next comes in an order of their own
		return s.againTx(ctx, tx, t, s.now())
	}
	return s.askTx(ctx, tx, w)
}

func ignoreGone(err error) error {
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	return err
}

// lookAgain is how soon a shift looks again when there is nobody to ask, and
// lookAnew when there was somebody, whom another shift asked at that moment.
const (
	lookAgain = 2 * time.Hour
	lookAnew  = 250 * time.Millisecond
)

// askTx sends a wave, and looks again when its window closes.
func (s *Service) askTx(ctx context.Context, tx pgx.Tx, w Work) error {
	ranked, err := s.rankTx(ctx, tx, w)
	if err != nil {
		return err
	}
	until, asked := w.window(s.now()), []members.MemberID(nil)
	fit, err := s.stillFitTx(ctx, tx, w, ranked)
	if err != nil {
		return err
	}
	var notices []members.Notice
	for _, one := range fit {
		asked = append(asked, one.Member)
		if one.CoachFirst {
			if err := s.withCoachTx(ctx, tx, w, one, until); err != nil {
				return err
			}
			continue
		}
		told, err := s.offerTx(ctx, tx, w, one, until)
		if err != nil {
			return err
		}
		notices = append(notices, told)
	}
	if err := s.notifyTx(ctx, tx, w.Cooperative, notices...); err != nil {
		return err
	}
	switch {
	case len(asked) > 0:
		if err := s.movedTx(ctx, tx, members.Moved{Cooperative: w.Cooperative, Members: asked}); err != nil {
			return err
		}
	case len(ranked) > 0:
		until = s.now().Add(lookAnew)
	default:
		until = s.now().Add(min(lookAgain, w.last().Sub(s.now()))) // others may be free by then
	}
	return s.againTx(ctx, tx, Fill{Shift: w.Shift, Cooperative: w.Cooperative}, until)
}

// stillFitTx keeps those for whom the rules hold now, whatever the matcher knew.
// All are locked until the transaction ends, in one order for everybody, so that
// several shifts together do not ask too much of somebody.
func (s *Service) stillFitTx(ctx context.Context, tx pgx.Tx, w Work, ranked []Ranked) ([]Ranked, error) {
	var who []members.MemberID
	for _, one := range ranked {
		who = append(who, one.Member)
	}
	if err := lockMembers(ctx, tx, w.Cooperative, who); err != nil || len(who) == 0 {
		return nil, err
	}
	found, err := selectCandidates(ctx, tx, w, who, s.now())
	if err != nil {
		return nil, err
	}
	fits := map[members.MemberID]Candidate{}
	for _, c := range found {
		if len(failedForOffer(c, w)) == 0 {
			fits[c.Member] = c
		}
	}
	var still []Ranked
	for _, one := range ranked {
		if c, fits := fits[one.Member]; fits {
			one.CoachFirst = c.asksCoach()
			still = append(still, one)
		}
	}
	return still, nil
}

// offerTx asks one member, and gives the notice with which they hear of it.
func (s *Service) offerTx(ctx context.Context, tx pgx.Tx, w Work, one Ranked, until time.Time) (told members.Notice, err error) {
	offer := id.New[Offer](s.random)
	told = members.Notice{Member: one.Member, Task: OfferSent{Offer: offer, Cooperative: w.Cooperative}}
	if err := insertOffer(ctx, tx, w, offer, one, s.now(), until); err != nil {
		return told, err
	}
	return told, s.reportTx(ctx, tx, w.Cooperative, one.Member, offer, Sent)
}
