package jobs_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

func (h *house) found1(gig jobs.GigID) jobs.Gig {
	h.t.Helper()
	g, err := h.Gig(h.ctx(), h.coordinator, gig)
	if err != nil {
		h.t.Fatal(err)
	}
	return g
}

// clearTasks forgets what posting asked for, so that only what follows is seen.
func (h *house) clearTasks() {
	h.t.Helper()
	if _, err := h.db.Exec(h.ctx(), `DELETE FROM tasks.task`); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) setState(gig jobs.GigID, state jobs.State) {
	h.t.Helper()
	if _, err := h.db.Exec(h.ctx(), `UPDATE jobs.gig SET state = $2 WHERE id = $1`, gig, string(state)); err != nil {
		h.t.Fatal(err)
	}
}

// asked are the shifts for which people are to be looked for.
func (h *house) asked() (shifts []jobs.ShiftID) {
	h.t.Helper()
	rows, _ := h.db.Query(h.ctx(), `SELECT payload FROM tasks.task WHERE kind = 'jobs.seats_changed'`)
	list, err := pgx.CollectRows(rows, pgx.RowTo[jobs.SeatsChanged])
	if err != nil {
		h.t.Fatal(err)
	}
	for _, one := range list {
		shifts = append(shifts, one.Shifts...)
	}
	return shifts
}

func TestAddSeries(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig()) // on Wednesday 25 November
	h.clearTasks()
	s := weekly() // from today on, Tuesday, from 9.00, now it is 10.00
	s.From, s.Count, s.Seats, s.BuddySeats = "2026-12-01", 4, 3, 1
	a := jobs.Adding{Series: &s, Without: []payments.Day{"2026-12-15"}}
	planned, err := h.Plan(t.Context(), h.client, gig, a)
	if err != nil || len(planned) != 3 || len(h.found1(gig).Shifts) != 1 {
		t.Fatalf("planned is %v, %v, and %d shifts are there", planned, err, len(h.found1(gig).Shifts))
	}
	if err := h.AddShifts(t.Context(), h.client, gig, a); err != nil {
		t.Fatal(err)
	}
	shifts := h.found1(gig).Shifts
	if len(shifts) != 4 || onWall(shifts[3].Starts) != 9*time.Hour || shifts[3].BuddySeats != 1 || payments.DayOf(shifts[3].Starts) != "2026-12-22" {
		t.Errorf("the shifts are %+v", shifts)
	}
	if asked := h.asked(); len(asked) != 3 {
		t.Errorf("%d shifts look for people, want the three new ones", len(asked))
	}
	var rule, without string
	var of int
	const query = `SELECT rule, without_days::text, (SELECT count(*) FROM jobs.shift WHERE series_id = s.id) FROM jobs.series s WHERE gig_id = $1`
	if err := h.db.QueryRow(t.Context(), query, gig).Scan(&rule, &without, &of); err != nil || rule != "FREQ=WEEKLY;INTERVAL=1;COUNT=4;BYDAY=TU" || without != "{2026-12-15}" || of != 3 {
		t.Errorf("the series is %q without %s, of %d shifts, %v", rule, without, of, err)
	}
}

func TestAddToAPausedGigAsksNobody(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	h.setState(gig, jobs.Paused)
	h.clearTasks()
	s := weekly()
	s.From = "2026-12-01"
	if err := h.AddShifts(t.Context(), h.coordinator, gig, jobs.Adding{Series: &s}); err != nil || len(h.asked()) != 0 {
		t.Errorf("%v; %d shifts look for people", err, len(h.asked()))
	}
}

