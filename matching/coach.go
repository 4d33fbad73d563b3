package matching

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
	"meent/members/coaching"
)

// Held is what the member's coach has to do with an offer, where it is agreed
// that the coach sees it first.
type Held struct {
	CoachUntil time.Time // when it goes to the member by itself; zero: no coach sees it
	HeldBack   time.Time // when the coach said: not this one; zero: they did not
	HeldBy     string
	HeldWhy    string
	HeldGone   bool // the reason cannot be read any more
	heldSealed []byte
}

// MostHeldWhy is how many characters a coach's reason may have.
const MostHeldWhy = 300

func heldColumn(offer OfferID) string { return "offer.held_why@" + offer.String() }

// WithCoach is an offer that waits for the coach who sees it first.
type WithCoach struct {
	Offer
	ComeAlong bool // nobody there helps: who passes it on comes along
	Says      []Said
}

// WithCoach lists the offers to a member that wait for the acting coach, what
// goes on first on top, each with as much of why the member is asked as they let the
// coach read. That the coach reads is noted in the member's access log. It returns members.ErrNotGranted, and members.ErrNotFound to everybody but
// the member's coach.
func (s *Service) WithCoach(ctx context.Context, by members.Actor, m members.MemberID) (list []WithCoach, err error) {
	err = s.jobs.People().NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := s.mayCoachTx(ctx, tx, by, m); err != nil {
			return err
		}
		offers, err := listWithCoach(ctx, tx, by.Cooperative, m, s.now())
		if err != nil || len(offers) == 0 {
			return err
		}
		may, err := s.mayReadTx(ctx, tx, by, m)
		if err != nil {
			return err
		}
		for _, o := range offers {
			w, c, err := s.lookTx(ctx, tx, members.Actor{Cooperative: by.Cooperative, Member: m}, o.Shift.ID)
			if err != nil {
				return err
			}
			says := o.Explanation.Says(ToCoach, may...)
			o.Explanation = Explanation{}
			list = append(list, WithCoach{Offer: o, ComeAlong: !RailFirstRule.holds(c, w) || !SupportRule.holds(c, w), Says: says})
		}
		return nil
	}))
	return list, err
}

// mayCoachTx admits the coach who follows the member now, with a live grant.
func (s *Service) mayCoachTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) error {
	if by.Kind != members.RoleCoach {
		return members.ErrNotFound
	}
	if err := coaching.FollowsTx(ctx, tx, by, m, s.now()); err != nil {
		return err
	}
	_, err := s.jobs.People().ReadTx(ctx, tx, by, m, members.OffersScope)
	return err
}

// mayReadTx gives what a coach may read of why the member is asked. What they read so
// is noted.
func (s *Service) mayReadTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) (may []members.Scope, err error) {
	for _, scope := range []members.Scope{members.OffersScope, members.ProfileScope, members.AgendaScope, members.HoursScope} {
		_, err := s.jobs.People().ReadTx(ctx, tx, by, m, scope)
		switch {
		case err == nil:
			may = append(may, scope)
		case !errors.Is(err, members.ErrNotGranted):
			return nil, err
		}
	}
	return may, nil
}

// PassOn sends an offer on to its member, by the coach who follows them now. It
// returns ErrDecided when it does not wait for a coach any more, ErrCannotCome
// when a rule no longer holds, which is told to the member,
// members.ErrRestricted, and errors as WithCoach does.
func (s *Service) PassOn(ctx context.Context, by members.Actor, offer OfferID) error {
	var outcome error
	err := s.asCoach(ctx, by, offer, func(tx pgx.Tx, o waiting) error {
		sent, err := s.sendOnTx(ctx, tx, by.Cooperative, o, by.Role)
		if err == nil && !sent {
			outcome = ErrCannotCome
		}
		if err != nil {
			return err
		}
		return s.coachDidTx(ctx, tx, by, o, "offer_passed_on")
	})
	return cmp.Or(err, outcome)
}

