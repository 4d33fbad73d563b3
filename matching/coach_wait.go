package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// waiting is an offer that nobody else sends on or closes meanwhile.
type waiting struct {
	ID         OfferID
	Member     members.MemberID
	Shift      jobs.ShiftID
	State      State
	Until      time.Time
	CoachUntil time.Time
	Starts     time.Time // of the shift
}

func (s *Service) lockWaitingTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, offer OfferID) (o waiting, err error) {
	shift, member, err := findShiftOf(ctx, tx, c, offer)
	if err != nil {
		return o, err
	}
	if err := lockShift(ctx, tx, c, shift); err != nil {
		return o, err
	}
	if o, err = lockWaiting(ctx, tx, c, offer); err != nil {
		return o, err
	}
	return o, lockMember(ctx, tx, c, member)
}

// sendOnTx sends the offer to its member; by is nobody's role when its time with
// the coach is over. When a rule no longer holds it ends, and the member hears it.
func (s *Service) sendOnTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, o waiting, by members.RoleID) (sent bool, err error) {
	w, who, err := s.lookTx(ctx, tx, members.Actor{Cooperative: c, Member: o.Member}, o.Shift)
	if err != nil {
		return false, err
	}
	who.Rails.PassedOn = who.Rails.PassedOn || !by.IsZero() // they come along
	broken := failed(who, w)
	for _, rule := range append(personal(), SeatRule) {
		if slices.Contains(broken, rule) {
			if err := markDecided(ctx, tx, c, o.ID, Withdrawn, s.now()); err != nil {
				return false, err
			}
			return false, s.toldWithdrawnTx(ctx, tx, c, o)
		}
	}
	if err := markSentOn(ctx, tx, c, o.ID, by, s.now()); err != nil {
		return false, err
	}
	if err := s.noteTx(ctx, tx, c, o.Member, o.ID, Sent); err != nil {
		return false, err
	}
	return true, s.notifyTx(ctx, tx, c, members.Notice{Member: o.Member, Task: OfferSent{Offer: o.ID, Cooperative: c}})
}

func (s *Service) toldWithdrawnTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, o waiting) error {
	if err := s.noteTx(ctx, tx, c, o.Member, o.ID, Withdrawn); err != nil {
		return err
	}
	return s.decidedTx(ctx, tx, c, o.Member, o.ID, o.Starts)
}
