package matching

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// AskedSeat is a seat that a member asked for, as those who decide see it: who asks
// fits. Until it is agreed a client reads a card without a name.
type AskedSeat struct {
	ID OfferID
	jobs.Seat
	State  State     // of one whose work is off by now: withdrawn
	Until  time.Time // to decide
	Member string    // the name; to a client only once it is agreed
	Helper string    // who asked in their name; shown with it
	Card   Card
	Says   []Said // why they fit, as a client may know it; while the card is for reading
}

// Card is what a client reads of a member who asks for a seat, while it waits and
// once it is agreed; the member reads beforehand what stands on it. It has no field
// for what they cannot do or need, and of what they can only what the gig asks.
type Card struct {
	PlaceName string          // where they come from
	Can       []members.Skill // of what the gig asks, without what they are learning
	Been      bool            // worked for this client before; not how often, which may say who it is
}

// Open reports whether it waits for a decision.
func (a AskedSeat) Open(now time.Time) bool { return a.State == Asked && now.Before(a.Until) }

// RefusedWhy is why what a member asked is refused.
type RefusedWhy string

// The reasons.
const (
	SomebodyElse RefusedWhy = "somebody_else"
	OtherSkills  RefusedWhy = "other_skills"
	GigChanged   RefusedWhy = "gig_changed"
	OtherReason  RefusedWhy = "something_else"
)

// RefusedWhys lists them.
func RefusedWhys() []RefusedWhy {
	return []RefusedWhy{SomebodyElse, OtherSkills, GigChanged, OtherReason}
}

// Refusal is a no to what a member asked.
type Refusal struct {
	Why  RefusedWhy
	Text string // of the one who decided; may be empty, and is in lists
	Gone bool   // there was a text, and it cannot be read any more
}

// textColumn is what the text is bound to, beside the member's person.
func textColumn(offer OfferID) string { return "offer.refused_text@" + offer.String() }

// MostRefusal is how long the text of a refusal may be.
const MostRefusal = 300

func (r Refusal) problems() check.Problems {
	var p check.Problems
	check.OneOf(&p, "why", r.Why, RefusedWhys()...)
	p.Text("text", r.Text, 0, MostRefusal)
	return p
}

// AskedSeats lists what waits for the actor's decision, what ends first on top:
// to a client of their own gigs, to a coordinator of all; nothing to others.
func (s *Service) AskedSeats(ctx context.Context, by members.Actor) ([]AskedSeat, error) {
	return listAskedSeats(ctx, s.db, by, s.now())
}

// AskedSeat finds one of them, decided or not. It returns members.ErrNotFound.
func (s *Service) AskedSeat(ctx context.Context, by members.Actor, offer OfferID) (AskedSeat, error) {
	return findAskedSeat(ctx, s.db, by, offer)
}

// Deciders gives what was asked as those see it who decide, and who they are:
// the client's contacts, or the coordinators where a client has none who may. It
// returns members.ErrNotFound.
func (s *Service) Deciders(ctx context.Context, c id.Cooperative, offer OfferID) (Offer, []members.Person, error) {
	o, _, err := findAddressed(ctx, s.db, c, offer)
	if err != nil {
		return o, nil, err
	}
	people, err := listDeciders(ctx, s.db, c, offer)
	return o, people, err
}

// Grant gives the seat that the member asked for, by the client of the gig or a
// coordinator. It returns ErrDecided for a second decision, jobs.ErrNoSeat,
// jobs.ErrStarted, ErrNotOpen and ErrCannotCome when there is no seat to give any
// more, which then is told to the member too, what is jobs.ErrUnlawful of the gig, members.ErrRestricted, and
// members.ErrNotFound to everybody else.
func (s *Service) Grant(ctx context.Context, by members.Actor, offer OfferID) error {
	var outcome error
	err := s.decide(ctx, by, offer, func(tx pgx.Tx, a lockedAsk) (err error) {
		if err = members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		outcome, err = s.grantTx(ctx, tx, by, a)
		return err
	})
	return cmp.Or(err, outcome)
}

// Refuse says no to what the member asked. Errors are check.Problems at "why"
// and "text", ErrDecided, members.ErrNoKey for a text, and members.ErrNotFound.
func (s *Service) Refuse(ctx context.Context, by members.Actor, offer OfferID, r Refusal) error {
	if err := r.problems().Err(); err != nil {
		return err
	}
	return s.decide(ctx, by, offer, func(tx pgx.Tx, a lockedAsk) error {
		who, err := findPersonOf(ctx, tx, by.Cooperative, a.Member)
		if err != nil {
			return err
		}
		sealed, err := s.jobs.People().SealGivenTx(ctx, tx, who, textColumn(a.ID), r.Text)
		if err != nil {
			return err
		}
		return s.endAskTx(ctx, tx, by.Cooperative, a, decision{to: Refused, by: by.Role, why: r.Why, text: sealed})
	})
}

