package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
)

// SeatsChangedTx handles jobs.SeatsChanged: who is in reserve gets a seat that
// came, then others are asked. Where seats went, nobody waits for them.
func (s *Service) SeatsChangedTx(ctx context.Context, tx pgx.Tx, t jobs.SeatsChanged) error {
	for _, shift := range t.Shifts {
		fill := Fill{Shift: shift, Cooperative: t.Cooperative}
		if len(t.Shifts) > 1 { // new ones, and each has a turn of its own
			if err := s.againTx(ctx, tx, fill, s.now()); err != nil {
				return err
			}
			continue
		}
		if err := s.refillTx(ctx, tx, fill); err != nil {
			return err
		}
	}
	return nil
}

// ShiftRemovedTx handles jobs.ShiftRemoved: nobody waits for it any more, and
// everybody who did hears that.
func (s *Service) ShiftRemovedTx(ctx context.Context, tx pgx.Tx, t jobs.ShiftRemoved) error {
	fill := Fill{Shift: t.Shift, Cooperative: t.Cooperative}
	if err := lockShift(ctx, tx, t.Cooperative, t.Shift); err != nil {
		return ignoreGone(err)
	}
	if err := s.endAsksTx(ctx, tx, t.Cooperative, t.Shift); err != nil {
		return err
	}
	list, err := lockOffers(ctx, tx, t.Cooperative, t.Shift, WaitingCoach, Sent, Yes, Reserve)
	if err != nil {
		return err
	}
	for _, o := range list {
		if err := s.decideTx(ctx, tx, fill, o, Withdrawn); err != nil {
			return err
		}
	}
	return nil
}
