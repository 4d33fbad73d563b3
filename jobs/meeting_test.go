package jobs_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
)

func meeting() jobs.Meeting {
	return jobs.Meeting{Point: "Bij de fontein", ContactName: "Piet", ContactPhone: "06 12 34 56 78", Travel: jobs.TravelOffered,
		TravelText: "Om 8.30 uur van het station", Briefing: "Neem schoenen mee.\nDe koffie is van ons.", Accompanied: true}
}

func TestMeetingIsForWhoIsEngaged(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	n.Meeting = meeting()
	gig := h.post(h.client, n)
	for name, by := range map[string]members.Actor{"the client": h.client, "the office": h.coordinator} {
		g, err := h.Gig(t.Context(), by, gig)
		if err != nil || g.Meeting.ContactPhone != "06 12 34 56 78" || g.Meeting.Version != 1 || g.Meeting.Point == "" {
			t.Errorf("%s reads %+v, %v", name, g.Meeting, err)
		}
	}
	for name, by := range map[string]members.Actor{"a member": h.member, "a coach": h.coach} {
		g, err := h.Gig(t.Context(), by, gig)
		if m := g.Meeting; err != nil || m.ContactPhone+m.ContactName+m.Point+m.Briefing != "" || m.TravelText == "" || !m.Accompanied {
			t.Errorf("%s reads %+v, %v", name, m, err)
		}
	}
	shift := h.found1(gig).Shifts[0].ID
	if err := h.confirm(shift, h.member.Member); err != nil {
		t.Fatal(err)
	}
	e := h.onShift(shift)
	day, err := h.Day(t.Context(), h.member, e)
	if err != nil || day.ContactPhone == "" || !day.First || !day.WithCompany() || !day.ToRead() || day.Seat != jobs.WorkSeat {
		t.Errorf("who is engaged reads %+v, %v", day, err)
	}
	for name, by := range map[string]members.Actor{"another client": h.rival, "a coach": h.coach, "another cooperative": h.otherOffices, "nobody": {}} {
		if _, err := h.Day(t.Context(), by, e); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.db.Exec(t.Context(), `UPDATE jobs.engagement SET `+setOff+` WHERE id = $1`, e); err != nil {
		t.Fatal(err)
	}
	if day, err := h.Day(t.Context(), h.member, e); err != nil || day.ContactPhone != "" || day.Point != "" {
		t.Errorf("who does not come any more reads %+v, %v", day, err)
	}
}

// onShift is the engagement on a shift with one.
func (h *house) onShift(shift jobs.ShiftID) (e jobs.EngagementID) {
	h.t.Helper()
	if err := h.db.QueryRow(h.ctx(), `SELECT id FROM jobs.engagement WHERE shift_id = $1`, shift).Scan(&e); err != nil {
		h.t.Fatal(err)
	}
	return e
}

func TestMeetingRefuses(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	for _, tt := range []struct {
		field, rule string
		change      func(*jobs.Meeting)
	}{
		{"point", "too_long", func(m *jobs.Meeting) { m.Point = strings.Repeat("é", 201) }},
		{"point", "unreadable", func(m *jobs.Meeting) { m.Point = "a\nb" }},
		{"contact_name", "too_long", func(m *jobs.Meeting) { m.ContactName = strings.Repeat("é", 81) }},
		{"contact_phone", "not_a_phone", func(m *jobs.Meeting) { m.ContactPhone = "bel maar" }},
		{"contact_phone", "not_a_phone", func(m *jobs.Meeting) { m.ContactPhone = "12" }},
		{"contact_phone", "too_long", func(m *jobs.Meeting) { m.ContactPhone = strings.Repeat("1", 21) }},
		{"travel", "not_a_choice", func(m *jobs.Meeting) { m.Travel = "plane" }},
		{"travel_text", "missing", func(m *jobs.Meeting) { m.TravelText = "" }},
		{"travel_text", "too_long", func(m *jobs.Meeting) { m.TravelText = strings.Repeat("é", 201) }},
		{"briefing", "too_long", func(m *jobs.Meeting) { m.Briefing = strings.Repeat("é", 2001) }},
		{"briefing", "unreadable", func(m *jobs.Meeting) { m.Briefing = "\x00" }},
	} {
		m := meeting()
		tt.change(&m)
		err := h.ChangeMeeting(t.Context(), h.client, gig, m)
		var problems check.Problems
		if !errors.As(err, &problems) || !has(problems, tt.field, tt.rule) {
			t.Errorf("%+v gave %v, want %s: %s", m, err, tt.field, tt.rule)
		}
	}
	for name, by := range map[string]members.Actor{"another client": h.rival, "a member": h.member, "another cooperative": h.otherOffices, "nobody": {}} {
		if err := h.ChangeMeeting(t.Context(), by, gig, meeting()); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s changed it: %v", name, err)
		}
		if _, err := h.Meeting(t.Context(), by, gig); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s read it: %v", name, err)
		}
	}
	h.setState(gig, jobs.Cancelled)
	if err := h.ChangeMeeting(t.Context(), h.client, gig, meeting()); !errors.Is(err, jobs.ErrGigOver) {
		t.Errorf("of a cancelled gig: %v", err)
	}
}

