package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
)

// OfferID identifies an offer.
type OfferID = id.Of[Offer]

// State is where an offer is in its life.
type State string

// The states of an offer. It begins as sent, as asked by the member, or with the
// member's coach, where that is agreed.
const (
	WaitingCoach State = "waiting_coach"

	Asked     State = "asked"
	Sent      State = "sent"
	Yes       State = "yes"
	No        State = "no"
	Refused   State = "refused"
	Expired   State = "expired"
	Withdrawn State = "withdrawn"
	Confirmed State = "confirmed"
	Reserve   State = "reserve"
	Thanked   State = "thanked"
)

// States lists them in the order of an offer's life.
func States() []State {
	return []State{WaitingCoach, Asked, Sent, Yes, No, Refused, Expired, Withdrawn, Confirmed, Reserve, Thanked}
}

func (s State) next() []State {
	switch s {
	case WaitingCoach:
		return []State{Sent, Withdrawn}
	case Asked:
		return []State{Yes, Refused, Expired, Withdrawn}
	case Sent:
		return []State{Yes, No, Expired, Withdrawn}
	case Yes:
		return []State{Confirmed, Reserve, Withdrawn}
	case Reserve:
		return []State{Confirmed, Thanked, Withdrawn}
	default:
		return nil
	}
}

// To moves to another state. It returns *WrongMove.
func (s State) To(to State) (State, error) {
	if !slices.Contains(s.next(), to) {
		return s, &WrongMove{From: s, To: to}
	}
	return to, nil
}

// Reason is why a member says no. It is optional, and no rule or point reads it.
type Reason string

// The reasons; none is "".
const (
	TooFar        Reason = "too_far"
	WrongTime     Reason = "wrong_time"
	NotMyWork     Reason = "not_my_work"
	TooHeavy      Reason = "too_heavy"
	Ill           Reason = "ill"
	SomethingElse Reason = "something_else"
)

// Reasons lists them.
func Reasons() []Reason { return []Reason{TooFar, WrongTime, NotMyWork, TooHeavy, Ill, SomethingElse} }

// Offer is one seat put to one member.
type Offer struct {
	ID OfferID
	jobs.Seat
	State       State
	Explanation Explanation
	Until       time.Time // the window's end; of an ask: until when it can be decided

	ByMember bool      // the member asked for it
	Decided  time.Time // zero while it is not
	Helper   string    // who answered or asked in the name of the member; empty: themselves
	Refusal            // of an ask
	sealed   []byte    // its text as its row has it

	Held   // by the coach, before the member got it
	Chosen // by a coordinator, instead of by the points

	ShiftOff bool // the client called the shift off
	Moved    bool // and gave it another time
}

// Open reports whether the member can answer.
func (o Offer) Open(now time.Time) bool { return o.State == Sent && now.Before(o.Until) }

// Offers lists the member's own offers of shifts that have not ended, those that
// wait for an answer first. The texts of refusals are not read for a list.
func (s *Service) Offers(ctx context.Context, by members.Actor) ([]Offer, error) {
	return listOffers(ctx, s.db, by, s.now())
}

// Offer finds one of the member's own offers. It returns members.ErrNotFound and
// members.ErrNoKey.
func (s *Service) Offer(ctx context.Context, by members.Actor, offer OfferID) (Offer, error) {
	o, err := findOffer(ctx, s.db, by, offer)
	if err != nil {
		return o, err
	}
	if o.State == WaitingCoach || o.State == Withdrawn {
		if o.Held, err = findHeld(ctx, s.db, by, offer); err != nil {
			return o, err
		}
	}
	if o.Explanation.Chosen {
		if o.Chosen, err = findChosen(ctx, s.db, by, offer); err != nil {
			return o, err
		}
	}
	err = s.jobs.People().OpenAll(ctx, s.db, []members.SealedText{
		{Person: by.Person, Column: chosenColumn(o.ID), Sealed: o.chosenSealed, Into: &o.ChosenWhy, Gone: &o.ChosenGone},
		{Person: by.Person, Column: textColumn(o.ID), Sealed: o.sealed, Into: &o.Text, Gone: &o.Gone},
		{Person: by.Person, Column: heldColumn(o.ID), Sealed: o.heldSealed, Into: &o.HeldWhy, Gone: &o.HeldGone},
	})
	return o, err
}