// decide lets one decision at a time look at an ask that can be decided.
func (s *Service) decide(ctx context.Context, by members.Actor, offer OfferID, how func(pgx.Tx, lockedAsk) error) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		shift, err := findShiftToDecide(ctx, tx, by, offer)
		if err != nil {
			return err
		}
		if err := lockShift(ctx, tx, by.Cooperative, shift); err != nil { // before the offer, as a wave does
			return err
		}
		a, err := lockAsk(ctx, tx, by.Cooperative, offer)
		if err != nil {
			return err
		}
		if a.State != Asked || !s.now().Before(a.Until) {
			return ErrDecided
		}
		return how(tx, a)
	})
}

// grantTx gives the seat, or ends the ask when that cannot be; the outcome says
// why not.
func (s *Service) grantTx(ctx context.Context, tx pgx.Tx, by members.Actor, a lockedAsk) (outcome, err error) {
	if err := lockMember(ctx, tx, by.Cooperative, a.Member); err != nil {
		return nil, err
	}
	broken, seats, err := s.judgeTx(ctx, tx, by.Cooperative, a.Member, a.Shift)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(personal(), func(r Rule) bool { return slices.Contains(broken, r) }) {
		outcome = ErrCannotCome
	} else {
		_, outcome = s.jobs.ConfirmTx(ctx, tx, by.Cooperative, a.Shift, a.Member, seats...)
	}
	d := decision{to: Confirmed, by: by.Role}
	switch {
	case outcome == nil:
	case errors.Is(outcome, ErrCannotCome), errors.Is(outcome, jobs.ErrBusy), jobs.OfMember(outcome):
		d.to, outcome = Withdrawn, ErrCannotCome
	case errors.Is(outcome, jobs.ErrUnlawful):
		d.to = Withdrawn
	case errors.Is(outcome, members.ErrNotFound):
		d, outcome = decision{to: Expired}, ErrNotOpen
	case errors.Is(outcome, jobs.ErrNoSeat), errors.Is(outcome, jobs.ErrStarted):
		d = decision{to: Expired}
	default:
		return nil, outcome
	}
	if err := s.endAskTx(ctx, tx, by.Cooperative, a, d); err != nil {
		return nil, err
	}
	return outcome, s.endIfFullTx(ctx, tx, by.Cooperative, a.Shift)
}

// endIfFullTx ends what others asked when that was the last seat.
func (s *Service) endIfFullTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift jobs.ShiftID) error {
	w, err := selectWork(ctx, tx, c, shift, s.now())
	if err != nil || w.Open && w.Free > 0 {
		return err
	}
	return s.endAsksTx(ctx, tx, c, shift)
}

// endAsksTx ends all that waits for a decision on a shift that has no seat to
// give.
func (s *Service) endAsksTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift jobs.ShiftID) error {
	list, err := lockOffers(ctx, tx, c, shift, Asked)
	if err != nil {
		return err
	}
	for _, o := range list {
		a := lockedAsk{ID: o.ID, Member: o.Member, Shift: shift, State: o.State, Until: o.Until, Starts: o.Starts}
		if err := s.endAskTx(ctx, tx, c, a, decision{to: Expired}); err != nil {
			return err
		}
	}
	return nil
}

// decision is how an ask ends; by is nobody's role when nobody decided.
type decision struct {
	to   State
	by   members.RoleID
	why  RefusedWhy
	text []byte // sealed
}

// endAskTx moves the ask, by way of yes where it was granted, and tells the
// member.
func (s *Service) endAskTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, a lockedAsk, d decision) (err error) {
	from := a.State
	if d.to == Confirmed || d.to == Withdrawn {
		if from, err = from.To(Yes); err != nil {
			return err
		}
	}
	if _, err = from.To(d.to); err != nil {
		return err
	}
	if err := markAskDecided(ctx, tx, c, a.ID, d, s.now()); err != nil {
		return err
	}
	if err := s.noteAskTx(ctx, tx, c, a.Member, a.ID, d.to); err != nil {
		return err
	}
	return s.decidedTx(ctx, tx, c, a.Member, a.ID, a.Starts)
}

// AskOverTx handles AskOver. What is decided already stays; a task that came too
// early, by somebody's clock, comes again.
func (s *Service) AskOverTx(ctx context.Context, tx pgx.Tx, t AskOver) error {
	a, err := lockAsk(ctx, tx, t.Cooperative, t.Offer)
	if err != nil || a.State != Asked {
		return ignoreGone(err)
	}
	if s.now().Before(a.Until) {
		return s.askOverAtTx(ctx, tx, t, a.Until)
	}
	return s.endAskTx(ctx, tx, t.Cooperative, a, decision{to: Expired})
}
