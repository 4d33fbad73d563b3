package jobs_test

import (
	"errors"
	"testing"
	"time"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
)

// at is a time of three hours that begins after so long.
func (h *house) at(after time.Duration) jobs.NewTime {
	return jobs.NewTime{Starts: h.now.Add(after), Ends: h.now.Add(after + 3*time.Hour), Break: 15 * time.Minute}
}

func (h *house) gigOf(shift jobs.ShiftID) (gig jobs.GigID) {
	h.t.Helper()
	if err := h.db.QueryRow(h.ctx(), `SELECT gig_id FROM jobs.shift WHERE id = $1`, shift).Scan(&gig); err != nil {
		h.t.Fatal(err)
	}
	return gig
}

// TestMoveEmptyShift: nobody is told, and seats, those to learn, the pieces and
// the other dates of the series stay.
func TestMoveEmptyShift(t *testing.T) {
	h := newHouse(t)
	gig := h.gigOf(h.shift(24*time.Hour, 2))
	s := jobs.Series{Recurrence: jobs.Recurrence{Every: jobs.EveryDay, Interval: 1, Count: 3}, From: "2026-12-01", Starts: 9 * time.Hour, Length: 2 * time.Hour, Seats: 3, BuddySeats: 1}
	h.allRight(h.AddShifts(h.ctx(), h.client, gig, jobs.Adding{Series: &s}))
	before, err := h.Gig(h.ctx(), h.client, gig)
	h.allRight(err)
	old := before.Shifts[2]
	to := jobs.NewTime{Starts: old.Starts.Add(6 * time.Hour), Ends: old.Starts.Add(9 * time.Hour), Break: 30 * time.Minute}
	tasks := h.count(`SELECT count(*) FROM tasks.task`)
	moved, err := h.MoveShift(h.ctx(), h.client, old.ID, to, 0)
	h.allRight(err)
	after, err := h.Gig(h.ctx(), h.client, gig)
	h.allRight(err)
	if len(after.Shifts) != 4 || after.Shifts[1] != before.Shifts[1] || after.Shifts[3] != before.Shifts[3] {
		t.Fatalf("the others are %+v", after.Shifts)
	}
	want := old
	want.ID, want.Starts, want.Ends, want.Break = moved, to.Starts, to.Ends, to.Break
	if got := after.Shifts[2]; !got.Starts.Equal(want.Starts) || got.Seats != 3 || got.BuddySeats != 1 || !got.InSeries || got.Break != want.Break || got.ID != moved {
		t.Errorf("it is %+v, want %+v", got, want)
	}
	if n := h.count(`SELECT count(*) FROM jobs.shift WHERE moved_to = $1 AND id = $2 AND starts_at = $3`, moved, old.ID, old.Starts); n != 1 {
		t.Error("the old time is not kept")
	}
	if n := h.tasksOf("jobs.work_off") + h.tasksOf("jobs.engagement_over"); n != 0 || h.tasksOf("jobs.shift_moved") != 1 || h.count(`SELECT count(*) FROM tasks.task`) == tasks {
		t.Errorf("%d people are told", n)
	}
	if n := h.count(`SELECT count(*) FROM members.audit WHERE what = 'shift_moved'`); n != 1 {
		t.Errorf("%d deeds", n)
	}
}