func TestAddRefuses(t *testing.T) {
	h := newHouse(t)
	gig, over := h.post(h.client, h.gig()), h.post(h.client, h.gig())
	h.setState(over, jobs.Done)
	there := h.found1(gig).Shifts[0]
	one := func(n jobs.NewShift) jobs.Adding { return jobs.Adding{Shifts: []jobs.NewShift{n}} }
	series := func(change func(*jobs.Series)) jobs.Adding {
		s := weekly()
		s.From = "2026-12-01"
		change(&s)
		return jobs.Adding{Series: &s}
	}
	next := jobs.NewShift{Starts: there.Starts.AddDate(0, 0, 1), Ends: there.Ends.AddDate(0, 0, 1), Seats: 1}
	with := func(change func(*jobs.NewShift)) jobs.Adding {
		n := next
		change(&n)
		return one(n)
	}
	for _, tt := range []struct {
		name, field, rule string
		adding            jobs.Adding
	}{
		{"nothing", "shifts", "no_shift", jobs.Adding{}},
		{"the same time", "shift-1-date", "overlaps", one(jobs.NewShift{Starts: there.Starts, Ends: there.Ends, Seats: 1})},
		{"zero seats", "shift-1-seats", "out_of_range", with(func(n *jobs.NewShift) { n.Seats = 0 })},
		{"51 seats", "shift-1-seats", "out_of_range", with(func(n *jobs.NewShift) { n.Seats = 51 })},
		{"all to learn", "shift-1-buddies", "too_many_buddies", with(func(n *jobs.NewShift) { n.BuddySeats = 1 })},
		{"pieces below nothing", "shift-1-pieces", "out_of_range", with(func(n *jobs.NewShift) { n.Pieces = -1 })},
		{"end before start", "shift-1-ends", "ends_before_start", with(func(n *jobs.NewShift) { n.Ends = n.Starts.Add(-time.Hour) })},
		{"a break longer than the shift", "shift-1-break", "wrong_break", with(func(n *jobs.NewShift) { n.Break = 4 * time.Hour })},
		{"in the past", "shift-1-date", "in_the_past", with(func(n *jobs.NewShift) { n.Starts, n.Ends = h.now.Add(-2*time.Hour), h.now.Add(-time.Hour) })},
		{"without a figure", "shift-1-date", "no_figure", with(func(n *jobs.NewShift) { n.Starts, n.Ends = n.Starts.AddDate(1, 0, 0), n.Ends.AddDate(1, 0, 0) })},
		{"10,000 dates", "series-count", "too_many", series(func(s *jobs.Series) { s.Count = 10_000 })},
		{"100 dates and the one that is there", "shifts", "too_many", series(func(s *jobs.Series) { s.Count, s.Every, s.Weekdays = 100, jobs.EveryDay, nil })},
		{"a week without shifts", "copy-from", "empty_week", jobs.Adding{Week: &jobs.WeekCopy{From: "2026-12-07", To: "2026-12-14", Weeks: 1}}},
	} {
		err := h.AddShifts(t.Context(), h.client, gig, tt.adding)
		var problems check.Problems
		if !errors.As(err, &problems) || !has(problems, tt.field, tt.rule) {
			t.Errorf("%s gave %v, want %s: %s", tt.name, err, tt.field, tt.rule)
		}
	}
	for name, by := range map[string]members.Actor{
		"another client": h.rival, "a member": h.member, "a coach": h.coach, "another cooperative": h.otherOffices, "nobody": {},
	} {
		if err := h.AddShifts(t.Context(), by, gig, one(next)); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s got %v, want ErrNotFound", name, err)
		}
	}
	if err := h.AddShifts(t.Context(), h.client, over, one(next)); !errors.Is(err, jobs.ErrGigOver) {
		t.Errorf("a gig that is done: %v", err)
	}
	if shifts := h.found1(gig).Shifts; len(shifts) != 1 {
		t.Errorf("%d shifts were written", len(shifts)-1)
	}
}

// TestAddBelowTheFloor: the rate of the gig was lawful until the floor rose.
func TestAddBelowTheFloor(t *testing.T) {
	h := newHouse(t)
	h.now = time.Date(2026, 6, 20, 9, 0, 0, 0, time.UTC)
	n := h.gig()
	n.Rate = 1480
	gig := h.post(h.client, n)
	s := weekly()
	s.From = "2026-06-30"
	err := h.AddShifts(t.Context(), h.client, gig, jobs.Adding{Series: &s})
	var problems check.Problems
	if !errors.As(err, &problems) || !has(problems, "rate", "below_floor") || problems[0].Args["Day"] != "2026-07-07" {
		t.Errorf("AddShifts gave %v %v, want the floor of 7 July", err, problems)
	}
}

