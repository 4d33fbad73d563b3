package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// reported is what the coach's side may hear of each state. Why somebody says
// no is not part of it, and nothing of it comes back: no rule or point reads a
// fact.
func reported() map[State]coaching.Kind {
	return map[State]coaching.Kind{
		Sent: coaching.OfferSent, Yes: coaching.OfferYes, No: coaching.OfferNo, Expired: coaching.OfferExpired, Withdrawn: coaching.OfferWithdrawn,
		Confirmed: coaching.Confirmed, Reserve: coaching.OfferReserve, Asked: coaching.SeatAsked, Refused: coaching.SeatRefused, Thanked: coaching.OfferThanked,
	}
}

// noteTx reports that an offer has come into this state.
func noteTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, offer OfferID, s State, at time.Time) error {
	return coaching.NoteTx(ctx, tx, coaching.Fact{Cooperative: c, Member: m, Kind: reported()[s], At: at, Ref: offer.String()})
}
