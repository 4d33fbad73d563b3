package jobs_test

import (
	"testing"
	"time"

	"meent/internal/id"
	"meent/jobs"
)

// TestWhoGoesHomeIllIsPaidForWhatTheyWorked: the hours stay to be proposed, the
// seat was worked on, and before the work begins it is called off like any other.
func TestWhoGoesHomeIllIsPaidForWhatTheyWorked(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(time.Hour, 1)
	e := h.engagedOn(shift, h.member.Member)
	h.now = h.now.Add(time.Hour)
	if err := h.Press(h.ctx(), h.member, e, jobs.Press{ID: id.New[jobs.Press](nil)}); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(2 * time.Hour)
	if err := h.CallOff(h.ctx(), h.member, e, jobs.OffReason{Why: jobs.OffIll}); err != nil {
		t.Fatal(err)
	}
	w, err := h.Work(h.ctx(), h.member, e)
	if err != nil || w.State != jobs.Finished || w.Off.Called() || w.Clock.Out.Sub(w.Clock.In) != 2*time.Hour {
		t.Fatalf("the work is %s, off %v, by the clock %v, %v", w.State, w.Off.Called(), w.Clock.Out.Sub(w.Clock.In), err)
	}
	h.now = w.Shift.Ends
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 2 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	if err := h.AgreeHours(h.ctx(), h.client, e); err != nil {
		t.Fatal(err)
	}
	if w, err = h.Work(h.ctx(), h.member, e); err != nil || w.State != jobs.Billed || w.Sheet.Worked != 2*time.Hour {
		t.Errorf("the work is %s with %v, %v", w.State, w.Sheet.Worked, err)
	}
}

// TestIllBeforeItBegins: who pressed early and goes before the work has not worked.
func TestIllBeforeItBegins(t *testing.T) {
	h := newHouse(t)
	e := h.engagedOn(h.shift(time.Hour, 1), h.member.Member)
	h.now = h.now.Add(40 * time.Minute)
	if err := h.Press(h.ctx(), h.member, e, jobs.Press{ID: id.New[jobs.Press](nil)}); err != nil {
		t.Fatal(err)
	}
	if err := h.CallOff(h.ctx(), h.member, e, jobs.OffReason{}); err != nil || h.stateOf(e) != jobs.CalledOff {
		t.Errorf("it is %s, %v", h.stateOf(e), err)
	}
}

// TestGoingHomeIsToldOnce: a second tap changes nothing, and the client hears.
func TestGoingHomeIsToldOnce(t *testing.T) {
	h := newHouse(t)
	e := h.engagedOn(h.shift(time.Hour, 1), h.member.Member)
	h.now = h.now.Add(time.Hour)
	if err := h.Press(h.ctx(), h.member, e, jobs.Press{ID: id.New[jobs.Press](nil)}); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Hour)
	for range 2 {
		if err := h.CallOff(h.ctx(), h.member, e, jobs.OffReason{Why: jobs.OffIll}); err != nil {
			t.Fatal(err)
		}
	}
	if n := h.count(`SELECT count(*) FROM tasks.task WHERE kind = 'jobs.engagement_over'`); n != 1 {
		t.Errorf("%d were noted to be told", n)
	}
	told, err := h.ToldOver(h.ctx(), jobs.EngagementOver{Engagement: e, Cooperative: h.client.Cooperative})
	if err != nil || len(told.Contacts) == 0 || !told.WentHome() {
		t.Errorf("told are %d contacts, %v", len(told.Contacts), err)
	}
}

// TestGoesHomeAtOnce: ill at the moment of the press, a little after the beginning.
func TestGoesHomeAtOnce(t *testing.T) {
	h := newHouse(t)
	e := h.engagedOn(h.shift(time.Hour, 1), h.member.Member)
	h.now = h.now.Add(70 * time.Minute)
	if err := h.Press(h.ctx(), h.member, e, jobs.Press{ID: id.New[jobs.Press](nil)}); err != nil {
		t.Fatal(err)
	}
	if err := h.CallOff(h.ctx(), h.member, e, jobs.OffReason{Why: jobs.OffIll}); err != nil {
		t.Fatal(err)
	}
	w, err := h.Work(h.ctx(), h.member, e)
	if err != nil || w.State != jobs.Finished || !w.WentHome() || w.Clock.Out.Sub(w.Clock.In) > time.Second {
		t.Errorf("the work is %s, by the clock %v, %v", w.State, w.Clock.Out.Sub(w.Clock.In), err)
	}
}
