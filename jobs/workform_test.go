package jobs_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

// trial is a gig of a trial placement with a shift of three hours on each of these
// days from now.
func (h *house) trial(days ...int) jobs.NewGig {
	gig := h.gig()
	gig.Form, gig.Rate, gig.Shifts = members.TrialPlacement, 0, nil
	for _, day := range days {
		starts := h.now.AddDate(0, 0, day)
		gig.Shifts = append(gig.Shifts, jobs.NewShift{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: 2})
	}
	return gig
}

func (h *house) exec(query string, args ...any) {
	h.t.Helper()
	if _, err := h.db.Exec(h.ctx(), query, args...); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) shiftsOf(gig jobs.GigID) []jobs.Shift {
	h.t.Helper()
	found, err := h.Gig(h.ctx(), h.coordinator, gig)
	if err != nil {
		h.t.Fatal(err)
	}
	return found.Shifts
}

// floorOf2027 lets work of the first half year be posted.
func (h *house) floorOf2027(cents payments.Cents) {
	h.t.Helper()
	money := payments.New(h.db, h.queue, h.people, nil, func() time.Time { return h.now }, nil)
	h.tx(func(tx pgx.Tx) error {
		return money.AddExampleTx(h.ctx(), tx, payments.AdultMinimumWage, cents, "2027-01-01", "2027-06-30")
	})
}

func TestFormIsRefusedAtPosting(t *testing.T) {
	h := newHouse(t)
	h.floorOf2027(1500)
	h.exec(`UPDATE members.settings SET work_forms = '{member_entrepreneur,posted_employee,partner_agency,trial_placement}'`)
	in2027 := func(form members.WorkForm) jobs.NewGig {
		gig := h.trial(60)
		gig.Form, gig.Rate = form, 1600
		return gig
	}
	for _, tt := range []struct {
		name, field, rule string
		gig               jobs.NewGig
	}{
		{"a form that is off", "form", "form_off", func() jobs.NewGig { g := h.gig(); g.Form = members.ClientEmployee; return g }()},
		{"what is no form", "form", "not_a_choice", func() jobs.NewGig { g := h.gig(); g.Form = "barter"; return g }()},
		{"a trial of two months and a day", "form", "trial_too_long", h.trial(1, 62)},
		{"lending without admission", "form", "no_admission", in2027(members.PostedEmployee)},
		{"lending by a partner without", "form", "no_admission", in2027(members.PartnerAgency)},
		{"no wage without a trial", "rate", "below_floor", func() jobs.NewGig { g := h.gig(); g.Rate = 0; return g }()},
	} {
		_, err := h.Post(t.Context(), h.client, tt.gig)
		var problems check.Problems
		if !errors.As(err, &problems) || problems[0].Field != tt.field || problems[0].Rule != tt.rule {
			t.Errorf("%s: %v, want %s: %s", tt.name, err, tt.field, tt.rule)
		}
	}
	got, err := h.Gig(t.Context(), h.member, h.post(h.client, h.trial(1, 61))) // 25 November to 24 January
	if err != nil || got.Form != members.TrialPlacement || got.Rate != 0 || got.Needs.Step != coaching.TrialStep {
		t.Errorf("a trial of two months is %+v, %v", got, err)
	}
	priced := h.trial(1)
	priced.Rate = 1600
	if got, err := h.Gig(t.Context(), h.member, h.post(h.client, priced)); err != nil || got.Rate != 0 {
		t.Errorf("a trial with a rate has %v, %v", got.Rate, err)
	}
	if err := h.people.AddAdmission(t.Context(), h.coordinator, admission("2027-01-01", "2027-12-31")); err != nil {
		t.Fatal(err)
	}
	h.post(h.client, in2027(members.PostedEmployee))
	_, err = h.Post(t.Context(), h.client, in2027(members.PartnerAgency))
	var problems check.Problems
	if !errors.As(err, &problems) || problems[0].Rule != "no_admission" {
		t.Errorf("the own admission was taken for the partner's: %v", err)
	}
}

