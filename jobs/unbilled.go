package jobs

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// refusedByLaw reports an answer of payments that only a human can go on from.
func refusedByLaw(err error) bool {
	return errors.Is(err, payments.ErrMinor) || errors.Is(err, payments.ErrBelowFloor) || errors.Is(err, payments.ErrNoFigure)
}

// orTellTx does what bills this work. Where the law refuses the bill, nothing of
// it is done and the coordinators are told: one case never keeps back the rest of
// what happens in this transaction, and is never lost in silence.
func (s *Service) orTellTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, bills func(pgx.Tx) error) (refused bool, err error) {
	err = pgx.BeginFunc(ctx, tx, bills) // a savepoint
	if !refusedByLaw(err) {
		return false, err
	}
	return true, s.tellSheetTx(ctx, tx, c, w, NewsUnbilled, members.RoleCoordinator)
}

// silentOrTellTx is silentTx; hours that the law does not let be billed stay as
// they are, and a week later it is tried again.
func (s *Service) silentOrTellTx(ctx context.Context, tx pgx.Tx, t SheetSilent, w Work) error {
	refused, err := s.orTellTx(ctx, tx, t.Cooperative, w, func(tx pgx.Tx) error { return s.silentTx(ctx, tx, t.Cooperative, w) })
	if err != nil || !refused {
		return err
	}
	return s.timerTx(ctx, tx, t, s.now().Add(SilentAfter))
}
