package jobs_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
)

// stopped gives work of four hours that the client called off at this moment of it.
func (h *house) stopped(after time.Duration) jobs.EngagementID {
	h.t.Helper()
	e := h.engagedOn(h.shift(time.Hour, 1), h.member.Member)
	h.now = h.now.Add(time.Hour + after)
	if err := h.CallOffWork(h.ctx(), h.client, e, 1_000_000); err != nil {
		h.t.Fatal(err)
	}
	return e
}

// TestCalledOffWhileAtWork: who was confirmed and never pressed the clock worked
// until the call-off; they say how long, and all of it is billed once.
func TestCalledOffWhileAtWork(t *testing.T) {
	h := newHouse(t)
	e := h.stopped(3*time.Hour + 50*time.Minute)
	w := h.work(h.member, e)
	if w.State != jobs.Finished || !w.Stopped() || w.Planned() != 4*time.Hour || !w.WaitsFor(members.RoleMember, h.now) || w.Off.Called() {
		t.Fatalf("the member reads %+v", w)
	}
	h.wantBills()
	if err := errors.Join(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 3*time.Hour + 50*time.Minute}), h.AgreeHours(h.ctx(), h.client, e)); err != nil {
		t.Fatal(err)
	}
	h.wantBills("230 6133+614")
	if got := h.stateOf(e); got != jobs.Billed {
		t.Errorf("it is %s", got)
	}
	if n := h.tasksOf("jobs.work_off"); n != 1 || h.tasksOf("jobs.engagement_over") != 1 {
		t.Errorf("%d members and %d others are told", n, h.tasksOf("jobs.engagement_over"))
	}
	if w, who, err := h.ToldOff(h.ctx(), jobs.WorkOff{Engagement: e, Cooperative: h.client.Cooperative}); err != nil || !w.Stopped() || who.Name != "anna" {
		t.Errorf("told is %v of %+v, %v", who, w.StoppedAt, err)
	}
}

// TestStoppedEarly: neither side goes below the late share.
func TestStoppedEarly(t *testing.T) {
	h := newHouse(t)
	e := h.stopped(5 * time.Minute)
	var problems check.Problems
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 119 * time.Minute}); !errors.As(err, &problems) || !problems.At("worked") {
		t.Errorf("less than the late share by the member: %v", err)
	}
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 3 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	if err := h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 5 * time.Minute, Reason: "Kort."}); !errors.As(err, &problems) || !problems.At("worked") {
		t.Errorf("less than the late share by the client: %v", err)
	}
	if err := h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Undisputed: time.Hour, Reason: "Kort."}); !errors.As(err, &problems) || !problems.At("undisputed") {
		t.Errorf("a dispute below the late share: %v", err)
	}
	if err := h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Undisputed: 2 * time.Hour, Reason: "Kort."}); err != nil {
		t.Error(err)
	}
	h.wantBills("120 3200+320")
}

// TestSilenceAfterAStop: the planned time until then, and never less than the late
// share.
func TestSilenceAfterAStop(t *testing.T) {
	for name, tt := range map[string]struct {
		after time.Duration
		bill  string
	}{"soon": {10 * time.Minute, "120 3200+320"}, "late": {150 * time.Minute, "150 4000+400"}} {
		h := newHouse(t)
		e := h.stopped(tt.after)
		for day := range 9 {
			h.now = h.now.Add(time.Duration(min(day, 1)) * 24 * time.Hour)
			h.timers()
		}
		if got := h.work(h.member, e); !got.Sheet.Auto {
			t.Errorf("%s: the hours are %+v", name, got.Sheet)
		}
		h.wantBills(tt.bill)
	}
}

// TestStoppedIsFree: from then on the member can work elsewhere, and not before.
func TestStoppedIsFree(t *testing.T) {
	h := newHouse(t)
	e := h.stopped(time.Hour)
	n := h.gig()
	n.Shifts = []jobs.NewShift{{Starts: h.now.Add(30 * time.Minute), Ends: h.now.Add(150 * time.Minute), Seats: 1}}
	gig := h.post(h.client, n)
	found, err := h.Gig(h.ctx(), h.coordinator, gig)
	if err != nil {
		t.Fatal(err)
	}
	if list, err := h.Agenda(h.ctx(), h.member.Cooperative, h.member.Member); err != nil || len(list) != 1 || !list[0].Ends.Equal(h.now) {
		t.Errorf("the agenda is %+v, %v", list, err)
	}
	other := h.engagedOn(found.Shifts[0].ID, h.member.Member)
	if w := h.work(h.member, other); w.State != jobs.Confirmed {
		t.Errorf("the other work is %s", w.State)
	}
	const before = `UPDATE jobs.engagement SET starts_at = $2 WHERE id = $1`
	if _, err := h.db.Exec(h.ctx(), before, other, h.work(h.member, e).StoppedAt.Add(-time.Minute)); err == nil {
		t.Error("it begins before the other ended")
	}
}

// TestShiftStopped: of a whole shift everybody who was not missed has worked until
// then, and who was missed gets nothing.
func TestShiftStopped(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(time.Hour, 2)
	there, missing := h.engagedOn(shift, h.member.Member), h.engagedOn(shift, h.newMember("bea"))
	h.now = h.now.Add(2 * time.Hour)
	if err := errors.Join(h.Miss(h.ctx(), h.client, missing), h.CallOffShift(h.ctx(), h.coordinator, shift, 1_000_000)); err != nil {
		t.Fatal(err)
	}
	for e, want := range map[jobs.EngagementID]jobs.EngagementState{there: jobs.Finished, missing: jobs.Absent} {
		if got := h.stateOf(e); got != want {
			t.Errorf("it is %s, want %s", got, want)
		}
	}
	h.now = h.now.Add(time.Hour)
	if err := h.PutRight(h.ctx(), h.coordinator, missing); err != nil {
		t.Fatal(err)
	}
	a, b := h.work(h.coordinator, there), h.work(h.coordinator, missing)
	if b.State != jobs.Finished || !b.StoppedAt.Equal(a.StoppedAt) || a.Planned() != b.Planned() {
		t.Errorf("who was there after all: %s until %s, planned %s; want until %s and %s", b.State, b.StoppedAt, b.Planned(), a.StoppedAt, a.Planned())
	}
	if o, err := h.ToldOver(h.ctx(), jobs.EngagementOver{Engagement: there, Cooperative: h.client.Cooperative}); err != nil || len(o.Contacts) != 1 {
		t.Errorf("the client's people are %v, %v", o.Contacts, err)
	}
}

// TestStoppedWorkIsNotToCome: who asks to be erased hears of hours, and not of work to
// come.
func TestStoppedWorkIsNotToCome(t *testing.T) {
	h := newHouse(t)
	h.stopped(time.Hour)
	h.tx(func(tx pgx.Tx) error {
		holds, err := h.HoldsTx(t.Context(), tx, h.member.Person)
		if !slices.Equal(holds, []members.Hold{members.HoursOpen}) {
			t.Errorf("what holds is %v", holds)
		}
		return err
	})
}
