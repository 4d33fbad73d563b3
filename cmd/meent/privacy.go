package main

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/owndata"
	"meent/members"
	"meent/web"
)

// privacy reads and erases what all domains keep about one person.
type privacy struct {
	db *pgxpool.Pool
	*services
}

// Export gives all of it, of one moment: no change is seen half.
func (p privacy) Export(ctx context.Context, person members.PersonID) (parts []web.OwnPart, err error) {
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, p.db, snapshot, func(tx pgx.Tx) error {
		for _, domain := range p.keepers() {
			tables, err := domain.export(ctx, tx, person)
			if err != nil {
				return err
			}
			parts = append(parts, web.OwnPart{Name: domain.name, Tables: tables})
		}
		return nil
	})
	return parts, err
}

// keeper is a domain that keeps something about people.
type keeper struct {
	name   string
	export func(context.Context, pgx.Tx, members.PersonID) ([]owndata.Table, error)
}

func (p privacy) keepers() []keeper {
	return []keeper{
		{"members", p.members.ExportTx}, {"coaching", p.coaching.ExportTx}, {"payments", p.payments.ExportTx},
		{"jobs", p.jobs.ExportTx}, {"matching", p.matching.ExportTx},
	}
}

// Holds gives what must end before the person can be erased.
func (p privacy) Holds(ctx context.Context, person members.PersonID) (holds []members.Hold, err error) {
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, p.db, snapshot, func(tx pgx.Tx) error {
		holds, err = p.holdsTx(ctx, tx, person)
		return err
	})
	return holds, err
}

// holdsTx asks the domains that can hold somebody, and gives the holds in the
// order of pages. Work is asked before money: what is agreed between the two
// questions has its bill by the second.
func (p privacy) holdsTx(ctx context.Context, tx pgx.Tx, person members.PersonID) (holds []members.Hold, err error) {
	var found []members.Hold
	for _, ask := range []func(context.Context, pgx.Tx, members.PersonID) ([]members.Hold, error){p.members.HoldsTx, p.jobs.HoldsTx, p.payments.HoldsTx} {
		some, err := ask(ctx, tx, person)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	for _, hold := range members.Holds() {
		if slices.Contains(found, hold) {
			holds = append(holds, hold)
		}
	}
	return holds, nil
}

// Erase erases the person in all domains or in none. It returns *members.Held
// when something must end first, and members.ErrNotFound for who is erased.
func (p privacy) Erase(ctx context.Context, person members.PersonID) error {
	return pgx.BeginFunc(ctx, p.db, func(tx pgx.Tx) error {
		erasing, err := p.members.BeginErasingTx(ctx, tx, person)
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
		return p.eraseTx(ctx, tx, erasing)
	})
}

// eraseTx goes from right to left: members come last, since the others find by
// them what is the person's.
func (p privacy) eraseTx(ctx context.Context, tx pgx.Tx, e members.Erasing) error {
	if err := p.matching.EraseTx(ctx, tx, e); err != nil {
		return err
	}
	if err := p.jobs.EraseTx(ctx, tx, e); err != nil {
		return err
	}
	billed, err := p.payments.EraseTx(ctx, tx, e)
	if err != nil {
		return err
	}
	if err := p.coaching.EraseTx(ctx, tx, e); err != nil {
		return err
	}
	return p.members.EraseTx(ctx, tx, e, billed)
}
