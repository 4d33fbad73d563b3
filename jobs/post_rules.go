package jobs

import (
	"context"
	"errors"
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
	p.Text("title", n.Title, 1, 80)
	p.Paragraphs("description", n.Description, 1, 2000)
	p.Text("place", n.PlaceCode+n.Place, 1, 80)
	p.Text("address", n.Address, 0, 200)
	check.OneOf(&p, "language", n.Language, members.Dutch, members.English)
	check.OneOf(&p, "load", n.Load, Loads()...)
	if n.Rate > MostRate {
		p.Add("rate", "too_much", map[string]any{"Cents": int64(MostRate)})
	}
	n.skillProblems(&p)
	n.Needs.problems(&p)
	n.shiftProblems(&p, now)
	return p
}

func (n NewGig) skillProblems(p *check.Problems) {
	if len(n.Skills) > MostSkills {
		p.Add("skills", "too_many", map[string]any{"Max": MostSkills})
	}
	for _, code := range n.Skills {
		p.Text("skills", code, 1, 80)
	}
}

func (n NewGig) shiftProblems(p *check.Problems, now time.Time) {
	switch {
	case len(n.Shifts) == 0:
		p.Add("shifts", "no_shift", nil)
	case len(n.Shifts) > mostShifts:
		p.Add("shifts", "too_many", map[string]any{"Max": mostShifts})
		return // each would be compared with each
	}
	for i, shift := range n.Shifts {
		shift.Shift().problems(p, i, now)
	}
	n.overlapProblems(p)
}

// overlapProblems notes each shift at whose time an earlier one of the list is:
// a gig's shifts follow each other, and more people at once are more seats.
func (n NewGig) overlapProblems(p *check.Problems) {
	for i, shift := range n.Shifts {
		for _, other := range n.Shifts[:i] {
			if date := ShiftField(i, "date"); shift.Shift().Overlaps(other.Shift()) && !p.At(date) {
				p.Add(date, "overlaps", nil)
			}
		}
	}
}

// days lists the dates that the gig touches, each once. Shifts at an impossible
// time have none.
func (n NewGig) days(p check.Problems) (days []payments.Day) {
	seen := map[payments.Day]bool{}
	for i, shift := range n.Shifts {
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

// floorProblems compares the rate with the legal floor of every day, so that
// the lowest lawful rate can be named; a day without one is refused. own is the
// lowest rate of the cooperative: the higher of the two is named. Work without a
// wage has no floor.
func (n NewGig) floorProblems(floors map[payments.Day]payments.Cents, own payments.Cents, p *check.Problems) {
	if PayerOf(n.Form) == NobodyPays {
		return
	}
	var lowest payments.Cents
	var on payments.Day
	for i, shift := range n.Shifts {
		for _, day := range shift.days(*p, i) {
			floor, known := floors[day]
			if date := ShiftField(i, "date"); !known && !p.At(date) {
				p.Add(date, "no_figure", map[string]any{"Day": string(day)})
			}
			if floor > lowest {
				lowest, on = floor, day
			}
		}
	}
	switch {
	case n.Rate < own && own > lowest:
		p.Add("rate", "below_own", map[string]any{"Cents": int64(own)})
	case n.Rate < lowest:
		p.Add("rate", "below_floor", map[string]any{"Cents": int64(lowest), "Day": string(on)})
	case n.Rate <= 0:
		p.Add("rate", "not_an_amount", nil)
	}
}
