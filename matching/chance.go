package matching

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// Chance is a shift to come, as a member who looks at its gig may ask for it.
type Chance struct {
	Shift    jobs.ShiftID
	Free     int    // seats
	Broken   []Rule // why the member cannot ask; none: they can
	Stops    []Rule // why it is not for them, as Prospects says it: also that they told they cannot work then
	Offer    OfferID
	State    State // of the offer that is there already; empty for none
	ByMember bool  // the member asked for it
}

// Chances looks at each shift of the gig that has not begun, by the rules that
// Ask holds. Nobody but a member has any.
func (s *Service) Chances(ctx context.Context, by members.Actor, gig jobs.GigID) (chances []Chance, err error) {
	if by.Kind != members.RoleMember {
		return nil, nil
	}
	whole := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, s.db, whole, func(tx pgx.Tx) error {
		now := s.now()
		coming, err := listWork(ctx, tx, by.Cooperative, selectOfGig, by.Cooperative, now, now.Add(jobs.RefillLeft), gig)
		if err != nil || len(coming) == 0 {
			return err
		}
		member, err := readSeeker(ctx, tx, by, coming, now)
		if err != nil {
			return err
		}
		had, err := selectOffersOf(ctx, tx, by, gig)
		for _, w := range coming {
			c, o := member.at(w), had[w.Shift]
			chances = append(chances, Chance{Shift: w.Shift, Free: w.Free, Broken: failedForAsk(c, w), Stops: failedForLook(c, w),
				Offer: o.ID, State: o.State, ByMember: o.ByMember})
		}
		return err
	})
	return chances, err
}

// BestOf is what stops the member on the shift that fits best, as Prospects says
// it: of those that have a seat, where any has. It reports false where nothing can
// be said: every shift is begun, or was put to the member already.
func BestOf(chances []Chance) (stops []Rule, said bool) {
	free := slices.ContainsFunc(chances, func(c Chance) bool { return c.Free > 0 })
	for _, c := range chances {
		if c.State == "" && (c.Free > 0 || !free) && (!said || len(c.Stops) < len(stops)) {
			stops, said = c.Stops, true
		}
	}
	return stops, said
}

// HasOffer reports whether the member was asked for the gig, or asked for it, in whatever
// state that is by now.
func (s *Service) HasOffer(ctx context.Context, by members.Actor, gig jobs.GigID) (has bool, err error) {
	if by.Kind != members.RoleMember {
		return false, nil
	}
	return hasOffer(ctx, s.db, by, gig)
}

// offerOf is an offer of one shift to one member.
type offerOf struct {
	ID       OfferID
	State    State
	ByMember bool
}