func admission(from, until members.Day) members.Admission {
	return members.Admission{Kind: members.OwnLender, Name: "Waalkracht", Number: "NAU-1", From: from, Until: until}
}

// TestAdmissionEnds: after its last day nothing is posted, and what was posted is
// not agreed; both say which day that was.
func TestAdmissionEnds(t *testing.T) {
	h := newHouse(t)
	h.floorOf2027(1500)
	if err := h.people.AddAdmission(t.Context(), h.coordinator, admission("2027-01-01", "2027-01-31")); err != nil {
		t.Fatal(err)
	}
	gig := h.trial(50) // 13 January
	gig.Form, gig.Rate = members.PostedEmployee, 1600
	shift := h.shiftsOf(h.post(h.client, gig))[0].ID
	later := h.trial(80)
	later.Form, later.Rate = members.PostedEmployee, 1600
	_, err := h.Post(t.Context(), h.client, later)
	var problems check.Problems
	if !errors.As(err, &problems) || problems[0].Rule != "admission_ends" || problems[0].Args["Day"] != "2027-01-31" {
		t.Errorf("after the end: %v", err)
	}
	h.exec(`UPDATE members.lender_admission SET valid_until = '2027-01-12'`)
	var none *jobs.NoAdmission
	if err := h.confirm(shift, h.member.Member); !errors.As(err, &none) || none.Ended != "2027-01-12" || none.Day != "2027-01-13" || !errors.Is(err, jobs.ErrUnlawful) {
		t.Errorf("confirmed after the end: %v", err)
	}
	h.exec(`UPDATE members.lender_admission SET valid_until = '2027-01-13'`)
	if err := h.confirm(shift, h.member.Member); err != nil {
		t.Errorf("on the last day: %v", err)
	}
	var form members.WorkForm
	if err := h.db.QueryRow(t.Context(), `SELECT work_form FROM jobs.engagement`).Scan(&form); err != nil || form != members.PostedEmployee {
		t.Errorf("the engagement is %q, %v", form, err)
	}
}