// TestMoveAgreedWork: nobody is moved with the shift. Late, they are paid their
// part; the old work is off by the client, and they are free at both times.
func TestMoveAgreedWork(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(20*time.Hour, 2)
	e := h.engagedOn(shift, h.member.Member)
	costs, err := h.MoveCosts(h.ctx(), h.client, shift)
	if err != nil || costs.Price().Total() != 3520 || costs[0].Part != 2*time.Hour {
		t.Fatalf("it costs %+v, %v", costs, err)
	}
	if _, err := h.MoveShift(h.ctx(), h.client, shift, h.at(50*time.Hour), 3519); !errors.Is(err, jobs.ErrCostMoved) || h.stateOf(e) != jobs.Confirmed {
		t.Fatalf("for less than it costs: %v", err)
	}
	moved, err := h.MoveShift(h.ctx(), h.client, shift, h.at(50*time.Hour), 3520)
	h.allRight(err)
	w := h.work(h.member, e)
	if w.State != jobs.Billed || w.Off.By != jobs.ByClient || !w.Off.PartPay || w.Sheet.Worked != 2*time.Hour || !w.Shift.Starts.Equal(h.now.Add(20*time.Hour)) {
		t.Errorf("the member reads %+v", w)
	}
	if w.Off.Moved == nil || !w.Off.Moved.Starts.Equal(h.now.Add(50*time.Hour)) || !w.Off.Moved.Ends.Equal(h.now.Add(53*time.Hour)) {
		t.Errorf("the new time is %+v", w.Off.Moved)
	}
	if h.tasksOf("jobs.work_off") != 1 || h.tasksOf("jobs.shift_moved") != 1 || h.tasksOf("jobs.shift_called_off") != 1 || h.tasksOf("jobs.seat_freed") != 0 {
		t.Error("not who should hear of it does")
	}
	if n := h.count(`SELECT count(*) FROM jobs.engagement WHERE shift_id = $1`, moved); n != 0 {
		t.Errorf("%d people were moved with it", n)
	}
	h.allRight(h.confirm(moved, h.member.Member))
	if got := h.work(h.member, e).Off.Moved; got == nil {
		t.Error("the link is gone")
	}
}

// TestMoveInTimeCostsNothing: before the notice time nothing is due.
func TestMoveInTimeCostsNothing(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(72*time.Hour, 1)
	e := h.engagedOn(shift, h.member.Member)
	if _, err := h.MoveShift(h.ctx(), h.coordinator, shift, h.at(50*time.Hour), 0); err != nil {
		t.Fatal(err)
	}
	if w := h.work(h.member, e); w.State != jobs.CalledOff || w.Off.By != jobs.ByOffice || w.Off.PartPay || w.Off.Moved == nil {
		t.Errorf("the member reads %+v", w)
	}
}

