package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// AgreeSettlement is a second coordinator's yes: that much of what was asked back is
// over. It returns ErrOwnBack to whoever asked, ErrBackDecided, members.ErrOneself about
// one's own wage, members.ErrRestricted, and members.ErrNotFound to everybody else.
func (s *Service) AgreeSettlement(ctx context.Context, by members.Actor, settlement SettlementID) error {
	return s.decideSettlement(ctx, by, settlement, SettlementDone, "settlement_agreed", func(tx pgx.Tx, k WageBack, t Settlement) error {
		return s.endSettlementTx(ctx, tx, by.Cooperative, k, t, Hands{Posted: t.askedBy, Approved: by.Role})
	})
}

// RefuseSettlement is a second coordinator's no, TakeSettlementBack ends one's own wish.
// They return the errors of AgreeSettlement.
func (s *Service) RefuseSettlement(ctx context.Context, by members.Actor, settlement SettlementID) error {
	return s.decideSettlement(ctx, by, settlement, SettlementRefused, "settlement_refused", func(tx pgx.Tx, _ WageBack, t Settlement) error {
		return dropSettlement(ctx, tx, by, t.ID, SettlementRefused, s.now())
	})
}

// TakeSettlementBack ends what one asked oneself, before it was decided.
func (s *Service) TakeSettlementBack(ctx context.Context, by members.Actor, settlement SettlementID) error {
	return s.decideSettlement(ctx, by, settlement, SettlementTakenBack, "settlement_taken_back", func(tx pgx.Tx, _ WageBack, t Settlement) error {
		return dropSettlement(ctx, tx, by, t.ID, SettlementTakenBack, s.now())
	})
}

// decideSettlement holds what was asked back while the rule is asked and the step is
// made; of several who decide at once one does.
func (s *Service) decideSettlement(ctx context.Context, by members.Actor, settlement SettlementID, to SettlementStep, what string,
	step func(pgx.Tx, WageBack, Settlement) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		k, t, err := lockSettlement(ctx, tx, by.Cooperative, settlement)
		if err != nil {
			return err
		}
		if err := t.decide(k, by.Person, to); err != nil {
			return err
		}
		if err := step(tx, k, t); err != nil {
			return err
		}
		if err := s.clawbackMovedTx(ctx, tx, by.Cooperative, k); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: k.person, What: what, Ref: k.ref(), Detail: t.detail()})
	})
}
