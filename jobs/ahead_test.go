package jobs_test

import (
	"testing"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// TestAheadSaysWhoComesAlong and what is read before, of work that still comes.
func TestAheadSaysWhoComesAlong(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	n.Meeting = meeting()
	shift := h.found1(h.post(h.client, n)).Shifts[0]
	if err := h.confirm(shift.ID, h.member.Member); err != nil {
		t.Fatal(err)
	}
	e := h.onShift(shift.ID)
	ahead := func(c id.Cooperative, starts time.Time) []jobs.WorkAhead {
		t.Helper()
		list, err := h.AheadOf(t.Context(), c, []members.MemberID{h.member.Member}, []time.Time{starts})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	one := func(read bool) {
		t.Helper()
		if got := ahead(h.member.Cooperative, shift.Starts); len(got) != 1 || !got[0].Company || !got[0].ToRead || got[0].Read != read ||
			got[0].Member != h.member.Member || !got[0].Starts.Equal(shift.Starts) {
			t.Errorf("read %v: %+v", read, got)
		}
	}
	one(false)
	if err := h.ReadBriefing(t.Context(), h.member, e, 1); err != nil {
		t.Fatal(err)
	}
	one(true)
	if got := ahead(h.otherOffices.Cooperative, shift.Starts); len(got) != 0 {
		t.Errorf("another cooperative: %+v", got)
	}
	if got := ahead(h.member.Cooperative, shift.Starts.Add(time.Hour)); len(got) != 0 {
		t.Errorf("another time: %+v", got)
	}
	if _, err := h.db.Exec(t.Context(), `UPDATE jobs.engagement SET `+setOff+` WHERE id = $1`, e); err != nil {
		t.Fatal(err)
	}
	if got := ahead(h.member.Cooperative, shift.Starts); len(got) != 0 {
		t.Errorf("called off: %+v", got)
	}
}
