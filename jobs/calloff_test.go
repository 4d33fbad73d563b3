package jobs_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// tasksOf counts the tasks of a kind.
func (h *house) tasksOf(kind string) (n int) {
	h.t.Helper()
	if err := h.db.QueryRow(h.ctx(), `SELECT count(*) FROM tasks.task WHERE kind = $1`, kind).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

// facts lists the kinds of facts about the member, in the order of the alphabet.
func (h *house) facts(m members.MemberID) (kinds []string) {
	h.t.Helper()
	err := h.db.QueryRow(h.ctx(), `SELECT coalesce(array_agg(kind ORDER BY kind), '{}') FROM coaching.fact WHERE member_id = $1`, m).Scan(&kinds)
	if err != nil {
		h.t.Fatal(err)
	}
	return kinds
}

// engagedOn confirms the member and finds the engagement.
func (h *house) engagedOn(shift jobs.ShiftID, m members.MemberID) (e jobs.EngagementID) {
	h.t.Helper()
	if err := h.confirm(shift, m); err != nil {
		h.t.Fatal(err)
	}
	const query = `SELECT id FROM jobs.engagement WHERE shift_id = $1 AND member_id = $2 AND state = 'confirmed'`
	if err := h.db.QueryRow(h.ctx(), query, shift, m).Scan(&e); err != nil {
		h.t.Fatal(err)
	}
	return e
}

func (h *house) stateOf(e jobs.EngagementID) (state jobs.EngagementState) {
	h.t.Helper()
	if err := h.db.QueryRow(h.ctx(), `SELECT state FROM jobs.engagement WHERE id = $1`, e).Scan(&state); err != nil {
		h.t.Fatal(err)
	}
	return state
}

func (h *house) count(query string, args ...any) (n int) {
	h.t.Helper()
	if err := h.db.QueryRow(h.ctx(), query, args...).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func TestMemberCallsOff(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(24*time.Hour, 1)
	e := h.engagedOn(shift, h.member.Member)
	bea := h.newMember("bea")
	for name, tt := range map[string]struct {
		by     members.Actor
		reason jobs.OffReason
		want   error
	}{
		"the client":          {by: h.client, want: members.ErrNotFound},
		"a coordinator":       {by: h.coordinator, want: members.ErrNotFound},
		"another cooperative": {by: h.otherOffices, want: members.ErrNotFound},
		"nobody":              {want: members.ErrNotFound},
		"somebody else":       {by: members.Actor{Kind: members.RoleMember, Cooperative: h.member.Cooperative, Member: bea}, want: members.ErrNotFound},
	} {
		if err := h.CallOff(h.ctx(), tt.by, e, tt.reason); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	for field, reason := range map[string]jobs.OffReason{
		"why": {Why: "lazy"}, "text": {Text: strings.Repeat("a", jobs.MostOffText+1)},
	} {
		var problems check.Problems
		if err := h.CallOff(h.ctx(), h.member, e, reason); !errors.As(err, &problems) || !problems.At(field) {
			t.Errorf("a wrong %s: %v", field, err)
		}
	}
	if got := h.stateOf(e); got != jobs.Confirmed {
		t.Fatalf("after what was refused it is %s", got)
	}
	for range 2 { // a second tap changes nothing
		if err := h.CallOff(h.ctx(), h.member, e, jobs.OffReason{Why: jobs.OffIll, Text: " Griep. "}); err != nil {
			t.Fatal(err)
		}
	}
	w := h.work(h.client, e)
	if w.State != jobs.CalledOff || w.Off.By != jobs.ByMember || !w.Off.Called() || w.Off.PartPay {
		t.Errorf("the client reads %+v", w.Off)
	}
	if own, err := h.OwnOff(h.ctx(), h.member, e); err != nil || own != (jobs.OffReason{Why: jobs.OffIll, Text: "Griep."}) {
		t.Errorf("the member reads %+v, %v", own, err)
	}
	if _, err := h.OwnOff(h.ctx(), h.client, e); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the client's reading of why gave %v", err)
	}
	for kind, want := range map[string]int{"jobs.seat_freed": 1, "jobs.engagement_over": 1, "jobs.work_off": 0} {
		if got := h.tasksOf(kind); got != want {
			t.Errorf("%d tasks of %s, want %d", got, kind, want)
		}
	}
	if got := h.facts(h.member.Member); !slices.Equal(got, []string{"called_off"}) {
		t.Errorf("the facts are %q", got)
	}
	if n := h.count(`SELECT count(*) FROM jobs.timesheet`) + h.count(`SELECT count(*) FROM payments.bill`); n != 0 {
		t.Errorf("%d hours and bills", n)
	}
	if err := h.confirm(shift, bea); err != nil {
		t.Errorf("the seat is not free: %v", err)
	}
}

// TestMemberComesBack: what was called off does not keep the member from the same
// shift, or from another at that time.
func TestMemberComesBack(t *testing.T) {
	h := newHouse(t)
	shift, other := h.shift(24*time.Hour, 1), h.shift(25*time.Hour, 1)
	for range 3 {
		e := h.engagedOn(shift, h.member.Member)
		if err := h.confirm(other, h.member.Member); !errors.Is(err, jobs.ErrBusy) {
			t.Fatalf("at the same time: %v", err)
		}
		if err := h.CallOff(h.ctx(), h.member, e, jobs.OffReason{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.confirm(other, h.member.Member); err != nil {
		t.Errorf("after calling off: %v", err)
	}
}

// TestNextShiftIsTheFirst: who called the first off has another first.
func TestNextShiftIsTheFirst(t *testing.T) {
	h := newHouse(t)
	first, second := h.engagedOn(h.shift(24*time.Hour, 1), h.member.Member), h.engagedOn(h.shift(72*time.Hour, 1), h.member.Member)
	if err := h.CallOff(h.ctx(), h.member, first, jobs.OffReason{}); err != nil {
		t.Fatal(err)
	}
	var ref string
	if err := h.db.QueryRow(h.ctx(), `SELECT ref FROM coaching.fact WHERE kind = 'first_shift'`).Scan(&ref); err != nil || ref != second.String() {
		t.Errorf("the first shift is %s, %v; want %s", ref, err, second)
	}
}

func TestMemberCallsOffUntilTheEnd(t *testing.T) {
	h := newHouse(t)
	e := h.engagedOn(h.shift(time.Hour, 1), h.member.Member)
	h.now = h.now.Add(4*time.Hour + 30*time.Minute) // half an hour is left: nobody else is looked for
	if err := h.CallOff(h.ctx(), h.member, e, jobs.OffReason{}); err != nil || h.tasksOf("jobs.seat_freed") != 0 {
		t.Errorf("near the end: %v, %d searches", err, h.tasksOf("jobs.seat_freed"))
	}
	late := h.engagedOn(h.shift(time.Hour, 1), h.member.Member)
	h.now = h.now.Add(5 * time.Hour)
	if err := h.CallOff(h.ctx(), h.member, late, jobs.OffReason{}); !errors.Is(err, jobs.ErrShiftOver) {
		t.Errorf("after the end: %v", err)
	}
}

// TestPart: whole minutes, never less than the share.
func TestPart(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		minutes int
		share   members.BasisPoints
		want    int
	}{{240, 5000, 120}, {241, 5000, 121}, {1, 5000, 1}, {180, 10000, 180}, {180, 5001, 91}, {719, 7500, 540}} {
		s := jobs.Shift{Starts: at, Ends: at.Add(time.Duration(tt.minutes) * time.Minute)}
		if got := s.Part(tt.share); got != time.Duration(tt.want)*time.Minute {
			t.Errorf("%d minutes at %d are %v, want %d", tt.minutes, tt.share, got, tt.want)
		}
	}
	s := jobs.Shift{Starts: at, Ends: at.Add(time.Hour)}
	for _, tt := range []struct {
		now    time.Time
		notice time.Duration
		late   bool
	}{
		{at.Add(-24 * time.Hour), 24 * time.Hour, false}, {at.Add(-24*time.Hour + 1), 24 * time.Hour, true},
		{at.Add(-1), 0, false}, {at, 0, true}, {at.Add(time.Minute), 0, true},
	} {
		if got := s.Late(tt.now, tt.notice); got != tt.late {
			t.Errorf("%v before, %v notice: late is %v", at.Sub(tt.now), tt.notice, got)
		}
	}
}

func TestClientCallsOff(t *testing.T) {
	h := newHouse(t)
	early, late := h.engagedOn(h.shift(25*time.Hour, 1), h.member.Member), h.engagedOn(h.shift(20*time.Hour, 1), h.member.Member)
	for name, by := range map[string]members.Actor{"another client": h.rival, "the member": h.member, "a coach": h.coach, "another office": h.otherOffices, "nobody": {}} {
		if _, err := h.WorkCosts(h.ctx(), by, early); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: the costs gave %v", name, err)
		}
		if err := h.CallOffWork(h.ctx(), by, early, 100_000); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	costs, err := h.WorkCosts(h.ctx(), h.client, early)
	if err != nil || costs.Price().Total() != 0 {
		t.Fatalf("in time it costs %+v, %v", costs.Price(), err)
	}
	if err := h.CallOffWork(h.ctx(), h.client, early, 0); err != nil || h.stateOf(early) != jobs.CalledOff {
		t.Errorf("in time: %v, %s", err, h.stateOf(early))
	}
	costs, err = h.WorkCosts(h.ctx(), h.coordinator, late)
	if want := (jobs.Price{Wage: 3200, Contribution: 320}); err != nil || costs.Price() != want || costs[0].Part != 2*time.Hour {
		t.Fatalf("late it costs %+v, %v", costs, err)
	}
	if err := h.CallOffWork(h.ctx(), h.client, late, 3519); !errors.Is(err, jobs.ErrCostMoved) || h.stateOf(late) != jobs.Confirmed {
		t.Errorf("for less than it costs: %v", err)
	}
	if err := h.CallOffWork(h.ctx(), h.coordinator, late, 3520); err != nil {
		t.Fatal(err)
	}
	if err := h.CallOffWork(h.ctx(), h.client, late, 3520); !errors.Is(err, jobs.ErrWorkMoved) {
		t.Errorf("once more: %v", err)
	}
	w := h.work(h.member, late)
	if w.State != jobs.Billed || w.Off.By != jobs.ByOffice || !w.Off.PartPay || w.Sheet.Worked != 2*time.Hour || w.WaitsFor(members.RoleMember, h.now.Add(1000*time.Hour)) {
		t.Errorf("the member reads %+v", w)
	}
	if n := h.count(`SELECT count(*) FROM payments.bill WHERE total_cents = 3520 AND minutes = 120`); n != 1 {
		t.Errorf("%d bills", n)
	}
	if got := h.facts(h.member.Member); !slices.Equal(got, []string{"billed", "called_off", "called_off"}) {
		t.Errorf("the facts are %q", got)
	}
	if n := h.tasksOf("jobs.work_off"); n != 2 || h.tasksOf("jobs.seat_freed") != 0 || h.tasksOf("jobs.shift_called_off") != 2 {
		t.Errorf("%d members were told, %d seats are sought, %d shifts are off", n, h.tasksOf("jobs.seat_freed"), h.tasksOf("jobs.shift_called_off"))
	}
	if works, err := h.Works(h.ctx(), h.member); err != nil || len(works) != 0 {
		t.Errorf("%d works are left, %v", len(works), err)
	}
	if err := h.confirm(h.shift(20*time.Hour, 1), h.member.Member); err != nil {
		t.Errorf("at the time of what is paid in part: %v", err)
	}
}

// TestOnePersonLess: the others of the shift still come.
func TestOnePersonLess(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(48*time.Hour, 2)
	e := h.engagedOn(shift, h.member.Member)
	if err := h.CallOffWork(h.ctx(), h.client, e, 0); err != nil {
		t.Fatal(err)
	}
	if err := h.confirm(shift, h.newMember("bea")); err != nil {
		t.Errorf("the other seat: %v", err)
	}
	if err := h.confirm(shift, h.newMember("cor")); !errors.Is(err, jobs.ErrNoSeat) {
		t.Errorf("the seat that is not needed: %v", err)
	}
}

// TestWorkersGetWhatTheyWorked: sending somebody home costs what they worked, where
// that is more than the share.
func TestWorkersGetWhatTheyWorked(t *testing.T) {
	h := newHouse(t)
	e := h.engagedOn(h.shift(time.Hour, 1), h.member.Member)
	if _, err := h.db.Exec(h.ctx(), `UPDATE jobs.engagement SET state = 'started'`); err != nil {
		t.Fatal(err)
	}
	for after, want := range map[time.Duration]time.Duration{
		90 * time.Minute: 2 * time.Hour, 3 * time.Hour: 2 * time.Hour, 3*time.Hour + time.Minute: 2*time.Hour + 15*time.Minute, 4*time.Hour + 59*time.Minute: 4 * time.Hour,
	} {
		h.now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC).Add(after)
		if costs, err := h.WorkCosts(h.ctx(), h.client, e); err != nil || costs[0].Part != want {
			t.Errorf("%v after nine: %v, %v; want %v", after, costs, err, want)
		}
	}
}

func TestCallOffAShift(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(20*time.Hour, 3)
	anna, bea := h.engagedOn(shift, h.member.Member), h.engagedOn(shift, h.newMember("bea"))
	for name, by := range map[string]members.Actor{"another client": h.rival, "the member": h.member, "another office": h.otherOffices, "nobody": {}} {
		if err := h.CallOffShift(h.ctx(), by, shift, 100_000); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	costs, err := h.ShiftCosts(h.ctx(), h.client, shift)
	if err != nil || len(costs) != 2 || costs.Price().Total() != 7040 {
		t.Fatalf("it costs %+v, %v", costs.Price(), err)
	}
	if err := h.CallOffShift(h.ctx(), h.client, shift, 7039); !errors.Is(err, jobs.ErrCostMoved) {
		t.Errorf("for less: %v", err)
	}
	if err := h.CallOffShift(h.ctx(), h.client, shift, 7040); err != nil {
		t.Fatal(err)
	}
	for _, e := range []jobs.EngagementID{anna, bea} {
		if got := h.stateOf(e); got != jobs.Billed {
			t.Errorf("work of the shift is %s", got)
		}
	}
	if err := h.CallOffShift(h.ctx(), h.client, shift, 7040); !errors.Is(err, jobs.ErrShiftOver) {
		t.Errorf("once more: %v", err)
	}
	if err := h.confirm(shift, h.newMember("cor")); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a seat of a shift that is off: %v", err)
	}
	if page, err := h.OpenGigs(h.ctx(), h.coordinator, 1); err != nil || page.Total != 0 {
		t.Errorf("%d gigs are found, %v", page.Total, err)
	}
	if h.tasksOf("jobs.shift_called_off") != 1 || h.tasksOf("jobs.work_off") != 2 {
		t.Error("not everybody is told")
	}
}

func TestGigStates(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	state := func() (s jobs.State) {
		if err := h.db.QueryRow(h.ctx(), `SELECT state FROM jobs.gig WHERE id = $1`, gig).Scan(&s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	cancel := func(by members.Actor) error { return h.CancelGig(h.ctx(), by, gig, payments.Cents(1_000_000)) }
	for name, by := range map[string]members.Actor{"another client": h.rival, "a member": h.member, "a coach": h.coach, "another office": h.otherOffices, "nobody": {}} {
		for verb, do := range map[string]func() error{
			"pause": func() error { return h.Pause(h.ctx(), by, gig) }, "resume": func() error { return h.Resume(h.ctx(), by, gig) },
			"finish": func() error { return h.Finish(h.ctx(), by, gig) }, "cancel": func() error { return cancel(by) },
		} {
			if err := do(); !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s by %s: %v", verb, name, err)
			}
		}
	}
	for _, step := range []struct {
		name string
		do   func() error
		err  error
		want jobs.State
	}{
		{"resume what is open", func() error { return h.Resume(h.ctx(), h.client, gig) }, jobs.ErrGigMoved, jobs.Open},
		{"finish with a shift to come", func() error { return h.Finish(h.ctx(), h.client, gig) }, jobs.ErrShiftsToCome, jobs.Open},
		{"pause", func() error { return h.Pause(h.ctx(), h.coordinator, gig) }, nil, jobs.Paused},
		{"pause again", func() error { return h.Pause(h.ctx(), h.client, gig) }, jobs.ErrGigMoved, jobs.Paused},
		{"resume", func() error { return h.Resume(h.ctx(), h.client, gig) }, nil, jobs.Open},
		{"cancel", func() error { return cancel(h.client) }, nil, jobs.Cancelled},
		{"cancel again", func() error { return cancel(h.client) }, jobs.ErrGigMoved, jobs.Cancelled},
		{"resume what is cancelled", func() error { return h.Resume(h.ctx(), h.client, gig) }, jobs.ErrGigMoved, jobs.Cancelled},
	} {
		if err := step.do(); !errors.Is(err, step.err) || state() != step.want {
			t.Errorf("%s: %v, %s; want %v, %s", step.name, err, state(), step.err, step.want)
		}
	}
	if n := h.tasksOf("jobs.gig_opened"); n != 2 {
		t.Errorf("people were looked for %d times, want after posting and after the pause", n)
	}
}

// TestGigsFinish: by hand when no shift is to come, and by themselves a day after
// the last.
func TestGigsFinish(t *testing.T) {
	h := newHouse(t)
	gig, later := h.post(h.client, h.gig()), h.gig()
	later.Shifts[0].Starts, later.Shifts[0].Ends = later.Shifts[0].Starts.Add(24*time.Hour), later.Shifts[0].Ends.Add(24*time.Hour)
	second := h.post(h.client, later)
	h.now = h.now.Add(28 * time.Hour)
	run := func() int {
		h.tx(func(tx pgx.Tx) error { return h.FinishGigsTx(h.ctx(), tx, jobs.FinishGigs{}) })
		return h.count(`SELECT count(*) FROM jobs.gig WHERE state = 'done'`)
	}
	if n := run(); n != 0 {
		t.Errorf("%d gigs are done an hour after the shift", n)
	}
	if err := h.Finish(h.ctx(), h.client, gig); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(24 * time.Hour)
	if n := run(); n != 1 {
		t.Errorf("%d gigs are done", n)
	}
	h.now = h.now.Add(24 * time.Hour)
	if n := run(); n != 2 || h.count(`SELECT count(*) FROM jobs.gig WHERE id = $1 AND state = 'done'`, second) != 1 {
		t.Errorf("%d gigs are done a day after", n)
	}
}

func TestNoShow(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(time.Hour, 1)
	e := h.engagedOn(shift, h.member.Member)
	steps := []struct {
		name  string
		after time.Duration
		do    func() error
		want  error
		state jobs.EngagementState
	}{
		{"before it", 0, func() error { return h.Miss(h.ctx(), h.client, e) }, jobs.ErrTooEarly, jobs.Confirmed},
		{"fourteen minutes after", 74 * time.Minute, func() error { return h.Miss(h.ctx(), h.client, e) }, jobs.ErrTooEarly, jobs.Confirmed},
		{"by another client", time.Minute, func() error { return h.Miss(h.ctx(), h.rival, e) }, members.ErrNotFound, jobs.Confirmed},
		{"by a coach", 0, func() error { return h.Miss(h.ctx(), h.coach, e) }, members.ErrNotFound, jobs.Confirmed},
		{"nothing to deny", 0, func() error { return h.WasThere(h.ctx(), h.member, e) }, jobs.ErrWorkMoved, jobs.Confirmed},
		{"by the client", 0, func() error { return h.Miss(h.ctx(), h.client, e) }, nil, jobs.Absent},
		{"once more", 0, func() error { return h.Miss(h.ctx(), h.coordinator, e) }, nil, jobs.Absent},
		{"called off by then", 0, func() error { return h.CallOff(h.ctx(), h.member, e, jobs.OffReason{}) }, jobs.ErrWorkMoved, jobs.Absent},
		{"denied by the client", 0, func() error { return h.WasThere(h.ctx(), h.client, e) }, members.ErrNotFound, jobs.Absent},
		{"denied", 0, func() error { return h.WasThere(h.ctx(), h.member, e) }, nil, jobs.Absent},
		{"denied again", 0, func() error { return h.WasThere(h.ctx(), h.member, e) }, nil, jobs.Absent},
	}
	for _, step := range steps {
		h.now = h.now.Add(step.after)
		if err := step.do(); !errors.Is(err, step.want) || h.stateOf(e) != step.state {
			t.Errorf("%s: %v, %s; want %v, %s", step.name, err, h.stateOf(e), step.want, step.state)
		}
	}
	for kind, want := range map[string]int{"jobs.seat_freed": 1, "jobs.engagement_over": 1, "jobs.work_off": 1, "jobs.absence_denied": 3} {
		if got := h.tasksOf(kind); got != want {
			t.Errorf("%d tasks of %s, want %d", got, kind, want)
		}
	}
	if got := h.facts(h.member.Member); !slices.Equal(got, []string{"no_show"}) {
		t.Errorf("the facts are %q", got)
	}
	if err := h.confirm(shift, h.newMember("bea")); err != nil {
		t.Errorf("somebody else, after the beginning: %v", err)
	}
	for name, by := range map[string]members.Actor{"the client": h.client, "the member": h.member, "another office": h.otherOffices} {
		if err := h.PutRight(h.ctx(), by, e); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("put right by %s: %v", name, err)
		}
	}
	if err := h.PutRight(h.ctx(), h.coordinator, e); err != nil || h.stateOf(e) != jobs.Confirmed {
		t.Fatalf("put right: %v", err)
	}
	if got := h.facts(h.member.Member); !slices.Equal(got, []string{"first_shift", "shift"}) {
		t.Errorf("after it was put right the facts are %q", got)
	}
	if n := h.count(`SELECT seats FROM jobs.shift WHERE id = $1`, shift); n != 2 {
		t.Errorf("both have a seat, of %d", n)
	}
	h.now = h.now.Add(5 * time.Hour)
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Errorf("their hours: %v", err)
	}
	if err := h.Miss(h.ctx(), h.client, e); !errors.Is(err, jobs.ErrWorkMoved) {
		t.Errorf("missed after hours were written down: %v", err)
	}
}

// TestLateSeatIsNotForEverybody: a shift that has begun is closed where nobody is
// missing, and near its end.
func TestLateSeatIsNotForEverybody(t *testing.T) {
	h := newHouse(t)
	open, missed := h.shift(time.Hour, 2), h.shift(time.Hour, 1)
	e := h.engagedOn(missed, h.member.Member)
	h.now = h.now.Add(80 * time.Minute)
	if err := h.confirm(open, h.newMember("bea")); !errors.Is(err, jobs.ErrStarted) {
		t.Errorf("where nobody is missing: %v", err)
	}
	if err := h.Miss(h.ctx(), h.client, e); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(2*time.Hour + 40*time.Minute)
	if err := h.confirm(missed, h.newMember("cor")); !errors.Is(err, jobs.ErrStarted) {
		t.Errorf("an hour before the end: %v", err)
	}
}

func TestPutRightOfWhoWorksElsewhere(t *testing.T) {
	h := newHouse(t)
	e := h.engagedOn(h.shift(time.Hour, 1), h.member.Member)
	h.now = h.now.Add(80 * time.Minute)
	if err := h.Miss(h.ctx(), h.client, e); err != nil {
		t.Fatal(err)
	}
	h.engagedOn(h.shift(time.Hour, 1), h.member.Member)
	if err := h.PutRight(h.ctx(), h.coordinator, e); !errors.Is(err, jobs.ErrBusy) || h.stateOf(e) != jobs.Absent {
		t.Errorf("PutRight: %v, %s", err, h.stateOf(e))
	}
}
