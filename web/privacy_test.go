package web_test

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/owndata"
	"meent/members"
	"meent/payments"
	"meent/web"
)

// privacy joins the domains as the program does: see cmd/meent/privacy.go.
type privacy struct {
	h     *house
	money *payments.Service
}

func (p privacy) Export(ctx context.Context, person members.PersonID) (parts []web.OwnPart, err error) {
	domains := map[string]func(context.Context, pgx.Tx, members.PersonID) ([]owndata.Table, error){
		"members": p.h.members.ExportTx, "coaching": p.h.coaching.ExportTx, "payments": p.money.ExportTx, "jobs": p.h.jobs.ExportTx, "matching": p.h.matching.ExportTx}
	err = pgx.BeginTxFunc(ctx, p.h.db, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		for _, name := range []string{"members", "coaching", "payments", "jobs", "matching"} {
			tables, err := domains[name](ctx, tx, person)
			if err != nil {
				return err
			}
			parts = append(parts, web.OwnPart{Name: name, Tables: tables})
		}
		return nil
	})
	return parts, err
}

func (p privacy) Holds(ctx context.Context, person members.PersonID) (holds []members.Hold, err error) {
	err = pgx.BeginFunc(ctx, p.h.db, func(tx pgx.Tx) error {
		holds, err = p.holdsTx(ctx, tx, person)
		return err
	})
	return holds, err
}

func (p privacy) holdsTx(ctx context.Context, tx pgx.Tx, person members.PersonID) (holds []members.Hold, err error) {
	for _, ask := range []func(context.Context, pgx.Tx, members.PersonID) ([]members.Hold, error){p.h.members.HoldsTx, p.h.jobs.HoldsTx, p.money.HoldsTx} {
		some, err := ask(ctx, tx, person)
		if err != nil {
			return nil, err
		}
		holds = append(holds, some...)
	}
	return holds, nil
}

func (p privacy) Erase(ctx context.Context, person members.PersonID) error {
	return pgx.BeginFunc(ctx, p.h.db, func(tx pgx.Tx) error {
		e, err := p.h.members.BeginErasingTx(ctx, tx, person)
		if err != nil {
			return err
		}
		holds, err := p.holdsTx(ctx, tx, person)
		if err != nil {
			return err
		}
		if len(holds) > 0 {
			return &members.Held{By: holds}
		}
		if err := p.h.matching.EraseTx(ctx, tx, e); err != nil {
			return err
		}
		if err := p.h.jobs.EraseTx(ctx, tx, e); err != nil {
			return err
		}
		billed, err := p.money.EraseTx(ctx, tx, e)
		if err != nil {
			return err
		}
		if err := p.h.coaching.EraseTx(ctx, tx, e); err != nil {
			return err
		}
		return p.h.members.EraseTx(ctx, tx, e, billed)
	})
}