// HoldBack says: not this one. The member reads why, and can still ask for the
// shift. Errors are check.Problems at "why", members.ErrNoKey, and those of PassOn.
func (s *Service) HoldBack(ctx context.Context, by members.Actor, offer OfferID, why string) error {
	why = strings.TrimSpace(why)
	var p check.Problems
	p.Paragraphs("why", why, 1, MostHeldWhy)
	if err := p.Err(); err != nil {
		return err
	}
	return s.asCoach(ctx, by, offer, func(tx pgx.Tx, o waiting) error {
		person, err := findPersonOf(ctx, tx, by.Cooperative, o.Member)
		if err != nil {
			return err
		}
		sealed, err := s.jobs.People().SealTx(ctx, tx, person, heldColumn(offer), why)
		if err != nil {
			return err
		}
		if err := markHeldBack(ctx, tx, by, offer, sealed, s.now()); err != nil {
			return err
		}
		if err := s.toldWithdrawnTx(ctx, tx, by.Cooperative, o); err != nil {
			return err
		}
		return s.coachDidTx(ctx, tx, by, o, "offer_held_back")
	})
}

func (s *Service) coachDidTx(ctx context.Context, tx pgx.Tx, by members.Actor, o waiting, what string) error {
	person, err := findPersonOf(ctx, tx, by.Cooperative, o.Member)
	if err != nil {
		return err
	}
	return s.jobs.People().AuditTx(ctx, tx, members.Deed{By: by, For: person, What: what, Ref: "offer:" + o.ID.String()})
}

// asCoach lets one coach at a time do something with an offer that waits for
// them. It locks in the order in which a wave does. A refusal stands in the
// member's access log.
func (s *Service) asCoach(ctx context.Context, by members.Actor, offer OfferID, do func(pgx.Tx, waiting) error) error {
	return s.jobs.People().NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if by.Kind == members.RoleCoach {
			if err := members.MayTakeTx(ctx, tx, by); err != nil {
				return err
			}
		}
		o, err := s.lockWaitingTx(ctx, tx, by.Cooperative, offer)
		if err != nil {
			return err
		}
		if err := s.mayCoachTx(ctx, tx, by, o.Member); err != nil {
			return err
		}
		if o.State != WaitingCoach || !s.now().Before(o.Until) {
			return ErrDecided
		}
		return do(tx, o)
	}))
}

// CoachTimeTx handles CoachTime: what still waits for a coach goes to the member,
// without anybody's doing. A task that came too early, by somebody's clock, comes
// again.
func (s *Service) CoachTimeTx(ctx context.Context, tx pgx.Tx, t CoachTime) error {
	o, err := s.lockWaitingTx(ctx, tx, t.Cooperative, t.Offer)
	if errors.Is(err, members.ErrNotFound) || err == nil && o.State != WaitingCoach {
		return nil
	}
	if err != nil {
		return err
	}
	switch now := s.now(); {
	case now.Before(o.CoachUntil):
		return s.coachTimeAtTx(ctx, tx, t, o.CoachUntil)
	case !now.Before(o.Until): // nobody worked on tasks for so long
		if err := markDecided(ctx, tx, t.Cooperative, o.ID, Withdrawn, now); err != nil {
			return err
		}
		return s.toldWithdrawnTx(ctx, tx, t.Cooperative, o)
	}
	_, err = s.sendOnTx(ctx, tx, t.Cooperative, o, members.RoleID{})
	return err
}

// CoachRailEndedTx handles coaching.CoachRailEnded: what waits for the coach goes
// to the member now, unless the two have agreed anew that the coach looks first.
func (s *Service) CoachRailEndedTx(ctx context.Context, tx pgx.Tx, t coaching.CoachRailEnded) error {
	agreed, err := coaching.RailsTx(ctx, tx, t.Cooperative, []members.MemberID{t.Member}, s.now())
	if err != nil || agreed[t.Member].CoachFirst {
		return err
	}
	offers, err := hurryWaiting(ctx, tx, t.Cooperative, t.Member, s.now())
	if err != nil {
		return err
	}
	for _, offer := range offers {
		if err := s.coachTimeAtTx(ctx, tx, CoachTime{Offer: offer, Cooperative: t.Cooperative}, s.now()); err != nil {
			return err
		}
	}
	return nil
}
