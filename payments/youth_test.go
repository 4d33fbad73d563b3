package payments_test

import (
	"errors"
	"testing"

	"meent/payments"
)

// Adult floors of the first and the second half of 2026.
const (
	january2026 = payments.Cents(1471)
	july2026    = payments.Cents(1499)
)

// TestYouthFloor holds every figure that was published for 2026. Those that are
// only computed, by the rule that gives all the others, are marked.
func TestYouthFloor(t *testing.T) {
	for _, tt := range []struct {
		age           int
		january, july payments.Cents
		computed      bool // the one of July
	}{
		{21, 1471, 1499, false}, {20, 1177, 1199, false}, {19, 883, 899, true}, {18, 736, 750, false},
		{17, 581, 592, true}, {16, 507, 517, true}, {15, 441, 450, true},
		{64, 1471, 1499, false},
	} {
		for _, of := range []struct {
			adult, want payments.Cents
			days        []payments.Day
		}{{january2026, tt.january, []payments.Day{"2026-01-01", "2026-06-30"}}, {july2026, tt.july, []payments.Day{"2026-07-01", "2026-12-31"}}} {
			for _, day := range of.days {
				if got, err := payments.YouthFloor(of.adult, tt.age, day); err != nil || got != of.want {
					t.Errorf("at %d on %s the floor is %v, %v; want %v (computed: %v)", tt.age, day, got, err, of.want, tt.computed)
				}
			}
		}
	}
}

// TestBBLFloor: the table of 2026 has three ages; the two younger figures of July
// are computed. It ends with 2026, and then everybody's holds.
func TestBBLFloor(t *testing.T) {
	for _, tt := range []struct {
		age   int
		adult payments.Cents
		day   payments.Day
		want  payments.Cents
	}{
		{20, january2026, "2026-01-01", 905}, {19, january2026, "2026-01-01", 772}, {18, january2026, "2026-01-01", 669},
		{20, july2026, "2026-07-01", 922}, {19, july2026, "2026-07-01", 787}, {18, july2026, "2026-12-31", 682},
		{17, january2026, "2026-01-01", 581}, {21, july2026, "2026-07-01", 1499},
		{20, 1600, "2027-01-01", 1400}, {18, 1600, "2027-01-01", 1000},
	} {
		if got, err := payments.BBLFloor(tt.adult, tt.age, tt.day); err != nil || got != tt.want {
			t.Errorf("at %d on %s the floor is %v, %v; want %v", tt.age, tt.day, got, err, tt.want)
		}
	}
}

// TestYouthFloorOf2027 is about the announced percentages: the amount that they
// are of was not known.
func TestYouthFloorOf2027(t *testing.T) {
	for age, want := range map[int]payments.Cents{21: 10000, 20: 8750, 19: 7500, 18: 6250, 17: 5000, 16: 4000, 15: 3000} {
		for _, day := range []payments.Day{"2027-01-01", "2027-12-31"} {
			if got, err := payments.YouthFloor(10000, age, day); err != nil || got != want {
				t.Errorf("at %d on %s the floor is %v, %v; want %v", age, day, got, err, want)
			}
		}
	}
}

func TestYouthFloorNeverGuesses(t *testing.T) {
	for _, tt := range []struct {
		age int
		day payments.Day
	}{{18, "2025-12-31"}, {21, "2025-12-31"}, {18, "2028-01-01"}, {14, "2026-07-01"}, {0, "2026-07-01"}, {-1, "2026-07-01"}, {18, ""}} {
		_, err := payments.YouthFloor(july2026, tt.age, tt.day)
		_, bbl := payments.BBLFloor(july2026, tt.age, tt.day)
		var missing *payments.NoFigure
		if !errors.As(err, &missing) || missing.Day != tt.day || !errors.Is(bbl, payments.ErrNoFigure) {
			t.Errorf("at %d on %q: %v, %v", tt.age, tt.day, err, bbl)
		}
	}
}
