package jobs_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// TestPlanning shows the shifts of a week with who works, to the office alone.
func TestPlanning(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	monday := h.now.AddDate(0, 0, 7).In(members.Amsterdam())
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, 1)
	}
	monday = time.Date(monday.Year(), monday.Month(), monday.Day(), 0, 0, 0, 0, members.Amsterdam())
	early, late := monday, monday.AddDate(0, 0, 7).Add(-4*time.Hour) // 0.00 on Monday, 20.00 on Sunday
	n.Shifts = []jobs.NewShift{
		{Starts: late, Ends: late.Add(3 * time.Hour), Seats: 2},
		{Starts: early, Ends: early.Add(3 * time.Hour), Seats: 1},
		{Starts: early.Add(-5 * time.Hour), Ends: early.Add(-time.Hour), Seats: 1},
		{Starts: early.AddDate(0, 0, 7), Ends: early.AddDate(0, 0, 7).Add(time.Hour), Seats: 1},
	}
	gig := h.post(h.client, n)
	found, err := h.Gig(t.Context(), h.client, gig)
	if err != nil {
		t.Fatal(err)
	}
	last := found.Shifts[2] // on Sunday
	if err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		_, err := h.ConfirmTx(t.Context(), tx, h.client.Cooperative, last.ID, h.member.Member)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	week, err := h.Planning(t.Context(), h.coordinator, payments.DayOf(monday).AddDays(3))
	if err != nil || len(week.Shifts) != 2 || week.Monday != payments.DayOf(monday) {
		t.Fatalf("the week is %+v, %v", week, err)
	}
	if all, free := week.Seats(); all != 3 || free != 2 {
		t.Errorf("%d seats, %d free", all, free)
	}
	if got := week.On(week.Monday.AddDays(6)); len(got) != 1 || got[0].Taken() != 1 || got[0].People[0].Member != h.member.Member {
		t.Errorf("on Sunday: %+v", got)
	}
	if load := week.Load(); load[h.member.Member] != last.Worked() {
		t.Errorf("the member works %v", load)
	}
	one, err := h.PlannedShift(t.Context(), h.coordinator, last.ID)
	if err != nil || one.Free() != 1 || one.ClientName == "" {
		t.Errorf("the shift is %+v, %v", one, err)
	}
}

// TestPlanningIsForTheOffice: of the same house, and for days that there are.
func TestPlanningIsForTheOffice(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	found, err := h.Gig(t.Context(), h.client, gig)
	if err != nil {
		t.Fatal(err)
	}
	shift, day := found.Shifts[0].ID, payments.DayOf(found.Shifts[0].Starts)
	for _, by := range []members.Actor{h.client, h.member, h.coach, h.otherOffices} {
		if _, err := h.PlannedShift(t.Context(), by, shift); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %s: %v", by.Kind, err)
		}
	}
	if week, err := h.Planning(t.Context(), h.otherOffices, day); err != nil || len(week.Shifts) != 0 {
		t.Errorf("another house sees %+v, %v", week, err)
	}
	for _, wrong := range []members.Day{"", "2026-02-30", "tomorrow"} {
		if _, err := h.Planning(t.Context(), h.coordinator, wrong); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}