func TestBriefingIsReadAgainWhenItChanges(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	n.Meeting = meeting()
	gig := h.post(h.client, n)
	shift := h.found1(gig).Shifts[0].ID
	if err := h.confirm(shift, h.member.Member); err != nil {
		t.Fatal(err)
	}
	e := h.onShift(shift)
	reads := func(want bool) {
		t.Helper()
		for _, by := range []members.Actor{h.member, h.client} {
			if day, err := h.Day(t.Context(), by, e); err != nil || day.Read != want {
				t.Errorf("the %s sees that it is read: %v, %v; want %v", by.Kind, day.Read, err, want)
			}
		}
	}
	reads(false)
	for name, by := range map[string]members.Actor{"the client": h.client, "another client": h.rival, "a coach": h.coach, "another cooperative": h.otherOffices} {
		if err := h.ReadBriefing(t.Context(), by, e, 1); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s read it: %v", name, err)
		}
	}
	for range 2 { // two presses
		if err := h.ReadBriefing(t.Context(), h.member, e, 1); err != nil {
			t.Fatal(err)
		}
	}
	reads(true)
	other := meeting()
	other.Point = "Bij de poort"
	if err := h.ChangeMeeting(t.Context(), h.client, gig, other); err != nil {
		t.Fatal(err)
	}
	reads(true) // the briefing is the same
	other.Briefing = "Neem laarzen mee."
	if err := h.ChangeMeeting(t.Context(), h.client, gig, other); err != nil {
		t.Fatal(err)
	}
	reads(false)
	if err := h.ReadBriefing(t.Context(), h.member, e, 1); !errors.Is(err, jobs.ErrBriefingChanged) {
		t.Errorf("the one of before: %v", err)
	}
	if err := h.ReadBriefing(t.Context(), h.member, e, 2); err != nil {
		t.Fatal(err)
	}
	reads(true)
	r, _, err := h.Remind(t.Context(), jobs.ShiftComing{Engagement: e, Cooperative: h.client.Cooperative, Ahead: jobs.DayAhead})
	if err != nil || r.Day.Point != "Bij de poort" || !r.Day.Read || !r.Day.First {
		t.Errorf("the reminder says %+v, %v", r.Day, err)
	}
}

// TestOnlyTheFirstShiftIsAccompanied: the second for the same client is not.
func TestOnlyTheFirstShiftIsAccompanied(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	n.Meeting = meeting()
	gig := h.post(h.client, n)
	s := weekly()
	s.From, s.Count = "2026-12-01", 1
	if err := h.AddShifts(t.Context(), h.client, gig, jobs.Adding{Series: &s}); err != nil {
		t.Fatal(err)
	}
	for i, shift := range h.found1(gig).Shifts {
		if err := h.confirm(shift.ID, h.member.Member); err != nil {
			t.Fatal(err)
		}
		if day, err := h.Day(t.Context(), h.client, h.onShift(shift.ID)); err != nil || day.WithCompany() != (i == 0) {
			t.Errorf("shift %d: somebody comes along: %v, %v", i, day.WithCompany(), err)
		}
	}
}

func TestMeetingGoesWithItsHouseholdAndItsGig(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	n.Meeting = meeting()
	gig := h.post(h.client, n)
	shift := h.found1(gig).Shifts[0].ID
	if err := h.confirm(shift, h.member.Member); err != nil {
		t.Fatal(err)
	}
	if err := h.ReadBriefing(t.Context(), h.member, h.onShift(shift), 1); err != nil {
		t.Fatal(err)
	}
	count := func(table string) (n int) {
		t.Helper()
		if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	h.tx(func(tx pgx.Tx) error { return h.EraseTx(h.ctx(), tx, members.Erasing{Person: h.client.Person}) })
	if count("jobs.gig_meeting") != 1 {
		t.Error("that of an organisation went with its contact")
	}
	h.tx(func(tx pgx.Tx) error { return h.EraseTx(h.ctx(), tx, members.Erasing{Person: h.member.Person}) })
	if count("jobs.briefing_read") != 0 {
		t.Error("what the member read stays")
	}
	if _, err := h.db.Exec(t.Context(), `UPDATE members.client SET kind = 'household' WHERE id = $1`, h.client.Client); err != nil {
		t.Fatal(err)
	}
	h.tx(func(tx pgx.Tx) error { return h.EraseTx(h.ctx(), tx, members.Erasing{Person: h.client.Person}) })
	if count("jobs.gig_meeting") != 0 {
		t.Error("that of a household stays")
	}
	n.Shifts[0].Starts, n.Shifts[0].Ends = n.Shifts[0].Starts.AddDate(0, 0, 7), n.Shifts[0].Ends.AddDate(0, 0, 7)
	old := h.post(h.client, n)
	if _, err := h.db.Exec(t.Context(), `UPDATE jobs.gig SET emptied_at = $2 WHERE id = $1`, old, h.now); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Hour)
	h.tx(func(tx pgx.Tx) error { return h.TidyTx(h.ctx(), tx, jobs.Tidy{}) })
	if count("jobs.gig_meeting") != 0 {
		t.Error("that of a gig that was emptied stays")
	}
}
