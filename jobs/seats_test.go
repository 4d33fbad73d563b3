package jobs_test

import (
	"testing"
	"time"

	"meent/jobs"
)

// TestOpenSeats: what is taken, begun, or elsewhere does not wait to be filled.
func TestOpenSeats(t *testing.T) {
	h := newHouse(t)
	later, sooner := h.shift(9*24*time.Hour, 3), h.shift(2*time.Hour, 2)
	list, count, err := h.OpenSeats(t.Context(), h.coordinator, 10)
	if err != nil || len(list) != 2 || list[0].Free != 2 || list[1].Free != 3 || count != (jobs.SeatCount{Soon: 2, Gigs: 2}) {
		t.Fatalf("%+v, %+v, %v", list, count, err)
	}
	if !list[0].Next.Equal(h.now.Add(2*time.Hour)) || list[0].Title != "Ramen lappen" || list[0].ClientName != "De Linde" {
		t.Errorf("the first is %+v", list[0])
	}
	if err := h.confirm(sooner, h.member.Member); err != nil {
		t.Fatal(err)
	}
	if err := h.confirm(later, h.member.Member); err != nil {
		t.Fatal(err)
	}
	list, count, err = h.OpenSeats(t.Context(), h.coordinator, 1)
	if err != nil || len(list) != 1 || list[0].Free != 1 || count != (jobs.SeatCount{Soon: 1, Gigs: 2}) {
		t.Errorf("after two yeses %+v, %+v, %v", list, count, err)
	}
	h.now = h.now.Add(3 * time.Hour)
	if _, count, err := h.OpenSeats(t.Context(), h.coordinator, 10); err != nil || count != (jobs.SeatCount{Soon: 0, Gigs: 1}) {
		t.Errorf("after the first began %+v, %v", count, err)
	}
	if list, count, err := h.OpenSeats(t.Context(), h.otherOffices, 10); err != nil || len(list) != 0 || count != (jobs.SeatCount{}) {
		t.Errorf("another cooperative sees %+v, %+v, %v", list, count, err)
	}
}
