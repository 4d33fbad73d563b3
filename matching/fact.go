package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
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

// reportTx reports that an offer has come into this state.
func (s *Service) reportTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, offer OfferID, state State) error {
	return coaching.NoteTx(ctx, tx, coaching.Fact{Cooperative: c, Member: m, Kind: reported()[state], At: s.now(), Ref: offer.String()})
}

// noteTx reports it, and lets the member's open pages look again.
func (s *Service) noteTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, offer OfferID, state State) error {
	if err := s.reportTx(ctx, tx, c, m, offer, state); err != nil {
		return err
	}
	return s.movedTx(ctx, tx, members.Moved{Cooperative: c, Members: []members.MemberID{m}})
}

// noteAskTx also lets the client's open pages look again.
func (s *Service) noteAskTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, offer OfferID, state State) error {
	if err := s.reportTx(ctx, tx, c, m, offer, state); err != nil {
		return err
	}
	client, err := findClientOf(ctx, tx, c, offer)
	if err != nil {
		return err
	}
	return s.movedTx(ctx, tx, members.Moved{Cooperative: c, Members: []members.MemberID{m}, Client: client})
}

// movedTx lets open pages look again.
func (s *Service) movedTx(ctx context.Context, tx pgx.Tx, moved members.Moved) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, moved, tasks.Opts{Cooperative: moved.Cooperative})
	return err
}
