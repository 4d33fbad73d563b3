package jobs_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
)

// denied is work of which the client said that the member did not come, and the
// member that they were there.
func (h *house) denied() jobs.EngagementID {
	h.t.Helper()
	e := h.engagedOn(h.shift(time.Hour, 1), h.member.Member)
	h.now = h.now.Add(80 * time.Minute)
	h.allRight(errors.Join(h.Miss(h.ctx(), h.client, e), h.WasThere(h.ctx(), h.member, e)))
	return e
}

// TestDeniedAbsenceIsAnswered: it waits for the office, which is reminded and then
// late; an answer has a reason that the member reads, and can have looked at again.
func TestDeniedAbsenceIsAnswered(t *testing.T) {
	h := newHouse(t)
	e := h.denied()
	if list, err := h.AbsencesDenied(h.ctx(), h.coordinator); err != nil || len(list) != 1 || list[0].ID != e || !list[0].Off.Asks() {
		t.Fatalf("for the office there are %+v, %v", list, err)
	}
	for name, by := range map[string]members.Actor{"member": h.member, "client": h.client, "coach": h.coach, "another office": h.otherOffices} {
		if list, err := h.AbsencesDenied(h.ctx(), by); err != nil || len(list) > 0 {
			t.Errorf("a %s reads %d, %v", name, len(list), err)
		}
		if n, _, err := h.AbsencesWaiting(h.ctx(), by); err != nil || n != 0 {
			t.Errorf("a %s counts %d, %v", name, n, err)
		}
		if err := h.Uphold(h.ctx(), by, e, "Niemand zag je."); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("by a %s: %v", name, err)
		}
	}
	if n, oldest, err := h.AbsencesWaiting(h.ctx(), h.coordinator); err != nil || n != 1 || !oldest.Equal(h.now) {
		t.Errorf("%d wait since %s, %v", n, oldest, err)
	}
	w := h.work(h.member, e)
	if w.Off.AbsenceLate(h.now.Add(14*24*time.Hour-time.Second)) || !w.Off.AbsenceLate(h.now.Add(14*24*time.Hour)) {
		t.Error("it is late after fourteen days")
	}
	if n := h.count(`SELECT count(*) FROM tasks.task WHERE kind = 'jobs.absence_denied' AND due_at > $1`, h.now); n != 2 {
		t.Errorf("the office is reminded %d times, want twice", n)
	}
	for _, bad := range []string{"", " ", string(make([]byte, 501)), "\x00"} {
		var p check.Problems
		if err := h.Uphold(h.ctx(), h.coordinator, e, bad); !errors.As(err, &p) || !p.At("reason") {
			t.Errorf("for the reason %q: %v", bad, err)
		}
	}
	const why = "marker: de voorman en de lijst zeggen hetzelfde."
	h.allRight(h.Uphold(h.ctx(), h.coordinator, e, why))
	if err := h.Uphold(h.ctx(), h.coordinator, e, why); !errors.Is(err, members.ErrDecided) {
		t.Errorf("once more: %v", err)
	}
	if h.number(`SELECT count(*) FROM jobs.engagement e WHERE e::text LIKE '%marker%'`) > 0 {
		t.Error("the reason is not sealed")
	}
	for name, by := range map[string]members.Actor{"member": h.member, "coordinator": h.coordinator} {
		if a, err := h.AbsenceAnswer(h.ctx(), by, e); err != nil || a.Why != why || a.By != "noor" || !a.At.Equal(h.now) {
			t.Errorf("a %s reads %+v, %v", name, a, err)
		}
	}
	for name, by := range map[string]members.Actor{"client": h.client, "coach": h.coach, "another office": h.otherOffices} {
		if _, err := h.AbsenceAnswer(h.ctx(), by, e); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %s: %v", name, err)
		}
	}
	if n, _, err := h.AbsencesWaiting(h.ctx(), h.coordinator); err != nil || n != 0 {
		t.Errorf("afterwards %d wait, %v", n, err)
	}
	if _, office, err := h.ToldDenied(h.ctx(), jobs.AbsenceDenied{Engagement: e, Cooperative: h.member.Cooperative, Reminds: true}); err != nil || len(office) > 0 {
		t.Errorf("the office is told nevertheless: %v, %v", office, err)
	}
	if _, who, err := h.ToldUpheld(h.ctx(), jobs.AbsenceUpheld{Engagement: e, Cooperative: h.member.Cooperative}); err != nil || who.Name != "anna" || h.tasksOf("jobs.absence_upheld") != 1 {
		t.Errorf("told is %q, %v", who.Name, err)
	}
	var seq int64
	h.allRight(h.db.QueryRow(h.ctx(), `SELECT seq FROM members.audit WHERE what = 'absence_upheld'`).Scan(&seq))
	d, err := h.people.Decided(h.ctx(), h.member, members.Decision{Deed: members.DeedID{Cooperative: h.member.Cooperative, Seq: seq}})
	if err != nil || d.Why != why || d.By != h.coordinator.Person {
		t.Errorf("for a second look it is %+v, %v", d, err)
	}
	h.allRight(h.PutRight(h.ctx(), h.coordinator, e)) // what the second look found
	if w := h.work(h.member, e); w.State != jobs.Confirmed || w.Off.Upheld != nil || w.Off.Denied != nil || w.Off.There == nil {
		t.Errorf("after the second look it is %s, %+v", w.State, w.Off)
	}
}

