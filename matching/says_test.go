package matching_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meent/jobs"
	"meent/matching"
	"meent/matching/engine"
	"meent/members"
)

// full is an explanation in which every reason is one.
func full() matching.Explanation {
	e := matching.Explanation{Week: true, Favourite: true, Facts: &matching.Facts{
		Asked: []engine.AskedSkill{{Want: 2, Have: 3}, {Want: 1, Have: 1}, {Want: 3}}, Bears: [3]int{4, 4, 4}, Loads: [3]int{2, 2, 2}, Limited: true, Pay: 5000, Left: 60_000}}
	for i, kind := range matching.PointKinds() {
		p := matching.Point{Kind: kind, Points: 10 + i, Of: 100}
		switch kind {
		case matching.FitPoints:
			p.Skills = []string{"weeding", "mopping"}
		case matching.NearPoints:
			p.Metres = 3000
		case matching.KnownPoints:
			p.Times = 4
		case matching.FairPoints:
			p.Minutes = 90
		}
		e.Total += p.Points
		e.Points = append(e.Points, p)
	}
	return e
}

// TestWhoIsToldWhichReason: every reason and every reader; a coach by each thing that
// the member may let them read. What is not named here fails.
func TestWhoIsToldWhichReason(t *testing.T) {
	const nothing members.Scope = "" // no grant lets anybody
	tests := map[matching.PointKind]struct {
		member bool
		coach  members.Scope // which they need
		client bool
		office bool
	}{
		matching.FitPoints:       {true, members.OffersScope, true, true},
		matching.GrowthPoints:    {true, members.ProfileScope, false, false},
		matching.NearPoints:      {true, members.ProfileScope, false, true},
		matching.CalmPoints:      {true, members.ProfileScope, false, false}, // health
		matching.RoomPoints:      {true, members.ProfileScope, false, false}, // money
		matching.KnownPoints:     {true, members.AgendaScope, false, true},
		matching.FairPoints:      {true, members.HoursScope, false, false},
		matching.WeekReason:      {true, members.ProfileScope, false, false},
		matching.FavouriteReason: {true, members.OffersScope, false, false},
		matching.TimeReason:      {false, nothing, true, false},
	}
	tells := func(kind matching.PointKind, to matching.Reader, may ...members.Scope) bool {
		return slices.ContainsFunc(full().Says(to, may...), func(s matching.Said) bool { return s.Kind == kind })
	}
	for _, kind := range matching.ReasonKinds() {
		want, named := tests[kind]
		if !named {
			t.Errorf("nobody decided who reads %s", kind)
			continue
		}
		if got := tells(kind, matching.ToMember); got != want.member {
			t.Errorf("%s to the member: %v", kind, got)
		}
		for _, scope := range append(members.Scopes(), nothing) {
			if got := tells(kind, matching.ToCoach, scope); got != (scope == want.coach && scope != nothing) {
				t.Errorf("%s to a coach who may read %q: %v", kind, scope, got)
			}
		}
		if tells(kind, matching.ToCoach) {
			t.Errorf("%s to a coach who may read nothing", kind)
		}
		if got := tells(kind, matching.ToCoach, members.Scopes()...); got != (want.coach != nothing) {
			t.Errorf("%s to a coach who may read all: %v", kind, got)
		}
		if got := tells(kind, matching.ToClient, members.Scopes()...); got != want.client {
			t.Errorf("%s to a client: %v", kind, got)
		}
		if got := tells(kind, matching.ToOffice, members.Scopes()...); got != want.office {
			t.Errorf("%s to the office: %v", kind, got)
		}
		if tells(kind, "somebody else", members.Scopes()...) {
			t.Errorf("%s to somebody else", kind)
		}
	}
	if len(tests) != len(matching.ReasonKinds()) {
		t.Error("a reason is named that is none")
	}
}

