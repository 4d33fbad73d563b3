package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// SeatFreedTx handles jobs.SeatFreed. Whose seat it was is not looked at.
func (s *Service) SeatFreedTx(ctx context.Context, tx pgx.Tx, t jobs.SeatFreed) error {
	return s.refillTx(ctx, tx, Fill{Shift: t.Shift, Cooperative: t.Cooperative})
}

// refillTx gives seats that came free, or came, to those in reserve, by points,
// and tells them; then the next wave is asked at once, or, while one is open, the
// seat is given when it closes.
func (s *Service) refillTx(ctx context.Context, tx pgx.Tx, t Fill) error {
	if err := lockShift(ctx, tx, t.Cooperative, t.Shift); err != nil {
		return ignoreGone(err)
	}
	w, err := selectWork(ctx, tx, t.Cooperative, t.Shift, s.now())
	if err != nil {
		return ignoreGone(err)
	}
	if w.Open || w.Paused {
		if err := s.giveReserveTx(ctx, tx, t, w); err != nil {
			return err
		}
	}
	return s.FillTx(ctx, tx, t)
}

// giveReserveTx gives the free seats to those in reserve, the highest points
// first. Who may not come any more hears that it goes no further; who finds no
// seat of their kind stays where they are, and others may find one.
func (s *Service) giveReserveTx(ctx context.Context, tx pgx.Tx, t Fill, w Work) error {
	free := w.Free
	if free < 1 {
		return nil
	}
	list, err := lockOffers(ctx, tx, t.Cooperative, t.Shift, Reserve)
	if err != nil || len(list) == 0 {
		return err
	}
	var who []members.MemberID
	for _, o := range list {
		who = append(who, o.Member)
	}
	if err := lockMembers(ctx, tx, t.Cooperative, who); err != nil {
		return err
	}
	for _, o := range list {
		if free < 1 {
			return nil
		}
		to, err := s.giveTx(ctx, tx, t, o)
		if err != nil {
			return err
		}
		if to == Reserve {
			continue
		}
		if err := s.decideTx(ctx, tx, t, o, to); err != nil {
			return err
		}
		if to == Confirmed {
			free--
		}
	}
	return nil
}

// ShiftCalledOffTx handles jobs.ShiftCalledOff: whoever was asked, said yes, is in
// reserve or asks for a seat hears that the work is off. What a member asked ends
// with the reason, by the human who called it off.
func (s *Service) ShiftCalledOffTx(ctx context.Context, tx pgx.Tx, t jobs.ShiftCalledOff) error {
	if err := lockShift(ctx, tx, t.Cooperative, t.Shift); err != nil {
		return ignoreGone(err)
	}
	if off, err := isCalledOff(ctx, tx, t.Cooperative, t.Shift); err != nil || !off {
		return err
	}
	fill := Fill{Shift: t.Shift, Cooperative: t.Cooperative}
	list, err := lockOffers(ctx, tx, t.Cooperative, t.Shift, WaitingCoach, Asked, Sent, Yes, Reserve)
	if err != nil {
		return err
	}
	for _, o := range list {
		if err := s.offTx(ctx, tx, fill, o, t.By); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) offTx(ctx context.Context, tx pgx.Tx, t Fill, o lockedOffer, who members.RoleID) error {
	switch o.State {
	case Asked:
		a := lockedAsk{ID: o.ID, Member: o.Member, Shift: t.Shift, State: o.State, Until: o.Until, Starts: o.Starts}
		return s.endAskTx(ctx, tx, t.Cooperative, a, decision{to: Refused, by: who, why: GigChanged})
	case Reserve:
		return s.decideTx(ctx, tx, t, o, Thanked)
	default:
		return s.decideTx(ctx, tx, t, o, Withdrawn)
	}
}
