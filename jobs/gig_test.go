package jobs_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/jobs"
	"meent/payments"
)

// TestMoves tries every state against every other; only these pairs are moves.
func TestMoves(t *testing.T) {
	moves := map[jobs.State][]jobs.State{
		jobs.Draft:  {jobs.Open},
		jobs.Open:   {jobs.Paused, jobs.Done, jobs.Cancelled},
		jobs.Paused: {jobs.Open, jobs.Done, jobs.Cancelled},
	}
	for _, from := range jobs.States() {
		var got []jobs.State
		for _, to := range jobs.States() {
			state, err := from.To(to)
			if err == nil {
				got = append(got, state)
				continue
			}
			var wrong *jobs.WrongMove
			if !errors.As(err, &wrong) || wrong.From != from || wrong.To != to || state != from {
				t.Errorf("%s to %s gave %s, %v", from, to, state, err)
			}
		}
		if diff := cmp.Diff(moves[from], got); diff != "" {
			t.Errorf("from %s (-want +got):\n%s", from, diff)
		}
	}
}

func amsterdam(t *testing.T, text string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestShift(t *testing.T) {
	tests := []struct {
		name, starts, ends string
		pause              time.Duration
		worked             time.Duration
		pay                payments.Cents // at 15.00 an hour
		days               []payments.Day
	}{
		{"a morning", "2026-11-24 09:00", "2026-11-24 12:00", 0, 3 * time.Hour, 4500, []payments.Day{"2026-11-24"}},
		{"with a break", "2026-11-24 09:00", "2026-11-24 17:00", 30 * time.Minute, 450 * time.Minute, 11250, []payments.Day{"2026-11-24"}},
		{"until midnight", "2026-11-24 20:00", "2026-11-25 00:00", 0, 4 * time.Hour, 6000, []payments.Day{"2026-11-24"}},
		{"over New Year", "2026-12-31 22:00", "2027-01-01 02:00", 0, 4 * time.Hour, 6000, []payments.Day{"2026-12-31", "2027-01-01"}},
		{"the clock goes back", "2026-10-25 01:00", "2026-10-25 05:00", 0, 5 * time.Hour, 7500, []payments.Day{"2026-10-25"}},
		{"the clock goes forward", "2026-03-29 01:00", "2026-03-29 05:00", 0, 3 * time.Hour, 4500, []payments.Day{"2026-03-29"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := jobs.Shift{Starts: amsterdam(t, tt.starts), Ends: amsterdam(t, tt.ends), Break: tt.pause}
			if s.Worked() != tt.worked || s.Pay(1500) != tt.pay {
				t.Errorf("worked %v for %v, want %v for %v", s.Worked(), s.Pay(1500), tt.worked, tt.pay)
			}
			if diff := cmp.Diff(tt.days, s.Days()); diff != "" {
				t.Errorf("days (-want +got):\n%s", diff)
			}
		})
	}
}
