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

// nobodySignsIn takes the client its contacts.
func (h *house) nobodySignsIn() {
	h.t.Helper()
	h.exec(`UPDATE members.role SET ended_at = $2 WHERE client_id = $1`, h.client.Client, h.now)
}

// TestOfficeAnswersForAClient: where nobody of a client can sign in the office is
// told of hours, and says yes, no or something else for them; each is a deed.
func TestOfficeAnswersForAClient(t *testing.T) {
	for name, tt := range map[string]struct {
		answer func(h *house, e jobs.EngagementID) error
		state  jobs.SheetState
		bills  []string
	}{
		"yes": {func(h *house, e jobs.EngagementID) error { return h.AgreeHours(h.ctx(), h.coordinator, e) }, jobs.SheetAgreed, []string{"240 6400+640"}},
		"others": {func(h *house, e jobs.EngagementID) error {
			return h.ProposeHours(h.ctx(), h.coordinator, e, jobs.Hours{Worked: 3 * time.Hour, Reason: "De klant belde."})
		}, jobs.ClientProposed, nil},
		"a part": {func(h *house, e jobs.EngagementID) error {
			return h.DisputeHours(h.ctx(), h.coordinator, e, jobs.Disputing{Undisputed: 3 * time.Hour, Reason: "De klant belde."})
		}, jobs.Disputed, []string{"180 4800+480"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			e := h.overWork()
			h.nobodySignsIn()
			if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
				t.Fatal(err)
			}
			if told := h.sheetTold(); !slices.Equal(told, []string{"coordinator answer"}) || h.tasksOf("jobs.hours_proposed") != 0 {
				t.Errorf("told is %q", told)
			}
			if list, err := h.ForClients(h.ctx(), h.coordinator); err != nil || len(list) != 1 || list[0].ID != e {
				t.Errorf("the office has to answer %+v, %v", list, err)
			}
			for who, by := range map[string]members.Actor{"a coach": h.coach, "another office": h.otherOffices, "nobody": {}} {
				if err := h.AgreeHours(h.ctx(), by, e); !errors.Is(err, members.ErrNotFound) {
					t.Errorf("%s: %v", who, err)
				}
				if list, err := h.ForClients(h.ctx(), by); err != nil || len(list) != 0 {
					t.Errorf("%s reads %d, %v", who, len(list), err)
				}
			}
			if err := tt.answer(h, e); err != nil {
				t.Fatal(err)
			}
			if w := h.work(h.member, e); w.Sheet.State != tt.state {
				t.Errorf("the hours are %q", w.Sheet.State)
			}
			h.wantBills(tt.bills...)
			if n := h.count(`SELECT count(*) FROM members.audit WHERE what = 'hours_for_client'`); n != 1 {
				t.Errorf("%d deeds", n)
			}
			if err := tt.answer(h, e); !errors.Is(err, jobs.ErrNotTheirTurn) {
				t.Errorf("once more: %v", err)
			}
			if tt.state != jobs.Disputed {
				return
			}
			other := h.role("mia", members.NewRole{Cooperative: h.coordinator.Cooperative, Kind: members.RoleCoordinator})
			if err := h.DecideHours(h.ctx(), other, e, jobs.Deciding{Worked: 4 * time.Hour, Reason: "Zo was het."}); err != nil {
				t.Fatal(err)
			}
			if told := h.sheetTold(); !slices.Contains(told, "coordinator decided") || slices.Contains(told, "client decided") {
				t.Errorf("of the decision %q are told", told)
			}
		})
	}
}

// TestOfficeDoesNotAnswerForItself: nobody approves their own hours, and who
// disputed for a client does not decide while another can.
func TestOfficeDoesNotAnswerForItself(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	both := h.coordinator
	both.Person = h.member.Person
	if err := h.AgreeHours(h.ctx(), both, e); !errors.Is(err, members.ErrOneself) || h.work(h.member, e).MayAnswer(both, h.now) {
		t.Errorf("their own hours: %v", err)
	}
	var problems check.Problems
	if err := h.ProposeHours(h.ctx(), h.coordinator, e, jobs.Hours{Worked: 3 * time.Hour}); !errors.As(err, &problems) || !problems.At("reason") {
		t.Errorf("without a reason: %v", err)
	}
	if err := h.DisputeHours(h.ctx(), h.coordinator, e, jobs.Disputing{Undisputed: 3 * time.Hour, Reason: "De klant belde."}); err != nil {
		t.Fatal(err)
	}
	other := h.role("mia", members.NewRole{Cooperative: h.coordinator.Cooperative, Kind: members.RoleCoordinator})
	decided := jobs.Deciding{Worked: 4 * time.Hour, Reason: "Zo was het."}
	if err := h.DecideHours(h.ctx(), h.coordinator, e, decided); !errors.Is(err, members.ErrOneself) {
		t.Errorf("who disputed decides: %v", err)
	}
	if err := h.DecideHours(h.ctx(), other, e, decided); err != nil {
		t.Error(err)
	}
}

