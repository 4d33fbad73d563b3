package matching

import (
	"slices"
	"testing"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// TestHowAMemberStandsToWork: what of a member depends on the shift.
func TestHowAMemberStandsToWork(t *testing.T) {
	noon := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	w := Work{Shift: id.New[jobs.Shift](nil), Gig: id.New[jobs.Gig](nil), Client: id.New[members.Client](nil), Starts: noon, Ends: noon.Add(3 * time.Hour)}
	booked := func(shift jobs.ShiftID, after time.Duration) []booking {
		return []booking{{shift: shift, span: span{noon.Add(after), noon.Add(after + 3*time.Hour)}}}
	}
	other := id.New[jobs.Shift](nil)
	hours := Railed{AgreedRails: coaching.AgreedRails{DayMinutes: 60}}
	rest := []jobs.WorktimeRule{{Code: jobs.RestBetween, Limit: 20 * time.Hour, Effect: jobs.WorktimeBlocks}}
	tests := []struct {
		name  string
		who   seeker
		holds func(Candidate) bool
	}{
		{"on trial in this gig", seeker{tried: with(nil, w.Client, w.Gig)}, func(c Candidate) bool { return !c.Tried }},
		{"on trial in another gig of the client", seeker{tried: with(nil, w.Client, id.New[jobs.Gig](nil))}, func(c Candidate) bool { return c.Tried }},
		{"on trial elsewhere", seeker{tried: with(nil, id.New[members.Client](nil), w.Gig)}, func(c Candidate) bool { return !c.Tried }},
		{"has this seat already", seeker{booked: booked(w.Shift, 0), Candidate: Candidate{Rails: hours}, worktime: rest}, func(c Candidate) bool {
			return c.Busy && c.Rails.DayWork == 3*time.Hour && len(c.TooMuch) == 0
		}},
		{"works at that time", seeker{booked: booked(other, time.Hour), Candidate: Candidate{Rails: hours}, worktime: rest}, func(c Candidate) bool {
			return c.Busy && c.Rails.DayWork == 6*time.Hour && len(c.TooMuch) == 0
		}},
		{"works right before", seeker{booked: booked(other, -3*time.Hour), Candidate: Candidate{Rails: hours}}, func(c Candidate) bool {
			return !c.Busy && c.Rails.DayWork == 6*time.Hour
		}},
		{"works the evening before", seeker{booked: booked(other, -20*time.Hour), worktime: rest}, func(c Candidate) bool {
			return !c.Busy && slices.Equal(c.TooMuch, []jobs.WorktimeCode{jobs.RestBetween})
		}},
		{"where only a warning is wanted", seeker{booked: booked(other, -20*time.Hour), worktime: []jobs.WorktimeRule{{Code: jobs.RestBetween, Limit: 20 * time.Hour, Effect: jobs.WorktimeWarns}}},
			func(c Candidate) bool { return len(c.TooMuch) == 0 && len(c.Warned) == 1 }},
		{"told nothing", seeker{}, func(c Candidate) bool { return !c.Told && !c.Away }},
		{"told only of days", seeker{week: &members.Availability{Exceptions: map[members.Day]members.Exception{"2026-11-27": {Off: true}}}}, func(c Candidate) bool { return !c.Told && c.Away }},
		{"told that they never can", seeker{week: &members.Availability{Week: &members.Week{}}}, func(c Candidate) bool { return c.Told && c.Away }},
		{"was here", seeker{been: with(nil, w.Client, true), passed: with(nil, w.Shift, true)}, func(c Candidate) bool { return c.Rails.Been && c.Rails.PassedOn }},
	}
	for _, tt := range tests {
		if c := tt.who.at(w); !tt.holds(c) {
			t.Errorf("%s: %+v", tt.name, c)
		}
	}
}

// TestTrialAfterWork: who worked at the client before, in another gig, is not on
// trial there; later work, or that of the trial itself, does not matter.
func TestTrialAfterWork(t *testing.T) {
	noon := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	w := Work{Gig: id.New[jobs.Gig](nil), Client: id.New[members.Client](nil), Starts: noon}
	w.Form = members.TrialPlacement
	other := id.New[jobs.Gig](nil)
	for name, tt := range map[string]struct {
		had   earlier
		tried bool
	}{
		"other work before": {earlier{other, noon.Add(-time.Hour)}, true},
		"other work later":  {earlier{other, noon.Add(time.Hour)}, false},
		"this work before":  {earlier{w.Gig, noon.Add(-time.Hour)}, false},
	} {
		who := seeker{earlier: with(nil, w.Client, []earlier{tt.had})}
		if got := who.at(w).Tried; got != tt.tried {
			t.Errorf("%s: tried is %v", name, got)
		}
		paid := w
		paid.Form = members.MemberEntrepreneur
		if who.at(paid).Tried {
			t.Errorf("%s: paid work counts it", name)
		}
	}
}

// TestScopeKnowsWhatMatters: levels matter of all that is asked, for points too.
func TestScopeKnowsWhatMatters(t *testing.T) {
	w := Work{Skills: []string{"a", "b"}}
	if s := scopeOf([]Work{{Skills: nil}}, nil); len(s.skills) != 0 {
		t.Errorf("of nothing: %v", s.skills)
	}
	asks, teaches := w, w
	asks.Asked = ask("a", jobs.Required, members.CanWell)
	teaches.Seats.Buddies = true
	for _, one := range []Work{w, asks, teaches} {
		if s := scopeOf([]Work{one}, nil); !slices.Equal(s.skills, []string{"a", "b"}) {
			t.Errorf("%+v: %v", one, s.skills)
		}
	}
}
