package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
)

// mostAsked is how many questions of one member may wait for an answer.
const mostAsked = 10

// SeatAsked is the task that tells the client that a member asks for a seat.
type SeatAsked struct {
	Offer       OfferID
	Cooperative id.Cooperative
}

// AskOver is the task that ends an ask which nobody decided in time.
type AskOver struct {
	Offer       OfferID
	Cooperative id.Cooperative
}

// The kinds of the tasks.
func (SeatAsked) Kind() string { return "matching.seat_asked" }
func (AskOver) Kind() string   { return "matching.ask_over" }

// Ask asks for a seat on the shift, by the member. The client of the gig or a
// coordinator decides. It reports false for a shift for which the member asked,
// or was asked, before: that stays as it is. It returns *Broken with the rules
// that do not hold, ErrManyAsked, members.ErrRestricted, and members.ErrNotFound
// to everybody else and for a shift of another cooperative.
func (s *Service) Ask(ctx context.Context, by members.Actor, shift jobs.ShiftID) (offer OfferID, asked bool, err error) {
	if by.Kind != members.RoleMember {
		return offer, false, members.ErrNotFound
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if err := lockShift(ctx, tx, by.Cooperative, shift); err != nil {
			return err
		}
		if err := lockMember(ctx, tx, by.Cooperative, by.Member); err != nil {
			return err
		}
		offer, err = findOfferOf(ctx, tx, by, shift)
		if err != nil || !offer.IsZero() {
			return err
		}
		asked = true
		offer, err = s.askedTx(ctx, tx, by, shift)
		return err
	})
	return offer, asked && err == nil, err
}

// askedTx writes the ask when the rules hold. That other offers wait for the
// member is no reason to refuse a question.
func (s *Service) askedTx(ctx context.Context, tx pgx.Tx, by members.Actor, shift jobs.ShiftID) (OfferID, error) {
	w, c, err := s.lookTx(ctx, tx, by, shift)
	if err != nil {
		return OfferID{}, err
	}
	if rules := failedForAsk(c, w); len(rules) > 0 {
		return OfferID{}, &Broken{Rules: rules}
	}
	waiting, err := countAsked(ctx, tx, by)
	if err != nil {
		return OfferID{}, err
	}
	if waiting >= mostAsked {
		return OfferID{}, ErrManyAsked
	}
	weights, err := findWeights(ctx, tx, by.Cooperative)
	if err != nil {
		return OfferID{}, err
	}
	offer, until := id.New[Offer](s.random), decideBefore(s.now(), w.Starts)
	offer, err = insertAsk(ctx, tx, by, w, offer, Ranked{Member: c.Member, Explanation: explain(c, w, weights)}, s.now(), until)
	if err != nil {
		return OfferID{}, err
	}
	if err := s.noteAskTx(ctx, tx, by.Cooperative, by.Member, offer, Asked); err != nil {
		return OfferID{}, err
	}
	if err := s.announceAskTx(ctx, tx, by.Cooperative, offer, until); err != nil {
		return OfferID{}, err
	}
	return offer, s.helpedTx(ctx, tx, by, "helped_ask", offer)
}

func (s *Service) announceAskTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, offer OfferID, until time.Time) error {
	if err := s.tellTx(ctx, tx, c, SeatAsked{Offer: offer, Cooperative: c}); err != nil {
		return err
	}
	return s.askOverAtTx(ctx, tx, AskOver{Offer: offer, Cooperative: c}, until)
}

func (s *Service) askOverAtTx(ctx context.Context, tx pgx.Tx, t AskOver, due time.Time) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: t.Cooperative, Due: due})
	return err
}

// lookTx reads the shift and the member as they are now.
func (s *Service) lookTx(ctx context.Context, tx pgx.Tx, by members.Actor, shift jobs.ShiftID) (w Work, c Candidate, err error) {
	if w, err = selectWork(ctx, tx, by.Cooperative, shift, s.now()); err != nil {
		return w, c, err
	}
	found, err := selectCandidates(ctx, tx, w, []members.MemberID{by.Member}, s.now())
	if err == nil && len(found) == 0 {
		err = members.ErrNotFound
	}
	if err != nil {
		return w, c, err
	}
	return w, found[0], nil
}

// failedForAsk are the rules that keep a member from asking. Whoever asks for a
// time says that they can work then, and for work that they can do it: what they
// told before is a warning to themselves.
func failedForAsk(c Candidate, w Work) []Rule {
	rules := slices.DeleteFunc(failed(c, w), func(r Rule) bool { return r == CalmRule || r.askable() })
	if w.Begun && !slices.Contains(rules, SeatRule) {
		rules = append(rules, SeatRule) // nobody has time to decide
	}
	return rules
}

// beforehand is how long before the shift the member wants to know.
const beforehand = 2 * time.Hour

// decideBefore is until when an ask of now can be decided: two hours before
// the shift, or in the middle of the time that is left.
func decideBefore(now, starts time.Time) time.Time {
	left := starts.Sub(now)
	return now.Add(max(left-beforehand, left/2))
}

// Withdraw takes back what the member asked. It costs nothing. It returns
// ErrDecided when there is nothing to take back, and members.ErrNotFound for
// somebody else's.
func (s *Service) Withdraw(ctx context.Context, by members.Actor, offer OfferID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		o, err := lockOffer(ctx, tx, by, offer)
		if err != nil {
			return err
		}
		if o.State != Asked {
			return ErrDecided
		}
		to, err := o.State.To(Withdrawn)
		if err != nil {
			return err
		}
		if err := markDecided(ctx, tx, by.Cooperative, offer, to, s.now()); err != nil {
			return err
		}
		if err := s.noteAskTx(ctx, tx, by.Cooperative, by.Member, offer, to); err != nil {
			return err
		}
		return s.helpedTx(ctx, tx, by, "helped_withdraw", offer)
	})
}
