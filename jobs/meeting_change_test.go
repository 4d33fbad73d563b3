package jobs_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"meent/internal/check"
	"meent/jobs"
)

// TestOpenMeetingIsAChange: who said yes for one way to come hears of another, as of
// every change; and nobody who may not read the meeting point reads what it was.
func TestOpenMeetingIsAChange(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	n.Meeting = meeting()
	gig := h.post(h.client, n)
	if err := h.ChangeMeeting(h.ctx(), h.client, gig, meeting()); err != nil || h.told(gig) {
		t.Fatalf("nothing changed, and it is told: %v", err)
	}
	changes := []func(*jobs.Meeting){
		func(m *jobs.Meeting) { m.Point = "De achterdeur" },
		func(m *jobs.Meeting) { m.ContactPhone = "0612345678" },
		func(m *jobs.Meeting) { m.Briefing = "Neem laarzen mee." },
		func(m *jobs.Meeting) { m.Accompanied = false },
		func(m *jobs.Meeting) { m.Travel, m.TravelText = "", "" }, // their own way
	}
	m := meeting()
	for i, change := range changes {
		change(&m)
		h.now = h.now.Add(time.Minute)
		h.allRight(h.ChangeMeeting(h.ctx(), h.coordinator, gig, m))
		if list, err := h.Changes(h.ctx(), h.member, gig); err != nil || len(list) != i+1 || !list[0].Day || list[0].Title != "" {
			t.Fatalf("change %d: %+v, %v", i, list, err)
		}
	}
	list, err := h.Changes(h.ctx(), h.member, gig)
	if err != nil || list[0].Travel != meeting().Travel || list[1].Travel != "" {
		t.Errorf("how people came is kept: %+v, %v", list, err)
	}
	if n := h.count(`SELECT count(*) FROM tasks.task WHERE kind = 'jobs.gig_text_changed'`); n != 2 || h.count(`SELECT count(*) FROM members.audit WHERE what = 'gig_changed'`) != len(changes) {
		t.Errorf("%d tasks tell of it", n)
	}
	if told := []bool{h.told(gig), h.told(gig)}; !slices.Equal(told, []bool{true, false}) {
		t.Errorf("told: %v", told)
	}
	if n := h.count(`SELECT count(*) FROM jobs.gig_change c WHERE c::text LIKE '%Hoofdingang%' OR c::text LIKE '%06%12%34%'`); n > 0 {
		t.Error("the changes keep what is for those alone who work there")
	}
}

// TestWorkAtHomeStaysSo once people are asked: who lives far was counted as near.
func TestWorkAtHomeStaysSo(t *testing.T) {
	h := newHouse(t)
	for _, home := range []bool{false, true} {
		n := h.gig()
		n.Meeting.Remote = home
		gig := h.post(h.client, n)
		m := jobs.Meeting{Point: "Anders", Remote: !home}
		var p check.Problems
		if err := h.ChangeMeeting(h.ctx(), h.client, gig, m); !errors.As(err, &p) || !has(p, "remote", "asked_already") {
			t.Errorf("home %v: %v", home, err)
		}
		if kept, err := h.Meeting(h.ctx(), h.client, gig); err != nil || kept.Remote != home || kept.Point != "" {
			t.Errorf("it is %+v, %v", kept, err)
		}
	}
	draft := h.begin(h.client, h.client.Client)
	h.allRight(h.ChangeMeeting(h.ctx(), h.client, draft, jobs.Meeting{Remote: true}))
	if list, err := h.Changes(h.ctx(), h.client, draft); err != nil || len(list) > 0 || h.told(draft) {
		t.Errorf("of a draft nobody knows: %+v, %v", list, err)
	}
}
