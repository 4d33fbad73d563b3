package jobs_test

import (
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

func TestPrice(t *testing.T) {
	tests := []struct {
		name         string
		rate         payments.Cents
		share        members.BasisPoints
		worked       time.Duration
		seats        int
		wage, adding payments.Cents
	}{
		{"three hours", 1600, 1000, 3 * time.Hour, 1, 4800, 480},
		{"nothing on top", 1600, 0, 3 * time.Hour, 2, 9600, 0},
		{"a quarter of a percent", 1600, 25, 3 * time.Hour, 1, 4800, 12},
		{"half", 1600, 5000, 3 * time.Hour, 1, 4800, 2400},
		{"the least part of a cent", 1601, 1, time.Hour, 1, 1601, 1},
		{"two seats", 1600, 1000, 3 * time.Hour, 2, 9600, 960},
		{"part of a cent is a cent", 1499, 1000, 3 * time.Hour, 1, 4497, 450},
		{"of each seat", 1499, 1000, 3 * time.Hour, 3, 13491, 1350},
		{"a quarter of an hour", 1501, 1000, 15 * time.Minute, 1, 375, 38},
		{"nothing", 0, 1000, time.Hour, 1, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			starts := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
			price := jobs.Shift{Starts: starts, Ends: starts.Add(tt.worked), Seats: tt.seats}.FullPrice(tt.rate, tt.share)
			if price.Wage != tt.wage || price.Contribution != tt.adding || price.Total() != tt.wage+tt.adding {
				t.Errorf("the price is %+v, want %v and %v", price, tt.wage, tt.adding)
			}
		})
	}
}

func TestSoundAndOverlaps(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 24, hour, 0, 0, 0, time.UTC) }
	nine := jobs.Shift{Starts: at(9), Ends: at(12), Seats: 1}
	for name, tt := range map[string]struct {
		other           jobs.Shift
		sound, overlaps bool
	}{
		"itself":        {nine, true, true},
		"after it":      {jobs.Shift{Starts: at(12), Ends: at(14), Seats: 1}, true, false},
		"before it":     {jobs.Shift{Starts: at(7), Ends: at(9), Seats: 1}, true, false},
		"around it":     {jobs.Shift{Starts: at(8), Ends: at(13), Seats: 1}, true, true},
		"its last hour": {jobs.Shift{Starts: at(11), Ends: at(13), Seats: 50}, true, true},
		"no time":       {jobs.Shift{Seats: 1}, false, false},
		"no seat":       {jobs.Shift{Starts: at(14), Ends: at(15)}, false, false},
		"51 seats":      {jobs.Shift{Starts: at(14), Ends: at(15), Seats: 51}, false, false},
		"only a break":  {jobs.Shift{Starts: at(14), Ends: at(15), Break: time.Hour, Seats: 1}, false, false},
	} {
		if tt.other.Sound() != tt.sound || nine.Overlaps(tt.other) != tt.overlaps || tt.other.Overlaps(nine) != tt.overlaps {
			t.Errorf("%s: sound %v, overlaps %v", name, tt.other.Sound(), nine.Overlaps(tt.other))
		}
	}
}
