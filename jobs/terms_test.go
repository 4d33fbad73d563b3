package jobs_test

import (
	"errors"
	"testing"
	"time"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// changeSettings changes what the house decided.
func (h *house) changeSettings(change func(*members.Settings)) {
	h.t.Helper()
	settings, err := h.people.Settings(h.ctx(), h.coordinator)
	if err != nil {
		h.t.Fatal(err)
	}
	change(&settings)
	if err := h.people.ChangeSettings(h.ctx(), h.coordinator, settings, "De leden stemden."); err != nil {
		h.t.Fatal(err)
	}
}

// raise lets the client pay more for the gig of this work.
func (h *house) raise(e jobs.EngagementID, n jobs.Rates) {
	h.t.Helper()
	if err := h.ChangePrice(h.ctx(), h.client, h.work(h.client, e).Gig, n); err != nil {
		h.t.Fatal(err)
	}
}

// TestTermsStay: what a seat is given on holds until it is billed, whatever the
// house decides meanwhile.
func TestTermsStay(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.changeSettings(func(s *members.Settings) { s.Contribution, s.NoticeHours, s.LateShare = 2500, 48, 8000 })
	w := h.work(h.client, e)
	if want := (jobs.Terms{Contribution: 1000, Notice: 24 * time.Hour, LateShare: 5000}); w.Terms != want {
		t.Errorf("the terms are %+v, want %+v", w.Terms, want)
	}
	h.now = h.now.Add(5 * time.Hour)
	if err := errors.Join(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}), h.AgreeHours(h.ctx(), h.client, e)); err != nil {
		t.Fatal(err)
	}
	h.wantBills("240 6400+640")
}

// TestNoticeStays: what is agreed with notice of a day does not get another.
func TestNoticeStays(t *testing.T) {
	h := newHouse(t)
	e := h.engagedOn(h.shift(30*time.Hour, 1), h.member.Member)
	h.changeSettings(func(s *members.Settings) { s.NoticeHours = 48 })
	if costs, err := h.WorkCosts(h.ctx(), h.client, e); err != nil || costs.Price().Total() != 0 {
		t.Errorf("thirty hours before it costs %+v, %v", costs.Price(), err)
	}
	later := h.engagedOn(h.shift(40*time.Hour, 1), h.member.Member)
	if costs, err := h.WorkCosts(h.ctx(), h.client, later); err != nil || costs.Price().Total() != 3520 {
		t.Errorf("of what is agreed after that it costs %+v, %v", costs.Price(), err)
	}
}

// TestNoticeIsADay: nobody makes it less.
func TestNoticeIsADay(t *testing.T) {
	h := newHouse(t)
	for _, hours := range []int{0, 23} {
		settings, err := h.people.Settings(h.ctx(), h.coordinator)
		if err != nil {
			t.Fatal(err)
		}
		settings.NoticeHours = hours
		var problems check.Problems
		if err := h.people.ChangeSettings(h.ctx(), h.coordinator, settings, "Korter."); !errors.As(err, &problems) || !problems.At("notice") {
			t.Errorf("a notice of %d hours: %v", hours, err)
		}
	}
}

// TestRaiseBeforeTheEnd: a raise is for who still has to work, and for nobody whose
// work is over.
func TestRaiseBeforeTheEnd(t *testing.T) {
	h := newHouse(t)
	gig := h.gig()
	gig.Shifts = []jobs.NewShift{
		{Starts: h.now.Add(time.Hour), Ends: h.now.Add(5 * time.Hour), Seats: 1},
		{Starts: h.now.Add(48 * time.Hour), Ends: h.now.Add(52 * time.Hour), Seats: 1}}
	posted, err := h.Gig(h.ctx(), h.client, h.post(h.client, gig))
	if err != nil {
		t.Fatal(err)
	}
	over, comes := h.engagedOn(posted.Shifts[0].ID, h.member.Member), h.engagedOn(posted.Shifts[1].ID, h.member.Member)
	h.now = h.now.Add(6 * time.Hour)
	if err := errors.Join(h.ProposeHours(h.ctx(), h.member, over, jobs.Hours{Worked: 3 * time.Hour}),
		h.DisputeHours(h.ctx(), h.client, over, jobs.Disputing{Undisputed: 2 * time.Hour, Reason: "Korter."})); err != nil {
		t.Fatal(err)
	}
	h.raise(over, jobs.Rates{Rate: 2000})
	if err := h.DecideHours(h.ctx(), h.coordinator, over, jobs.Deciding{Worked: 3 * time.Hour, Reason: "Zo was het."}); err != nil {
		t.Fatal(err)
	}
	h.wantBills("120 3200+320", "60 1600+160")
	for e, want := range map[jobs.EngagementID]int64{over: 1600, comes: 2000} {
		if got := h.work(h.member, e).Rate; int64(got) != want {
			t.Errorf("the wage an hour is %d, want %d", got, want)
		}
	}
}

// TestRaiseForTheLaw: work that is over, and cannot be billed because the law asks
// more by now, follows a raise; other work that is over does not.
func TestRaiseForTheLaw(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	h.exec(`UPDATE payments.legal_figure SET cents = 1700 WHERE kind = 'adult_minimum_wage'`)
	if err := h.AgreeHours(h.ctx(), h.client, e); !errors.Is(err, payments.ErrBelowFloor) {
		t.Fatalf("below the floor it gave %v", err)
	}
	gig := h.work(h.client, e).Gig
	if err := h.Finish(h.ctx(), h.client, gig); err != nil {
		t.Fatal(err)
	}
	asks := func(by members.Actor) bool {
		t.Helper()
		is, err := h.AsksRaise(h.ctx(), by, gig)
		if err != nil && !errors.Is(err, members.ErrNotFound) {
			t.Fatal(err)
		}
		return is
	}
	if !asks(h.client) || !asks(h.coordinator) || asks(h.rival) || asks(h.otherOffices) {
		t.Error("who runs the gig is not asked to raise, or somebody else is")
	}
	for _, wrong := range []jobs.Rates{{Rate: 1500}, {Rate: 1699}, {Rate: 2000, Form: members.TrialPlacement}} {
		if problems := (check.Problems)(nil); !errors.As(h.ChangePrice(h.ctx(), h.client, gig, wrong), &problems) {
			t.Errorf("%+v was taken", wrong)
		}
	}
	h.raise(e, jobs.Rates{Rate: 2000})
	if asks(h.client) {
		t.Error("it is still asked")
	}
	if err := h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: 2100}); !errors.Is(err, jobs.ErrGigOver) {
		t.Errorf("a raise of a gig that is over, without need: %v", err)
	}
	if err := h.AgreeHours(h.ctx(), h.client, e); err != nil {
		t.Fatal(err)
	}
	h.wantBills("240 8000+800")
}

// TestRaiseWhileMissed: who was missed, and was there, is paid what the gig says.
func TestRaiseWhileMissed(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.now = h.now.Add(2 * time.Hour)
	if err := h.Miss(h.ctx(), h.client, e); err != nil {
		t.Fatal(err)
	}
	h.raise(e, jobs.Rates{Rate: 2000})
	if err := h.PutRight(h.ctx(), h.coordinator, e); err != nil {
		t.Fatal(err)
	}
	if got := h.work(h.member, e).Rate; got != 2000 {
		t.Errorf("the wage an hour is %d", got)
	}
}