// TestPutRightOfWhoLeft: also who is no member any more gets the hours of then.
func TestPutRightOfWhoLeft(t *testing.T) {
	h := newHouse(t)
	e := h.denied()
	h.now = h.now.Add(48 * time.Hour)
	h.allRight(h.people.MoveMember(h.ctx(), h.coordinator, h.member.Member, members.Alumni, "Zij verhuist."))
	h.allRight(h.PutRight(h.ctx(), h.coordinator, e))
	if state := h.stateOf(e); state != jobs.Confirmed {
		t.Errorf("the work is %s", state)
	}
}

// TestFoundThereStands: what a coordinator found is not undone by the client in one
// tap; a coordinator can be told more, and say so.
func TestFoundThereStands(t *testing.T) {
	h := newHouse(t)
	e := h.denied()
	h.allRight(h.PutRight(h.ctx(), h.coordinator, e))
	if err := h.Miss(h.ctx(), h.client, e); !errors.Is(err, jobs.ErrFoundThere) || h.stateOf(e) != jobs.Confirmed {
		t.Errorf("missed again by the client: %v, %s", err, h.stateOf(e))
	}
	if w := h.work(h.client, e); w.MayMiss(h.client, h.now) || !w.MayMiss(h.coordinator, h.now) {
		t.Error("the page offers what is refused")
	}
	h.allRight(h.Miss(h.ctx(), h.coordinator, e))
	h.allRight(h.WasThere(h.ctx(), h.member, e)) // once more
	if w := h.work(h.member, e); !w.Off.Asks() || w.Off.There != nil {
		t.Errorf("it is %+v", w.Off)
	}
}

// TestNobodyDecidesAboutTheirOwnWork, whichever roles they have beside that of
// member.
func TestNobodyDecidesAboutTheirOwnWork(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(time.Hour, 1)
	e := h.engagedOn(shift, h.member.Member)
	var gig jobs.GigID
	h.allRight(h.db.QueryRow(h.ctx(), `SELECT gig_id FROM jobs.shift WHERE id = $1`, shift).Scan(&gig))
	for _, role := range []members.Actor{h.coordinator, h.client} {
		own := role
		own.Person = h.member.Person
		for name, do := range map[string]func() error{
			"work":  func() error { return h.CallOffWork(h.ctx(), own, e, enough) },
			"shift": func() error { return h.CallOffShift(h.ctx(), own, shift, enough) },
			"gig":   func() error { return h.CancelGig(h.ctx(), own, gig, enough) },
			"miss":  func() error { return h.Miss(h.ctx(), own, e) },
		} {
			if err := do(); !errors.Is(err, members.ErrOneself) || h.stateOf(e) != jobs.Confirmed || len(h.bills()) > 0 {
				t.Errorf("%s as a %s: %v, %s", name, role.Kind, err, h.stateOf(e))
			}
		}
	}
	h.now = h.now.Add(80 * time.Minute)
	h.allRight(errors.Join(h.Miss(h.ctx(), h.client, e), h.WasThere(h.ctx(), h.member, e)))
	for name, person := range map[string]members.PersonID{"member": h.member.Person, "client": h.client.Person} {
		own := h.coordinator
		own.Person = person
		for what, err := range map[string]error{"put right": h.PutRight(h.ctx(), own, e), "upheld": h.Uphold(h.ctx(), own, e, "Ik weet het.")} {
			if !errors.Is(err, members.ErrOneself) || h.stateOf(e) != jobs.Absent {
				t.Errorf("%s by the %s: %v", what, name, err)
			}
		}
	}
}

// TestWhoMovesEngagements compares the table with doc.go, move by move, role by
// role and state by state.
func TestWhoMovesEngagements(t *testing.T) {
	runners, office, program := []members.RoleKind{"client", "coordinator"}, []members.RoleKind{"coordinator"}, []members.RoleKind{""}
	member := []members.RoleKind{"member"}
	want := map[jobs.EngagementMove]struct {
		by   []members.RoleKind
		from []jobs.EngagementState
	}{
		jobs.MoveBegin:   {member, []jobs.EngagementState{jobs.Confirmed}},
		jobs.MoveDone:    {member, []jobs.EngagementState{jobs.Started}},
		jobs.MoveLeave:   {member, []jobs.EngagementState{jobs.Confirmed, jobs.Started}},
		jobs.MoveCallOff: {runners, []jobs.EngagementState{jobs.Confirmed, jobs.Started}},
		jobs.MoveMiss:    {runners, []jobs.EngagementState{jobs.Confirmed}},
		jobs.MoveDeny:    {member, []jobs.EngagementState{jobs.Absent}},
		jobs.MoveUphold:  {office, []jobs.EngagementState{jobs.Absent}},
		jobs.MoveRight:   {office, []jobs.EngagementState{jobs.Absent}},
		jobs.MoveHours:   {[]members.RoleKind{"", "member", "client", "coordinator"}, []jobs.EngagementState{jobs.Confirmed, jobs.Started, jobs.Finished}},
		jobs.MovePart:    {program, []jobs.EngagementState{jobs.CalledOff}},
		jobs.MoveSettle:  {program, []jobs.EngagementState{jobs.Agreed}},
		jobs.MovePay:     {program, []jobs.EngagementState{jobs.Billed}},
		jobs.MovePayBack: {program, []jobs.EngagementState{jobs.Paid}},
	}
	if len(want) != len(jobs.EngagementMoves()) {
		t.Errorf("%d moves, want %d", len(jobs.EngagementMoves()), len(want))
	}
	roles := append(members.RoleKinds(), "")
	for _, m := range append(jobs.EngagementMoves(), "what") {
		for _, s := range append(jobs.EngagementStates(), "where") {
			for _, by := range roles {
				allowed := slices.Contains(want[m].by, by) && slices.Contains(want[m].from, s)
				if got := m.May(s, by); got != allowed {
					t.Errorf("%s of %s work by %q: %v", m, s, by, got)
				}
			}
		}
	}
}