// TestSilenceOfNobody: hours up to the plan are agreed; more than was planned waits
// for the office, which hears of it each week.
func TestSilenceOfNobody(t *testing.T) {
	for name, tt := range map[string]struct {
		worked time.Duration
		bills  []string
	}{"as planned": {4 * time.Hour, []string{"240 6400+640"}}, "more": {12 * time.Hour, nil}} {
		h := newHouse(t)
		e := h.overWork()
		h.nobodySignsIn()
		if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: tt.worked}); err != nil {
			t.Fatal(err)
		}
		var told []string
		for range 3 {
			h.now = h.now.Add(7 * 24 * time.Hour)
			told = append(told, h.timers()...)
		}
		h.wantBills(tt.bills...)
		if tt.bills != nil {
			if !slices.Equal(told, []string{"coordinator answer", "coordinator silent", "member silent"}) {
				t.Errorf("%s: told is %q", name, told)
			}
			continue
		}
		if !slices.Equal(told, []string{"coordinator answer", "coordinator answer", "coordinator answer"}) {
			t.Errorf("%s: told is %q", name, told)
		}
		if err := h.AgreeHours(h.ctx(), h.coordinator, e); err != nil {
			t.Error(err)
		}
		h.wantBills("720 19200+1920")
	}
}

// TestClientBegins: of hours about which the member says nothing the client can
// speak after five days, or at once where the clock says it all.
func TestClientBegins(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	ended := h.now
	said := jobs.Hours{Worked: 20 * time.Minute, Reason: "Je ging ziek naar huis."}
	h.now = ended.Add(5*24*time.Hour - time.Second)
	if err := h.ProposeHours(h.ctx(), h.client, e, said); !errors.Is(err, jobs.ErrNotTheirTurn) || h.work(h.client, e).MayAnswer(h.client, h.now) {
		t.Errorf("before the fifth day: %v", err)
	}
	h.now = ended.Add(5 * 24 * time.Hour)
	for name, err := range map[string]error{"agree": h.AgreeHours(h.ctx(), h.client, e), "dispute": h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Reason: "Niets."})} {
		if !errors.Is(err, jobs.ErrNotTheirTurn) {
			t.Errorf("%s about nothing: %v", name, err)
		}
	}
	if err := h.ProposeHours(h.ctx(), h.client, e, said); err != nil {
		t.Fatal(err)
	}
	if w := h.work(h.member, e); w.Sheet.State != jobs.ClientProposed || !w.WaitsFor(members.RoleMember, h.now) || w.State != jobs.Finished {
		t.Errorf("the member reads %+v", w.Sheet)
	}
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	if err := h.AgreeHours(h.ctx(), h.client, e); err != nil {
		t.Fatal(err)
	}
	h.wantBills("240 6400+640")
}

// TestClientBeginsByTheClock at once when the member pressed twice, and the
// member's silence agrees what the client said.
func TestClientBeginsByTheClock(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	h.exec(`UPDATE jobs.engagement SET state = 'finished', checked_in_at = starts_at, check_in_received_at = starts_at, check_in_id = gen_random_uuid(),
		checked_out_at = starts_at + interval '20 minutes', check_out_received_at = starts_at + interval '20 minutes', check_out_id = gen_random_uuid(), clock_break_minutes = 0 WHERE id = $1`, e)
	if err := h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 20 * time.Minute, Reason: "Zo zegt de klok."}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		h.now = h.now.Add(7 * 24 * time.Hour)
		h.timers()
	}
	h.wantBills("20 533+54")
}