// TestTrialOnceAtAClient: several shifts of one gig are one trial, another gig of
// the client is a second one; at another client it is the first.
func TestTrialOnceAtAClient(t *testing.T) {
	h := newHouse(t)
	first, second := h.shiftsOf(h.post(h.client, h.trial(1, 3, 5))), h.shiftsOf(h.post(h.client, h.trial(20, 21)))
	elsewhere := h.trial(30)
	elsewhere.Client = h.rival.Client
	third := h.shiftsOf(h.post(h.rival, elsewhere))
	for _, tt := range []struct {
		name  string
		shift jobs.ShiftID
		want  error
	}{
		{"a second shift first", first[1].ID, nil}, {"the first one of the same gig", first[0].ID, nil}, {"and the last", first[2].ID, nil},
		{"another gig of the client", second[0].ID, jobs.ErrTrialBefore}, {"at another client", third[0].ID, nil},
	} {
		if err := h.confirm(tt.shift, h.member.Member); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if err := h.confirm(second[0].ID, h.newMember("bea")); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	// Years later the work is gone, and the note is still there.
	h.exec(`DELETE FROM jobs.engagement WHERE member_id = $1`, h.member.Member)
	if err := h.confirm(second[1].ID, h.member.Member); !errors.Is(err, jobs.ErrTrialBefore) {
		t.Errorf("after years: %v", err)
	}
}

// TestNoTrialAfterWork: who worked at the client earlier, for pay, is not on trial
// there any more; work that did not come, or comes later, is no matter.
func TestNoTrialAfterWork(t *testing.T) {
	h := newHouse(t)
	paid, trial := h.shift(48*time.Hour, 5), h.shiftsOf(h.post(h.client, h.trial(1, 20)))
	bea, cor := h.newMember("bea"), h.newMember("cor")
	off := h.engagedOn(paid, cor)
	h.engagedOn(paid, h.member.Member)
	h.engagedOn(paid, bea)
	h.exec(`UPDATE jobs.engagement SET `+setOff+` WHERE id = $1`, off)
	if err := h.confirm(trial[1].ID, h.member.Member); !errors.Is(err, jobs.ErrTrialBefore) {
		t.Errorf("after paid work: %v", err)
	}
	if err := h.confirm(trial[0].ID, bea); err != nil {
		t.Errorf("before it: %v", err)
	}
	if err := h.confirm(trial[1].ID, cor); err != nil {
		t.Errorf("after work that did not come: %v", err)
	}
}

// TestTrialThatNeverCame is no trial.
func TestTrialThatNeverCame(t *testing.T) {
	h := newHouse(t)
	first, second := h.shiftsOf(h.post(h.client, h.trial(1, 2))), h.shiftsOf(h.post(h.client, h.trial(20)))
	for _, shift := range first {
		if err := h.confirm(shift.ID, h.member.Member); err != nil {
			t.Fatal(err)
		}
	}
	h.exec(`UPDATE jobs.engagement SET `+setOff+` WHERE shift_id = $1`, first[0].ID)
	if err := h.confirm(second[0].ID, h.member.Member); !errors.Is(err, jobs.ErrTrialBefore) {
		t.Errorf("while one day stands: %v", err)
	}
	h.exec(`UPDATE jobs.engagement SET `+setAbsent+` WHERE shift_id = $1`, first[1].ID)
	if err := h.confirm(second[0].ID, h.member.Member); err != nil {
		t.Errorf("once none stands: %v", err)
	}
}

// TestTrialOfAMemberIsTwoMonths, also when the gig got more shifts later, and
// after an error nothing was noted.
func TestTrialOfAMemberIsTwoMonths(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.trial(1))
	day := h.now.AddDate(0, 0, 62)
	h.exec(`INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats)
		VALUES (gen_random_uuid(), $1, $2, $3, $4, 0, 2)`, h.client.Cooperative, gig, day, day.Add(time.Hour))
	shifts := h.shiftsOf(gig)
	if err := h.confirm(shifts[0].ID, h.member.Member); err != nil {
		t.Fatal(err)
	}
	if err := h.confirm(shifts[1].ID, h.member.Member); !errors.Is(err, jobs.ErrTrialTooLong) {
		t.Errorf("two months and a day later: %v", err)
	}
	if err := h.confirm(shifts[1].ID, h.newMember("bea")); err != nil {
		t.Errorf("who begins then: %v", err)
	}
	if err := h.confirm(shifts[0].ID, h.newMember("cor")); err != nil {
		t.Fatal(err)
	}
	// A member who works elsewhere at the time is not noted as placed.
	dirk, busy := h.newMember("dirk"), h.shift(24*time.Hour, 1)
	if err := h.confirm(busy, dirk); err != nil {
		t.Fatal(err)
	}
	h.tx(func(tx pgx.Tx) error {
		if _, err := h.ConfirmTx(h.ctx(), tx, h.client.Cooperative, shifts[0].ID, dirk); !errors.Is(err, jobs.ErrBusy) && !errors.Is(err, jobs.ErrNoSeat) {
			t.Errorf("a busy member: %v", err)
		}
		return nil
	})
	var noted int
	if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.trial_placed WHERE member_id = $1`, dirk).Scan(&noted); err != nil || noted != 0 {
		t.Errorf("%d notes, %v", noted, err)
	}
}

// TestTrialRace: of two gigs of one client at once, one is the trial.
func TestTrialRace(t *testing.T) {
	h := newHouse(t)
	a, b := h.shiftsOf(h.post(h.client, h.trial(1)))[0].ID, h.shiftsOf(h.post(h.client, h.trial(9)))[0].ID
	errs := make(chan error, 2)
	for _, shift := range []jobs.ShiftID{a, b} {
		go func() { errs <- h.confirm(shift, h.member.Member) }()
	}
	got := []error{<-errs, <-errs}
	if !slices.ContainsFunc(got, func(err error) bool { return err == nil }) || !slices.ContainsFunc(got, func(err error) bool { return errors.Is(err, jobs.ErrTrialBefore) }) {
		t.Errorf("both ended as %v", got)
	}
}

// TestFloorAtConfirmation: a figure that was approved after the gig was posted.
func TestFloorAtConfirmation(t *testing.T) {
	h := newHouse(t)
	h.floorOf2027(1500)
	gig := h.trial(60)
	gig.Form, gig.Rate = members.ClientEmployee, 1600
	shift := h.shiftsOf(h.post(h.client, gig))[0].ID
	h.exec(`UPDATE payments.legal_figure SET cents = 1601 WHERE example`)
	var below *jobs.BelowFloor
	if err := h.confirm(shift, h.member.Member); !errors.As(err, &below) || below.Floor != 1601 || below.Day != "2027-01-23" || !errors.Is(err, jobs.ErrUnlawful) {
		t.Errorf("below the floor: %v", err)
	}
	h.exec(`DELETE FROM payments.legal_figure WHERE example`)
	if err := h.confirm(shift, h.member.Member); !errors.As(err, &below) || below.Floor != 0 {
		t.Errorf("without a figure: %v", err)
	}
	h.floorOf2027(1600)
	if err := h.confirm(shift, h.member.Member); err != nil {
		t.Errorf("at the floor: %v", err)
	}
}

// TestMinorsDoNotWork, as far as they told when they were born.
func TestMinorsDoNotWork(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(24*time.Hour, 2) // 25 November
	born := func(day string) {
		h.tx(func(tx pgx.Tx) error {
			return h.people.ConfideTx(h.ctx(), tx, h.member.Person, id.Cooperative{}, members.BirthDate, day)
		})
	}
	born("2008-11-26")
	if err := h.confirm(shift, h.member.Member); !errors.Is(err, jobs.ErrMinor) {
		t.Errorf("a day before the birthday: %v", err)
	}
	born("2008-11-25")
	if err := h.confirm(shift, h.member.Member); err != nil {
		t.Errorf("on the birthday: %v", err)
	}
	born("2010-01-01") // told only later
	h.now = h.now.Add(48 * time.Hour)
	works, err := h.Works(t.Context(), h.member)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.ProposeHours(t.Context(), h.member, works[0].ID, jobs.Hours{Worked: time.Hour}); err != nil {
		t.Fatal(err)
	}
	if err := h.AgreeHours(t.Context(), h.client, works[0].ID); !errors.Is(err, payments.ErrMinor) {
		t.Errorf("billed: %v", err)
	}
}

// TestUnpaidWorkCloses: without a bill and without a wage, once hours are agreed.
func TestUnpaidWorkCloses(t *testing.T) {
	for _, form := range members.WorkForms() {
		h := newHouse(t)
		gig := h.gig()
		gig.Form = form
		if err := h.confirm(h.shiftsOf(h.post(h.client, gig))[0].ID, h.member.Member); err != nil {
			t.Fatal(err)
		}
		works, err := h.Works(t.Context(), h.member)
		if err != nil || works[0].Form != form {
			t.Fatalf("%+v, %v", works, err)
		}
		h.now = h.now.Add(48 * time.Hour)
		if err := errors.Join(h.ProposeHours(t.Context(), h.member, works[0].ID, jobs.Hours{Worked: time.Hour}), h.AgreeHours(t.Context(), h.client, works[0].ID)); err != nil {
			t.Fatal(err)
		}
		var bills int
		if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.bill`).Scan(&bills); err != nil {
			t.Fatal(err)
		}
		want, n := jobs.Billed, 1
		if jobs.PayerOf(form) != jobs.CooperativePays {
			want, n = jobs.Closed, 0
		}
		if w := h.work(h.member, works[0].ID); w.State != want || bills != n || w.Sheet.State != jobs.SheetAgreed {
			t.Errorf("%s is %s with %d bills, want %s with %d", form, w.State, bills, want, n)
		}
	}
}
