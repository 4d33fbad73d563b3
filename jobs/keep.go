package jobs

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// keptShifts are those of the draft's shifts that stay as they are.
func keptShifts(ctx context.Context, tx pgx.Tx, by members.Actor, g running, keep []ShiftID) ([]Shift, error) {
	there, err := listShifts(ctx, tx, by.Cooperative, g.id)
	return slices.DeleteFunc(there, func(s Shift) bool { return !slices.Contains(keep, s.ID) }), err
}

// besides looks at the step together with what the draft keeps.
func (w When) besides(kept []Shift, p check.Problems) check.Problems {
	if len(kept) == 0 {
		return p
	}
	p = slices.DeleteFunc(p, func(one check.Problem) bool { return one.Rule == "no_shift" })
	if len(kept)+len(w.Shifts) > mostShifts && !p.At("shifts") {
		p.Add("shifts", "too_many", map[string]any{"Max": mostShifts})
	}
	for i, shift := range w.Shifts {
		if date := ShiftField(i, "date"); !p.At(date) && slices.ContainsFunc(kept, shift.Shift().Overlaps) {
			p.Add(date, "overlaps", nil)
		}
	}
	return p
}
