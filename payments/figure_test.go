package payments_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

func newService(t *testing.T) (*payments.Service, func(func(pgx.Tx) error) error) {
	t.Helper()
	db := pgtest.New(t, tasks.Schema(), members.Schema(), payments.Schema())
	s := payments.New(db, nil, nil, nil, func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }, nil)
	for range 2 { // the second time changes nothing
		if err := s.LoadReference(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return s, func(f func(pgx.Tx) error) error { return pgx.BeginFunc(t.Context(), db, f) }
}

// TestFloorOfEveryPublishedFigure holds the first and last day of each.
func TestFloorOfEveryPublishedFigure(t *testing.T) {
	s, _ := newService(t)
	tests := []struct {
		first, last payments.Day
		want        payments.Cents
	}{
		{"2024-01-01", "2024-06-30", 1327},
		{"2024-07-01", "2024-12-31", 1368},
		{"2025-01-01", "2025-06-30", 1406},
		{"2025-07-01", "2025-12-31", 1440},
		{"2026-01-01", "2026-06-30", 1471},
		{"2026-07-01", "2026-12-31", 1499},
	}
	for _, tt := range tests {
		for _, day := range []payments.Day{tt.first, tt.last} {
			if got, err := s.Floor(t.Context(), day); err != nil || got != tt.want {
				t.Errorf("Floor(%s) = %v, %v, want %v", day, got, err, tt.want)
			}
		}
	}
}

func TestFloorNeverGuesses(t *testing.T) {
	s, _ := newService(t)
	for _, day := range []payments.Day{"2023-12-31", "2027-01-01"} {
		_, err := s.Floor(t.Context(), day)
		var missing *payments.NoFigure
		if !errors.As(err, &missing) || missing.Day != day {
			t.Errorf("Floor(%s) gave %v, want NoFigure for that day", day, err)
		}
	}
}

func TestExampleNeverBeatsTheLaw(t *testing.T) {
	s, tx := newService(t)
	for _, from := range []payments.Day{"2026-07-01", "2026-12-01"} {
		err := tx(func(tx pgx.Tx) error {
			return s.AddExampleTx(t.Context(), tx, payments.AdultMinimumWage, 100, from, "2027-06-30")
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for day, want := range map[payments.Day]payments.Cents{"2026-12-31": 1499, "2027-01-01": 100} {
		if got, err := s.Floor(t.Context(), day); err != nil || got != want {
			t.Errorf("Floor(%s) = %v, %v, want %v", day, got, err, want)
		}
	}
}

func TestDayIsAmsterdams(t *testing.T) {
	tests := []struct {
		utc  string
		want payments.Day
	}{
		{"2026-12-31T22:59:59Z", "2026-12-31"},
		{"2026-12-31T23:00:00Z", "2027-01-01"},
		{"2026-06-30T21:59:59Z", "2026-06-30"},
		{"2026-06-30T22:00:00Z", "2026-07-01"},
	}
	for _, tt := range tests {
		at, err := time.Parse(time.RFC3339, tt.utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := payments.DayOf(at); got != tt.want {
			t.Errorf("DayOf(%s) = %s, want %s", tt.utc, got, tt.want)
		}
	}
}

func TestForTime(t *testing.T) {
	tests := []struct {
		rate payments.Cents
		time time.Duration
		want payments.Cents
	}{
		{1499, time.Hour, 1499},
		{1499, 30 * time.Minute, 750}, // 749.5 rounds up
		{1499, 29*time.Minute + 59*time.Second, 725},
		{1499, 0, 0},
		{1500, 7*time.Hour + 30*time.Minute, 11250},
	}
	for _, tt := range tests {
		if got := tt.rate.ForTime(tt.time); got != tt.want {
			t.Errorf("%v an hour for %v is %v, want %v", tt.rate, tt.time, got, tt.want)
		}
	}
}

// TestForTimeIsFair: never off by more than half a cent, and more time never
// pays less.
func TestForTimeIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := payments.Cents(rapid.Int64Range(0, 20000).Draw(t, "rate"))
		minutes := rapid.Int64Range(0, 24*60).Draw(t, "minutes")
		pay := rate.ForTime(time.Duration(minutes) * time.Minute)
		if off := 2 * (60*int64(pay) - int64(rate)*minutes); off > 60 || off < -60 {
			t.Fatalf("%v an hour for %d minutes is %v: off by %d/120 cent", rate, minutes, pay, off)
		}
		if more := rate.ForTime(time.Duration(minutes+1) * time.Minute); more < pay {
			t.Fatalf("one minute more pays %v instead of %v", more, pay)
		}
	})
}

func TestCentsAsText(t *testing.T) {
	for cents, want := range map[payments.Cents]string{0: "0.00", 5: "0.05", 1499: "14.99", -205: "-2.05"} {
		if got := cents.String(); got != want {
			t.Errorf("%d cents are %q, want %q", int64(cents), got, want)
		}
	}
}
