package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// Chance is a shift to come, as a member who looks at its gig may ask for it.
type Chance struct {
	Shift    jobs.ShiftID
	Free     int    // seats
	Broken   []Rule // why the member cannot ask; none: they can
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
		shifts, err := selectShifts(ctx, tx, by.Cooperative, gig)
		if err != nil {
			return err
		}
		had, err := selectOffersOf(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		for _, shift := range shifts {
			c, coming, err := s.chanceTx(ctx, tx, by, shift)
			if err != nil {
				return err
			}
			if o, ok := had[shift]; ok {
				c.Offer, c.State, c.ByMember = o.ID, o.State, o.ByMember
			}
			if coming {
				chances = append(chances, c)
			}
		}
		return nil
	})
	return chances, err
}

func (s *Service) chanceTx(ctx context.Context, tx pgx.Tx, by members.Actor, shift jobs.ShiftID) (c Chance, coming bool, err error) {
	w, one, err := s.lookTx(ctx, tx, by, shift)
	return Chance{Shift: shift, Free: w.Free, Broken: failedForAsk(one, w)}, w.Starts.After(s.now()), err
}

// offerOf is an offer of one shift to one member.
type offerOf struct {
	ID       OfferID
	State    State
	ByMember bool
}
