package jobs

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
	"meent/payments"
)

// problems is what is wrong with the gig itself, as far as no table is needed.
func (n NewGig) problems(now time.Time) check.Problems {
	var p check.Problems
	if n.Client.IsZero() {
		p.Add("client", "missing", nil)
	}
	return slices.Concat(p, n.what().problems(), n.when().problems(now), n.rates().problems(), n.Meeting.problems())
}

// days lists the dates that the gig touches, each once. Shifts at an impossible
// time have none.
func (w When) days(p check.Problems) (days []payments.Day) {
	seen := map[payments.Day]bool{}
	for i, shift := range w.Shifts {
		for _, day := range shift.days(p, i) {
			if !seen[day] {
				seen[day] = true
				days = append(days, day)
			}
		}
	}
	return days
}

func (n NewShift) days(p check.Problems, i int) []payments.Day {
	if p.At("shifts") || p.At(ShiftField(i, "date")) || p.At(ShiftField(i, "ends")) {
		return nil
	}
	return n.Shift().Days()
}

// floorsTx looks up the legal floor of each day; a day for which the law says
// nothing yet has none.
func (s *Service) floorsTx(ctx context.Context, tx pgx.Tx, days []payments.Day) (map[payments.Day]payments.Cents, error) {
	floors := map[payments.Day]payments.Cents{}
	for _, day := range days {
		floor, err := s.payments.FloorTx(ctx, tx, day)
		if missing := (*payments.NoFigure)(nil); errors.As(err, &missing) {
			continue
		}
		if err != nil {
			return nil, err
		}
		floors[day] = floor
	}
	return floors, nil
}

// lawTx compares the rate with what the law and the cooperative ask on the days of
// the shifts, and looks whether its work form may be used on them. Work without a
// wage has no floor.
func (s *Service) lawTx(ctx context.Context, tx pgx.Tx, by members.Actor, w When, r Rates, p *check.Problems) error {
	floors, err := s.floorsTx(ctx, tx, w.days(*p))
	if err != nil {
		return err
	}
	settings, err := s.people.SettingsTx(ctx, tx, by.Cooperative)
	if err != nil {
		return err
	}
	if err := s.formProblemsTx(ctx, tx, by.Cooperative, r.Form, w.days(*p), settings, p); err != nil || PayerOf(r.Form) == NobodyPays {
		return err
	}
	w.figureProblems(floors, p)
	r.floorProblems(w, floors, payments.Cents(settings.LowestRate), p)
	return nil
}

// figureProblems notes each shift on a day for which the law says nothing yet.
func (w When) figureProblems(floors map[payments.Day]payments.Cents, p *check.Problems) {
	for i, shift := range w.Shifts {
		for _, day := range shift.days(*p, i) {
			date := ShiftField(i, "date")
			if _, known := floors[day]; !known && !p.At(date) {
				p.Add(date, "no_figure", map[string]any{"Day": string(day)})
			}
		}
	}
}

// floorProblems compares the rate with the legal floor of every day, so that
// the lowest lawful rate can be named; own is the lowest rate of the cooperative:
// the higher of the two is named.
func (r Rates) floorProblems(w When, floors map[payments.Day]payments.Cents, own payments.Cents, p *check.Problems) {
	lowest, on := w.floor(floors, *p)
	switch {
	case r.Rate < own && own > lowest:
		p.Add("rate", "below_own", map[string]any{"Cents": int64(own)})
	case r.Rate < lowest:
		p.Add("rate", "below_floor", map[string]any{"Cents": int64(lowest), "Day": string(on)})
	case r.Rate <= 0:
		p.Add("rate", "not_an_amount", nil)
	}
}

// floor is the highest legal floor of the days, and the first on which it holds.
func (w When) floor(floors map[payments.Day]payments.Cents, p check.Problems) (lowest payments.Cents, on payments.Day) {
	for i, shift := range w.Shifts {
		for _, day := range shift.days(p, i) {
			if floors[day] > lowest {
				lowest, on = floors[day], day
			}
		}
	}
	return lowest, on
}
