package jobs_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// bornOn is what the member tells of their age.
func (h *house) bornOn(m members.MemberID, day string) {
	h.t.Helper()
	var person members.PersonID
	const query = `SELECT r.person_id FROM members.member m JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id WHERE m.id = $1`
	if err := h.db.QueryRow(h.ctx(), query, m).Scan(&person); err != nil {
		h.t.Fatal(err)
	}
	h.tx(func(tx pgx.Tx) error {
		return h.people.ConfideTx(h.ctx(), tx, person, id.Cooperative{}, members.BirthDate, day)
	})
}

// TestOneMinorKeepsNobodyBack: of a shift that is called off late all the others are
// paid, the one who cannot be is called off too, and the office hears of it.
func TestOneMinorKeepsNobodyBack(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(2*time.Hour, 3)
	bea := h.newMember("bea")
	first, minor, last := h.engagedOn(shift, h.member.Member), h.engagedOn(shift, bea), h.engagedOn(shift, h.newMember("cas"))
	h.bornOn(bea, "2012-01-01")
	if err := h.CallOffShift(h.ctx(), h.client, shift, 1_000_000); err != nil {
		t.Fatal(err)
	}
	for e, want := range map[jobs.EngagementID]jobs.EngagementState{first: jobs.Billed, minor: jobs.CalledOff, last: jobs.Billed} {
		if got := h.stateOf(e); got != want {
			t.Errorf("it is %s, want %s", got, want)
		}
	}
	if n := h.count(`SELECT count(*) FROM jobs.timesheet WHERE engagement_id = $1`, minor); n != 0 || len(h.bills()) != 2 {
		t.Errorf("%d sheets and the bills %q", n, h.bills())
	}
	h.now = h.now.Add(time.Minute)
	if told := h.sheetTold(); !slices.Equal(told, []string{"coordinator unbilled"}) {
		t.Errorf("told is %q", told)
	}
	if list, err := h.UnbilledWorks(h.ctx(), h.coordinator); err != nil || len(list) != 1 || list[0].ID != minor || list[0].Unbilled.Why != jobs.UnbilledPerson || !list[0].Owed() {
		t.Errorf("what cannot be billed is %+v, %v", list, err)
	}
	for _, by := range []members.Actor{h.client, h.member, h.coach, h.otherOffices} {
		if list, err := h.UnbilledWorks(h.ctx(), by); err != nil || len(list) != 0 {
			t.Errorf("a %s reads %d, %v", by.Kind, len(list), err)
		}
	}
	if _, people, err := h.ToldSheet(h.ctx(), h.unbilled(minor)); err != nil || len(people) == 0 {
		t.Errorf("the office: %v, %v", people, err)
	}
	h.bornOn(bea, "1990-01-01") // the office asked: the year was wrong
	due := jobs.PartPayDue{Engagement: minor, Cooperative: h.client.Cooperative, Minutes: 120}
	if n := h.count(`SELECT count(*) FROM tasks.task WHERE kind = 'jobs.part_pay_due' AND payload ->> 'Minutes' = '120' AND due_at > $1`, h.now); n != 1 {
		t.Errorf("%d times it is tried again", n)
	}
	for range 2 {
		h.tx(func(tx pgx.Tx) error { return h.PartPayDueTx(h.ctx(), tx, due) })
	}
	if list, err := h.UnbilledWorks(h.ctx(), h.coordinator); err != nil || len(list) != 0 {
		t.Errorf("what cannot be billed is %+v, %v", list, err)
	}
	if got := h.stateOf(minor); got != jobs.Billed || len(h.bills()) != 3 {
		t.Errorf("a week later it is %s, the bills %q", got, h.bills())
	}
}

func (h *house) unbilled(e jobs.EngagementID) jobs.SheetTold {
	return jobs.SheetTold{Engagement: e, Cooperative: h.client.Cooperative, News: jobs.NewsUnbilled, To: members.RoleCoordinator}
}

// TestSilenceOfAMinor: the timer does not fail; nothing is agreed, the office hears
// of it each week, and once it may be billed it is.
func TestSilenceOfAMinor(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	h.bornOn(h.member.Member, "2012-01-01")
	over := h.work(h.member, e).Shift.Ends
	for day := range 7 {
		h.now = over.Add(time.Duration(day) * 24 * time.Hour)
		h.timers()
	}
	for week := 1; week <= 2; week++ {
		h.now = over.Add(time.Duration(week) * jobs.SilentAfter)
		if told := h.timers(); !slices.Equal(told, []string{"coordinator unbilled"}) {
			t.Errorf("after %d weeks %q is told", week, told)
		}
		if w := h.work(h.member, e); w.State != jobs.Confirmed || w.Sheet.State != jobs.SheetEmpty {
			t.Errorf("the work is %s, its hours %q", w.State, w.Sheet.State)
		}
	}
	h.bornOn(h.member.Member, "1990-01-01")
	h.now = over.Add(3 * jobs.SilentAfter)
	h.timers()
	h.wantBills("240 6400+640")
	if _, _, err := h.ToldSheet(h.ctx(), h.unbilled(e)); err == nil {
		t.Error("the office is told of what is billed")
	}
}

// TestYesThatTheLawRefuses: whoever agrees, disputes or decides hears why not; the
// office hears of the work once, and it is off that list as soon as it is billed.
func TestYesThatTheLawRefuses(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	h.sheetTold()
	h.bornOn(h.member.Member, "2012-01-01")
	for range 2 {
		if err := h.AgreeHours(h.ctx(), h.client, e); !errors.Is(err, payments.ErrMinor) {
			t.Fatalf("agreed: %v", err)
		}
	}
	if err := h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Undisputed: time.Hour, Reason: "Kort."}); !errors.Is(err, payments.ErrMinor) {
		t.Errorf("disputed: %v", err)
	}
	if told := h.sheetTold(); !slices.Equal(told, []string{"coordinator unbilled"}) {
		t.Errorf("told is %q", told)
	}
	list, err := h.UnbilledWorks(h.ctx(), h.coordinator)
	if err != nil || len(list) != 1 || list[0].ID != e || list[0].Unbilled.Why != jobs.UnbilledPerson || list[0].Sheet.State != jobs.MemberProposed {
		t.Errorf("what cannot be billed is %+v, %v", list, err)
	}
	if err := h.AgreeHours(h.ctx(), h.rival, e); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another client: %v", err)
	}
	h.bornOn(h.member.Member, "1990-01-01")
	if err := h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Undisputed: time.Hour, Reason: "Kort."}); err != nil {
		t.Fatal(err)
	}
	if list, err := h.UnbilledWorks(h.ctx(), h.coordinator); err != nil || len(list) != 0 {
		t.Errorf("after a bill: %+v, %v", list, err)
	}
	h.wantBills("60 1600+160")
}