func TestCopyAWeekOfAnotherGig(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	n := h.gig()
	n.Client = h.rival.Client
	strange := h.post(h.rival, n)
	empty := h.post(h.client, h.gig())
	copies := func(of jobs.GigID) jobs.Adding {
		return jobs.Adding{Week: &jobs.WeekCopy{Gig: of, From: "2026-11-24", To: "2026-12-01", Weeks: 3}}
	}
	if err := h.AddShifts(t.Context(), h.client, empty, copies(gig)); err != nil || len(h.found1(empty).Shifts) != 4 {
		t.Errorf("%v; there are %d shifts, want 4", err, len(h.found1(empty).Shifts))
	}
	for name, by := range map[string]members.Actor{"its client": h.client, "the office": h.coordinator} {
		if err := h.AddShifts(t.Context(), by, gig, copies(strange)); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s copied the week of another client: %v", name, err)
		}
	}
	if err := h.AddShifts(t.Context(), h.client, gig, copies(gig)); err != nil {
		t.Errorf("of the gig itself: %v", err)
	}
}

func TestChangeSeats(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(24*time.Hour, 3)
	gig := func() jobs.SeatChange {
		var s jobs.SeatChange
		const query = `SELECT seats, buddy_seats, coalesce(pieces, 0) FROM jobs.shift WHERE id = $1`
		if err := h.db.QueryRow(t.Context(), query, shift).Scan(&s.Seats, &s.BuddySeats, &s.Pieces); err != nil {
			t.Fatal(err)
		}
		return s
	}
	for i, name := range []string{"bea", "cor"} {
		if err := h.confirm(shift, h.newMember(name)); err != nil {
			t.Fatalf("member %d: %v", i, err)
		}
	}
	h.clearTasks()
	if err := h.ChangeSeats(t.Context(), h.client, shift, jobs.SeatChange{Seats: 5, BuddySeats: 2, Pieces: 400}); err != nil || len(h.asked()) != 1 {
		t.Fatalf("%v; %d shifts look for people", err, len(h.asked()))
	}
	tests := []struct {
		name string
		by   members.Actor
		to   jobs.SeatChange
		want error
	}{
		{"fewer than are confirmed", h.client, jobs.SeatChange{Seats: 1}, jobs.ErrSeatsTaken},
		{"as many, but one to learn", h.client, jobs.SeatChange{Seats: 2, BuddySeats: 1}, jobs.ErrSeatsTaken},
		{"another client", h.rival, jobs.SeatChange{Seats: 4}, members.ErrNotFound},
		{"another cooperative", h.otherOffices, jobs.SeatChange{Seats: 4}, members.ErrNotFound},
		{"a member", h.member, jobs.SeatChange{Seats: 4}, members.ErrNotFound},
		{"as many as are confirmed", h.coordinator, jobs.SeatChange{Seats: 2}, nil},
	}
	for _, tt := range tests {
		if err := h.ChangeSeats(t.Context(), tt.by, shift, tt.to); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	var taken *jobs.SeatsTaken
	if err := h.ChangeSeats(t.Context(), h.client, shift, jobs.SeatChange{Seats: 1}); !errors.As(err, &taken) || taken.Taken != 2 {
		t.Errorf("lowered below two: %v", err)
	}
	var problems check.Problems
	for _, wrong := range []jobs.SeatChange{{}, {Seats: -1}, {Seats: 51}, {Seats: 2, BuddySeats: 2}, {Seats: 2, Pieces: 1_000_000}} {
		if err := h.ChangeSeats(t.Context(), h.client, shift, wrong); !errors.As(err, &problems) {
			t.Errorf("%+v gave %v", wrong, err)
		}
	}
	if got := gig(); got != (jobs.SeatChange{Seats: 2}) {
		t.Errorf("the shift has %+v, want two seats", got)
	}
	if _, err := h.db.Exec(t.Context(), `UPDATE jobs.shift SET seats = 1 WHERE id = $1`, shift); err == nil {
		t.Error("the database lets seats be lowered below those that are taken")
	}
	h.now = h.now.Add(25 * time.Hour)
	if err := h.ChangeSeats(t.Context(), h.client, shift, jobs.SeatChange{Seats: 9}); !errors.Is(err, jobs.ErrStarted) {
		t.Errorf("a shift that has begun: %v", err)
	}
}

// TestSeatsAreLoweredWhileTheyAreGiven: whichever is first, nobody stands there
// without a seat.
func TestSeatsAreLoweredWhileTheyAreGiven(t *testing.T) {
	h := newHouse(t)
	for round := range 5 {
		shift := h.shift(time.Duration(24*(round+1))*time.Hour, 2)
		first, second := h.newMember("one"+string(rune('a'+round))), h.newMember("two"+string(rune('a'+round)))
		if err := h.confirm(shift, first); err != nil {
			t.Fatal(err)
		}
		confirmed, lowered := make(chan error), make(chan error)
		go func() { confirmed <- h.confirm(shift, second) }()
		go func() { lowered <- h.ChangeSeats(h.ctx(), h.client, shift, jobs.SeatChange{Seats: 1}) }()
		gave, lower := <-confirmed, <-lowered
		if (gave == nil) == (lower == nil) || lower != nil && !errors.Is(lower, jobs.ErrSeatsTaken) || gave != nil && !errors.Is(gave, jobs.ErrNoSeat) {
			t.Errorf("the seat was given: %v, and taken away: %v", gave, lower)
		}
	}
}

func TestRemoveShift(t *testing.T) {
	h := newHouse(t)
	free, taken := h.shift(24*time.Hour, 2), h.shift(48*time.Hour, 2)
	if err := h.confirm(taken, h.member.Member); err != nil {
		t.Fatal(err)
	}
	h.clearTasks()
	for name, by := range map[string]members.Actor{"another client": h.rival, "a member": h.member, "another cooperative": h.otherOffices} {
		if err := h.RemoveShift(t.Context(), by, free); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.RemoveShift(t.Context(), h.client, taken); !errors.Is(err, jobs.ErrSeatsTaken) {
		t.Errorf("a shift on which somebody works: %v", err)
	}
	if err := h.RemoveShift(t.Context(), h.client, free); err != nil {
		t.Fatal(err)
	}
	if err := h.RemoveShift(t.Context(), h.client, free); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("once more: %v", err)
	}
	if err := h.confirm(free, h.newMember("bea")); !errors.Is(err, jobs.ErrNoSeat) {
		t.Errorf("a seat of it was given: %v", err)
	}
	var told int
	if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM tasks.task WHERE kind = 'jobs.shift_removed'`).Scan(&told); err != nil || told != 1 {
		t.Errorf("%d are told, %v", told, err)
	}
	if page, err := h.OpenGigs(t.Context(), h.coordinator, 1); err != nil || page.Total != 1 {
		t.Errorf("the lists have %d gigs, want only that with a shift, %v", page.Total, err)
	}
}

func TestSeatKinds(t *testing.T) {
	h := newHouse(t)
	gig := h.gig()
	gig.Shifts[0].Seats, gig.Shifts[0].BuddySeats = 3, 1
	shift := h.found1(h.post(h.client, gig)).Shifts[0].ID
	as := func(name string, kinds ...jobs.SeatKind) error {
		who := h.newMember(name)
		return pgx.BeginFunc(h.ctx(), h.db, func(tx pgx.Tx) error {
			_, err := h.ConfirmTx(h.ctx(), tx, h.coordinator.Cooperative, shift, who, kinds...)
			return err
		})
	}
	for _, tt := range []struct {
		name  string
		kinds []jobs.SeatKind
		want  error
	}{
		{"ada", []jobs.SeatKind{jobs.BuddySeat}, nil},
		{"bea", []jobs.SeatKind{jobs.BuddySeat}, jobs.ErrNoSeat},
		{"cor", []jobs.SeatKind{jobs.BuddySeat, jobs.WorkSeat}, nil},
		{"dik", nil, nil},
		{"eva", nil, jobs.ErrNoSeat},
	} {
		if err := as(tt.name, tt.kinds...); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	var buddies int
	if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.engagement WHERE seat = 'buddy'`).Scan(&buddies); err != nil || buddies != 1 {
		t.Errorf("%d learn, %v", buddies, err)
	}
}
