package matching

import (
	"slices"
	"testing"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

func TestSeatsFor(t *testing.T) {
	work, buddy := jobs.WorkSeat, jobs.BuddySeat
	for _, tt := range []struct {
		name    string
		learns  bool
		buddies bool
		want    []jobs.SeatKind
	}{
		{"all seats alike, who can", false, false, nil},
		{"all seats alike, who learns", true, false, nil},
		{"some to learn, who can", false, true, []jobs.SeatKind{work, buddy}},
		{"some to learn, who learns", true, true, []jobs.SeatKind{buddy}},
	} {
		if got := seatsFor(Candidate{Learns: tt.learns}, Work{Seats: Seats{Buddies: tt.buddies}}); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestSeatRuleAsksForASeatOfTheKind(t *testing.T) {
	for _, tt := range []struct {
		name            string
		learns, buddies bool
		free, buddyFree int
		want            bool
	}{
		{"who can, a seat", false, true, 1, 0, true},
		{"who can, only one to learn", false, true, 1, 1, true},
		{"who can, none", false, true, 0, 0, false},
		{"who learns, only one to work", true, true, 1, 0, false},
		{"who learns, one to learn", true, true, 1, 1, true},
		{"who learns, all seats alike", true, false, 1, 0, true},
	} {
		w := Work{Open: true, Free: tt.free, Seats: Seats{Buddies: tt.buddies, BuddyFree: tt.buddyFree}}
		if got := SeatRule.holds(Candidate{Learns: tt.learns}, w); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestNothingIsTooFarFromHome: for work from home no way counts, whatever member
// and coach agreed about ways.
func TestNothingIsTooFarFromHome(t *testing.T) {
	c := Candidate{Home: members.Point{Lat: 51.8, Lon: 5.8}, Reach: 1000}
	c.Rails.Metres = 500
	far := Work{Place: members.Point{Lat: 53.2, Lon: 6.5}}
	if ReachRule.holds(c, far) || RailReachRule.holds(c, far) {
		t.Fatal("the other end of the country is near")
	}
	far.Seats.Remote = true
	if !ReachRule.holds(c, far) || !RailReachRule.holds(c, far) {
		t.Error("work from home is too far")
	}
	if p := explain(c, far, HouseWeights()).Points[engine.Near]; !p.Remote || p.Metres != 0 || p.Points != p.Of {
		t.Errorf("the points are %+v", p)
	}
}