// TestClientIsToldSkillsAndTime: not how well, not what they are learning, no points,
// and the same whatever the member told of health and money.
func TestClientIsToldSkillsAndTime(t *testing.T) {
	want := []matching.Said{{Kind: matching.FitPoints, Can: 1}, {Kind: matching.TimeReason}}
	if diff := cmp.Diff(want, full().Says(matching.ToClient)); diff != "" {
		t.Error(diff)
	}
	other := full()
	other.Week, other.Favourite = false, false
	other.Facts.Bears, other.Facts.Limited, other.Facts.Helps, other.Facts.Metres = [3]int{}, false, true, 9
	for i := range other.Points {
		other.Points[i].Points, other.Points[i].Metres, other.Points[i].Times, other.Points[i].Minutes = 99, 1, 1, 1
	}
	if diff := cmp.Diff(want, other.Says(matching.ToClient)); diff != "" {
		t.Errorf("what else was told shows:\n%s", diff)
	}
	other.Facts.Asked = []engine.AskedSkill{{Want: 2, Have: 2}}
	if got := other.Says(matching.ToClient); !got[0].All || got[0].Can != 1 {
		t.Errorf("who can all of it: %+v", got)
	}
	for name, facts := range map[string]*matching.Facts{"who only learns": {Asked: []engine.AskedSkill{{Want: 1, Have: 1}}}, "nothing asked": {}, "erased": nil} {
		other.Facts = facts
		if diff := cmp.Diff(want[1:], other.Says(matching.ToClient)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// TestWhatToldNothingIsNoReason: the points of who told nothing are those of everybody.
func TestWhatToldNothingIsNoReason(t *testing.T) {
	e := full()
	e.Facts.Bears, e.Facts.Limited, e.Points[1].Points = [3]int{}, false, 0
	for _, s := range e.Says(matching.ToMember) {
		if s.Kind == matching.CalmPoints || s.Kind == matching.RoomPoints || s.Kind == matching.GrowthPoints {
			t.Errorf("%s is a reason", s.Kind)
		}
	}
	if got := (matching.Explanation{}).Says(matching.ToMember); len(got) != 0 {
		t.Errorf("of an erased one: %+v", got)
	}
}

// TestCoachReadsWhyAsFarAsTheyMay: with each more that the member allows, from the next
// reading on; and what is read stands in the log.
func TestCoachReadsWhyAsFarAsTheyMay(t *testing.T) {
	h := newHouse(t)
	anna, els, _ := h.coachFirst(members.OffersScope)
	h.tell(anna, members.Load{Physical: 4, Sensory: 4, Mental: 4})
	h.seek(func(n *jobs.NewGig) { n.Needs.Loads = members.Load{Physical: 1, Sensory: 1, Mental: 1} })
	kinds := func() (list []matching.PointKind) {
		o := h.waits(anna, els)
		if o.Explanation.Total != 0 || o.Explanation.Facts != nil {
			t.Errorf("the coach gets the record itself: %+v", o.Explanation)
		}
		for _, s := range o.Says {
			list = append(list, s.Kind)
		}
		return list
	}
	if diff := cmp.Diff([]matching.PointKind{matching.FitPoints}, kinds()); diff != "" {
		t.Error(diff)
	}
	h.must(h.coaching.Grant(t.Context(), anna, members.NewGrant{Grantee: els.Role, Scopes: []members.Scope{members.ProfileScope}, Until: "2027-01-31"}))
	if got := kinds(); !slices.Contains(got, matching.CalmPoints) || !slices.Contains(got, matching.NearPoints) || slices.Contains(got, matching.FairPoints) {
		t.Errorf("with the profile: %v", got)
	}
	h.must(h.coaching.Grant(t.Context(), anna, members.NewGrant{Grantee: els.Role, Scopes: []members.Scope{members.HoursScope}, Until: "2027-01-31"}))
	if got := kinds(); !slices.Contains(got, matching.FairPoints) {
		t.Errorf("with the hours: %v", got)
	}
	var read string
	h.must(h.db.QueryRow(t.Context(), `SELECT string_agg(DISTINCT scope, ' ' ORDER BY scope) FROM members.access_read`).Scan(&read))
	if read != "hours offers profile progress" { // progress: to agree on a rail
		t.Errorf("the log says that they read %s", read)
	}
	h.exec(`UPDATE members.access_grant SET revoked_at = granted_at WHERE scope = 'profile'`)
	if got := kinds(); slices.Contains(got, matching.CalmPoints) {
		t.Errorf("after it was taken back: %v", got)
	}
	if _, err := h.WithCoach(t.Context(), h.coordinator(), anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a coordinator: %v", fmt.Sprint(err))
	}
}
