package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/payments"
)

// Lowest is the lowest rate that a gig may have.
type Lowest struct {
	First, Last LowestOn       // the first and the last day; zero without shifts
	Own         payments.Cents // of the cooperative; 0 for none
}

// LowestOn is what the law asks on a day; 0 is not known yet.
type LowestOn struct {
	Day  payments.Day
	Rate payments.Cents
}

// Differs reports whether the law asks something else on the last day.
func (l Lowest) Differs() bool { return l.First.Rate != l.Last.Rate }

// Lowest says what the law and the cooperative ask for the days of a gig. The
// caller has seen that the actor runs it. It is an explanation: Open decides.
func (s *Service) Lowest(ctx context.Context, by members.Actor, gig GigID) (l Lowest, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		l, err = s.lowestTx(ctx, tx, by, gig)
		return err
	})
	return l, err
}

func (s *Service) lowestTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (l Lowest, err error) {
	settings, err := s.people.SettingsTx(ctx, tx, by.Cooperative)
	if err != nil {
		return l, err
	}
	l.Own = payments.Cents(settings.LowestRate)
	w, err := findWhen(ctx, tx, by, gig)
	if err != nil || len(w.Shifts) == 0 {
		return l, err
	}
	first, last := w.Shifts[0].Shift().Days()[0], payments.Day("")
	for _, shift := range w.Shifts {
		for _, day := range shift.Shift().Days() {
			last = max(last, day)
		}
	}
	floors, err := s.floorsTx(ctx, tx, []payments.Day{first, last})
	l.First, l.Last = LowestOn{first, floors[first]}, LowestOn{last, floors[last]}
	return l, err
}

// HourPrice is what an hour of one person costs at this rate.
func HourPrice(rate payments.Cents, contribution members.BasisPoints) Price {
	return priceOf(rate, contribution)
}
