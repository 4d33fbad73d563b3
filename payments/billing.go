package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// BillReady is the task that tells a client of a new bill.
type BillReady struct {
	Bill        BillID
	Cooperative id.Cooperative
}

// Kind names the task.
func (BillReady) Kind() string { return "payments.bill_ready" }

// BillTx bills agreed work, once. It returns ErrBelowFloor when the rate is
// below the legal floor of one of its days, *NoFigure when that is not known, ErrMinor
// when the member told that they were no adult on the day, and ErrBilled when the
// work was billed before. What was paid beforehand pays it as far as that goes.
func (s *Service) BillTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	if err := s.aboveFloorTx(ctx, tx, w); err != nil {
		return err
	}
	if err := s.adultTx(ctx, tx, c, w); err != nil {
		return err
	}
	bill, lines := id.New[Bill](s.random), w.lines()
	var total Cents
	for i := range lines {
		lines[i].ID = id.New[Line](s.random)
		total += lines[i].Amount
	}
	if err := insertBill(ctx, tx, c, bill, w, total, lines, s.now()); err != nil {
		return err
	}
	if err := s.noteBilledTx(ctx, tx, c, bill, lines); err != nil {
		return err
	}
	if err := s.askPayeesTx(ctx, tx, c, lines); err != nil {
		return err
	}
	paid, err := s.fromDepositTx(ctx, tx, c, w, bill, total, lines)
	if err != nil || paid {
		return err
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, BillReady{Bill: bill, Cooperative: c}, tasks.Opts{Cooperative: c})
	return err
}

// aboveFloorTx looks at each day of the work: a night may end under a new figure.
func (s *Service) aboveFloorTx(ctx context.Context, tx pgx.Tx, w Work) error {
	for _, day := range w.days() {
		floor, err := s.FloorTx(ctx, tx, day)
		if err != nil {
			return err
		}
		if w.Rate < floor {
			return ErrBelowFloor
		}
	}
	return nil
}

// adultTx refuses work of who is known to have been a minor on the day. Of adults
// the floor of their own age is never above the one that aboveFloorTx asks.
func (s *Service) adultTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	minor, err := s.people.MinorTx(ctx, tx, c, w.Member, w.Day)
	if err == nil && minor {
		return ErrMinor
	}
	return err
}

// Bills lists the bills of the acting client, or for a coordinator those of the
// whole cooperative: unpaid first, the oldest of them first, then the newest
// paid ones; at most 200.
func (s *Service) Bills(ctx context.Context, by members.Actor) ([]Bill, error) {
	return listBills(ctx, s.db, by)
}

// Bill finds one of them with its lines. It returns members.ErrNotFound.
func (s *Service) Bill(ctx context.Context, by members.Actor, bill BillID) (Bill, []Line, error) {
	b, err := findBill(ctx, s.db, by, bill)
	if err != nil {
		return Bill{}, nil, err
	}
	lines, err := listLines(ctx, s.db, by.Cooperative, bill)
	return b, lines, err
}

// Addressed gives a bill and whom its client wants told: every contact. It
// returns members.ErrNotFound.
func (s *Service) Addressed(ctx context.Context, c id.Cooperative, bill BillID) (Bill, []members.Person, error) {
	b, client, err := findAnyBill(ctx, s.db, c, bill)
	if err != nil {
		return Bill{}, nil, err
	}
	people, err := listContacts(ctx, s.db, c, client)
	return b, people, err
}