func TestMoveIsRefused(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(24*time.Hour, 1)
	gig := h.gigOf(shift)
	other := jobs.NewShift{Starts: h.now.Add(80 * time.Hour), Ends: h.now.Add(84 * time.Hour), Seats: 1}
	h.allRight(h.AddShifts(h.ctx(), h.client, gig, jobs.Adding{Shifts: []jobs.NewShift{other}}))
	to := h.at(50 * time.Hour)
	for name, by := range map[string]members.Actor{"another client": h.rival, "a member": h.member, "a coach": h.coach, "another office": h.otherOffices, "nobody": {}} {
		if _, err := h.MoveShift(h.ctx(), by, shift, to, enough); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := h.MoveCosts(h.ctx(), by, shift); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: the costs gave %v", name, err)
		}
	}
	if _, err := h.MoveShift(h.ctx(), h.client, jobs.ShiftID{}, to, enough); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("no shift: %v", err)
	}
	for name, tt := range map[string]struct {
		to    jobs.NewTime
		field string
	}{
		"the same time":      {jobs.NewTime{Starts: h.now.Add(24 * time.Hour), Ends: h.now.Add(28 * time.Hour)}, "date"},
		"no time":            {jobs.NewTime{}, "date"},
		"end before start":   {jobs.NewTime{Starts: to.Ends, Ends: to.Starts}, "ends"},
		"zero length":        {jobs.NewTime{Starts: to.Starts, Ends: to.Starts}, "ends"},
		"too long":           {jobs.NewTime{Starts: to.Starts, Ends: to.Starts.Add(13 * time.Hour)}, "ends"},
		"break of all":       {jobs.NewTime{Starts: to.Starts, Ends: to.Ends, Break: 3 * time.Hour}, "break"},
		"past":               {jobs.NewTime{Starts: h.now.Add(-time.Hour), Ends: h.now.Add(time.Hour)}, "date"},
		"over another":       {jobs.NewTime{Starts: h.now.Add(81 * time.Hour), Ends: h.now.Add(82 * time.Hour)}, "date"},
		"no figure yet":      {jobs.NewTime{Starts: h.now.AddDate(2, 0, 0), Ends: h.now.AddDate(2, 0, 0).Add(time.Hour)}, "date"},
		"seconds of a break": {jobs.NewTime{Starts: to.Starts, Ends: to.Ends, Break: time.Second}, "break"},
	} {
		var p check.Problems
		if _, err := h.MoveShift(h.ctx(), h.client, shift, tt.to, enough); !errors.As(err, &p) || !p.At(jobs.ShiftField(0, tt.field)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := h.count(`SELECT count(*) FROM jobs.shift WHERE gig_id = $1`, gig); n != 2 {
		t.Fatalf("after what was refused there are %d shifts", n)
	}
	if _, err := h.MoveShift(h.ctx(), h.client, shift, jobs.NewTime{Starts: h.now.Add(25 * time.Hour), Ends: h.now.Add(27 * time.Hour)}, enough); err != nil {
		t.Errorf("inside its own old time: %v", err) // that is free
	}
	begun := h.shift(time.Hour, 1)
	paused := h.shift(24*time.Hour, 1)
	h.allRight(h.Pause(h.ctx(), h.client, h.gigOf(paused)))
	off := h.shift(24*time.Hour, 1)
	h.allRight(h.CallOffShift(h.ctx(), h.client, off, enough))
	gone := h.shift(24*time.Hour, 1)
	h.allRight(h.RemoveShift(h.ctx(), h.client, gone))
	cancelled := h.shift(24*time.Hour, 1)
	h.setState(h.gigOf(cancelled), jobs.Cancelled)
	done := h.shift(24*time.Hour, 1)
	h.setState(h.gigOf(done), jobs.Done)
	h.now = h.now.Add(time.Hour)
	for name, tt := range map[string]struct {
		shift jobs.ShiftID
		want  error
	}{
		"moved": {shift, jobs.ErrShiftMoved}, "begun": {begun, jobs.ErrStarted}, "paused": {paused, jobs.ErrGigMoved}, "off": {off, jobs.ErrShiftOver},
		"removed": {gone, members.ErrNotFound}, "cancelled": {cancelled, jobs.ErrGigOver}, "done": {done, jobs.ErrGigOver},
	} {
		if _, err := h.MoveShift(h.ctx(), h.client, tt.shift, h.at(60*time.Hour), enough); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		if _, err := h.MoveCosts(h.ctx(), h.client, tt.shift); !errors.Is(err, tt.want) {
			t.Errorf("%s: the costs gave %v, want %v", name, err, tt.want)
		}
	}
}

// TestTwoTabsMoveOnce: of many at once one moves it and the others hear that; with
// everything else that is done to the shift and its gig nothing waits for ever.
func TestTwoTabsMoveOnce(t *testing.T) {
	h := newHouse(t)
	for round := range 3 {
		shift := h.shift(20*time.Hour, 2)
		gig := h.gigOf(shift)
		h.engagedOn(shift, h.newMember("round"+string(rune('a'+round))))
		moves := 0
		runs := []func() error{
			func() error { return h.confirm(shift, h.member.Member) },
			func() error { return h.ChangeSeats(h.ctx(), h.client, shift, jobs.SeatChange{Seats: 3}) },
			func() error {
				n := jobs.NewShift{Starts: h.now.Add(90 * time.Hour), Ends: h.now.Add(92 * time.Hour), Seats: 1}
				return h.AddShifts(h.ctx(), h.client, gig, jobs.Adding{Shifts: []jobs.NewShift{n}})
			},
			func() error { return h.Pause(h.ctx(), h.client, gig) },
		}
		for i := range 4 {
			runs = append(runs, func() error {
				_, err := h.MoveShift(h.ctx(), h.client, shift, h.at(time.Duration(40+10*i)*time.Hour), enough)
				return err
			})
		}
		for i, err := range together(len(runs), func(i int) error { return runs[i]() }) {
			if i >= 4 && err == nil {
				moves++
			}
			known := err == nil
			for _, one := range []error{jobs.ErrShiftMoved, jobs.ErrGigMoved, jobs.ErrNoSeat, jobs.ErrBusy, members.ErrNotFound} {
				known = known || errors.Is(err, one)
			}
			if !known {
				t.Errorf("number %d: %v", i, err)
			}
		}
		if n := h.count(`SELECT count(*) FROM jobs.shift WHERE gig_id = $1 AND moved_to IS NOT NULL`, gig); n != moves || moves > 1 {
			t.Errorf("%d moved it, and %d are moved", moves, n)
		}
		if n := h.count(`SELECT count(*) FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id WHERE s.moved_to IS NOT NULL AND e.called_off_at IS NULL AND s.id = $1`, shift); n != 0 {
			t.Errorf("%d still come to the old time", n)
		}
	}
}