// Addressed gives an offer, without the text of a refusal, and the person to whom it was made, for who tells
// them. It returns members.ErrNotFound.
func (s *Service) Addressed(ctx context.Context, c id.Cooperative, offer OfferID) (Offer, members.Person, error) {
	return findAddressed(ctx, s.db, c, offer)
}

// Accept says yes. The seat is given when the window closes, whoever was first.
// It returns ErrOver after the window or a second answer, members.ErrRestricted,
// and members.ErrNotFound for somebody else's offer.
func (s *Service) Accept(ctx context.Context, by members.Actor, offer OfferID) error {
	return s.answer(ctx, by, offer, Yes, "")
}

// Decline says no, for a reason or for none. It costs nothing, and everybody may.
// Errors are those of Accept, and check.Problems at "reason".
func (s *Service) Decline(ctx context.Context, by members.Actor, offer OfferID, why Reason) error {
	var p check.Problems
	check.OneOf(&p, "reason", why, append(Reasons(), "")...)
	if err := p.Err(); err != nil {
		return err
	}
	return s.answer(ctx, by, offer, No, why)
}

func (s *Service) answer(ctx context.Context, by members.Actor, offer OfferID, answer State, why Reason) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if answer == Yes {
			if err := members.MayTakeTx(ctx, tx, by); err != nil {
				return err
			}
		}
		o, err := lockOffer(ctx, tx, by, offer)
		if err != nil {
			return err
		}
		if _, err := o.State.To(answer); err != nil || !o.Open(s.now()) {
			return ErrOver
		}
		if err := markAnswered(ctx, tx, by, offer, answer, why, s.now()); err != nil {
			return err
		}
		if err := s.noteTx(ctx, tx, by.Cooperative, by.Member, offer, answer); err != nil {
			return err
		}
		if answer == Yes {
			return s.helpedTx(ctx, tx, by, "helped_yes", offer)
		}
		return s.helpedTx(ctx, tx, by, "helped_no", offer)
	})
}

// helpedTx writes down what a helper did in the name of the member.
func (s *Service) helpedTx(ctx context.Context, tx pgx.Tx, by members.Actor, what string, offer OfferID) error {
	return s.jobs.People().HelpedTx(ctx, tx, by, what, "offer:"+offer.String())
}

// OfferSent tells a member about an offer, after the commit.
type OfferSent struct {
	Offer       OfferID
	Cooperative id.Cooperative
}

// OfferDecided tells a member what became of a yes.
type OfferDecided struct {
	Offer       OfferID
	Cooperative id.Cooperative
}

// The kinds of the tasks.
func (OfferSent) Kind() string    { return "matching.offer_sent" }
func (OfferDecided) Kind() string { return "matching.offer_decided" }

// tellTx lets those who decide be told. That never holds up who else is asked.
func (s *Service) tellTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, t tasks.Task) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c, Lane: tasks.Low})
	return err
}

// notifyTx lets members be told, with as little haste towards who else is asked.
func (s *Service) notifyTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, list ...members.Notice) error {
	for i := range list {
		list[i].Opts.Lane = tasks.Low
	}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, list...)
}

// knownBefore is how long before a shift somebody must know whether they work,
// whatever their quiet hours.
const knownBefore = 2 * time.Hour

// decidedTx lets a member be told what became of a yes, or of what they asked.
func (s *Service) decidedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, offer OfferID, starts time.Time) error {
	told := members.Notice{Member: m, Task: OfferDecided{Offer: offer, Cooperative: c}}
	if starts.After(s.now()) {
		told.Before = starts.Add(-knownBefore)
	}
	return s.notifyTx(ctx, tx, c, told)
}
