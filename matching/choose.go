package matching

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
)

// Chosen is the coordinator who chose the member by hand, and the reason that the
// member reads. Every rule held; the points alone did not decide.
type Chosen struct {
	ChosenBy     string
	ChosenWhy    string
	ChosenGone   bool // the reason cannot be read any more
	chosenSealed []byte
}

// MostChosenWhy is how many characters the reason may have.
const MostChosenWhy = 300

func chosenColumn(offer OfferID) string { return "offer.chosen_why@" + offer.String() }

// chosenProblems asks for the reason: nobody chooses a person without one.
func chosenProblems(why string) check.Problems {
	var p check.Problems
	p.Paragraphs("why", why, 1, MostChosenWhy)
	return p
}

// OfferTo asks one member for the shift, by a coordinator and for a reason, whatever
// wave goes on: with the same rules, window and explanation as any other offer. Only
// the points are passed over. The member reads who chose them, and why. It returns
// check.Problems at "why", ErrAskedBefore, jobs.ErrNoSeat, ErrCannotCome when another
// rule does not hold, without saying which: that is the member's; members.ErrRestricted,
// members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) OfferTo(ctx context.Context, by members.Actor, shift jobs.ShiftID, m members.MemberID, why string) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	why = strings.TrimSpace(why)
	if err := chosenProblems(why).Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if err := lockShift(ctx, tx, by.Cooperative, shift); err != nil {
			return err
		}
		if err := lockMember(ctx, tx, by.Cooperative, m); err != nil {
			return err
		}
		_, err := s.chooseTx(ctx, tx, by, shift, m, why)
		return err
	})
}

// chooseTx writes the offer to a locked member of a locked shift, and who chose.
func (s *Service) chooseTx(ctx context.Context, tx pgx.Tx, by members.Actor, shift jobs.ShiftID, m members.MemberID, why string) (offer OfferID, err error) {
	if err := s.askOneTx(ctx, tx, asking{Fill: Fill{Shift: shift, Cooperative: by.Cooperative}, chosen: true}, m, failedForOffer); err != nil {
		return offer, err
	}
	person, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return offer, err
	}
	if offer, err = findOfferOf(ctx, tx, members.Actor{Cooperative: by.Cooperative, Member: m}, shift); err != nil {
		return offer, err
	}
	sealed, err := s.jobs.People().SealTx(ctx, tx, person, chosenColumn(offer), why)
	if err != nil {
		return offer, err
	}
	if err := markChosen(ctx, tx, by, offer, sealed); err != nil {
		return offer, err
	}
	return offer, s.jobs.People().AuditTx(ctx, tx, members.Deed{By: by, For: person, What: "member_asked", Ref: "shift:" + shift.String(), Why: why})
}
