package jobs_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// TestEngagementMoves compares the moves with DESIGN.md 7, one by one.
func TestEngagementMoves(t *testing.T) {
	allowed := map[jobs.EngagementState][]jobs.EngagementState{
		jobs.Confirmed: {jobs.Started, jobs.CalledOff, jobs.Absent},
		jobs.Started:   {jobs.Finished, jobs.CalledOff},
		jobs.Finished:  {jobs.Agreed},
		jobs.Agreed:    {jobs.Billed, jobs.Closed},
		jobs.Billed:    {jobs.Paid},
		jobs.Paid:      {jobs.Billed},
		jobs.CalledOff: {jobs.Agreed},
		jobs.Absent:    {jobs.Confirmed}, // a coordinator found that they were there
	}
	for _, from := range jobs.EngagementStates() {
		for _, to := range jobs.EngagementStates() {
			want := false
			for _, one := range allowed[from] {
				want = want || one == to
			}
			got, err := from.To(to)
			var wrong *jobs.WrongEngagementMove
			if (err == nil) != want || want && got != to || !want && (got != from || !errors.As(err, &wrong)) {
				t.Errorf("%s to %s gave %s, %v", from, to, got, err)
			}
		}
	}
}

// shift posts a gig with one shift that starts so much later, and finds the shift.
func (h *house) shift(after time.Duration, seats int) jobs.ShiftID {
	h.t.Helper()
	gig := h.gig()
	gig.Shifts = []jobs.NewShift{{Starts: h.now.Add(after), Ends: h.now.Add(after + 4*time.Hour), Seats: seats}}
	posted, err := h.Post(h.ctx(), h.client, gig)
	if err != nil {
		h.t.Fatal(err)
	}
	found, err := h.Gig(h.ctx(), h.client, posted)
	if err != nil {
		h.t.Fatal(err)
	}
	return found.Shifts[0].ID
}

func (h *house) confirm(shift jobs.ShiftID, member members.MemberID) error {
	return pgx.BeginFunc(h.ctx(), h.db, func(tx pgx.Tx) error {
		_, err := h.ConfirmTx(h.ctx(), tx, h.coordinator.Cooperative, shift, member)
		return err
	})
}

func (h *house) newMember(name string) (member members.MemberID) {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) error {
		person, err := h.people.EnsurePersonTx(h.ctx(), tx, newPerson(name))
		if err != nil {
			return err
		}
		member, err = h.people.AddMemberTx(h.ctx(), tx, members.NewMember{Person: person, Cooperative: h.coordinator.Cooperative,
			PlaceCode: "nijmegen", ReachMetres: 20_000, Travel: members.Bike})
		return err
	})
	return member
}

func TestConfirm(t *testing.T) {
	h := newHouse(t)
	morning, noon, evening := h.shift(24*time.Hour, 1), h.shift(27*time.Hour, 5), h.shift(28*time.Hour, 5)
	other := h.newMember("bea")
	tests := []struct {
		name   string
		shift  jobs.ShiftID
		member members.MemberID
		want   error
	}{
		{"the only seat", morning, h.member.Member, nil},
		{"once more", morning, h.member.Member, jobs.ErrNoSeat},
		{"no seat left", morning, other, jobs.ErrNoSeat},
		{"an hour of overlap", noon, h.member.Member, jobs.ErrBusy},
		{"right after it", evening, h.member.Member, nil},
		{"twice on one shift", evening, h.member.Member, jobs.ErrBusy},
		{"somebody else at that time", noon, other, nil},
		{"no shift", jobs.ShiftID{}, other, members.ErrNotFound},
		{"no member", noon, members.MemberID(h.coordinator.Role), members.ErrNotFound},
	}
	for _, tt := range tests {
		if err := h.confirm(tt.shift, tt.member); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	coming, err := h.Coming(h.ctx(), h.member, h.now, 10)
	if err != nil || len(coming) != 2 || coming[0].Shift.ID != morning || coming[1].Shift.ID != evening {
		t.Errorf("Coming = %+v, %v", coming, err)
	}
	h.now = h.now.Add(48 * time.Hour)
	if err := h.confirm(noon, h.newMember("cor")); !errors.Is(err, jobs.ErrStarted) {
		t.Errorf("a shift of yesterday: %v", err)
	}
}

// TestConfirmAfterErrorGoesOn: what failed leaves the transaction usable.
func TestConfirmAfterErrorGoesOn(t *testing.T) {
	h := newHouse(t)
	first, second, third := h.shift(24*time.Hour, 2), h.shift(25*time.Hour, 2), h.shift(48*time.Hour, 2)
	h.tx(func(tx pgx.Tx) error {
		for shift, want := range map[jobs.ShiftID]error{first: nil} {
			if _, err := h.ConfirmTx(h.ctx(), tx, h.client.Cooperative, shift, h.member.Member); !errors.Is(err, want) {
				t.Errorf("first: %v", err)
			}
		}
		if _, err := h.ConfirmTx(h.ctx(), tx, h.client.Cooperative, second, h.member.Member); !errors.Is(err, jobs.ErrBusy) {
			t.Errorf("second: %v", err)
		}
		_, err := h.ConfirmTx(h.ctx(), tx, h.client.Cooperative, third, h.member.Member)
		return err
	})
	if coming, err := h.Coming(h.ctx(), h.member, h.now, 10); err != nil || len(coming) != 2 {
		t.Errorf("Coming = %d, %v; want the first and the third", len(coming), err)
	}
}

// TestConfirmRace: eight members for three seats, and one member on eight shifts
// at the same time.
func TestConfirmRace(t *testing.T) {
	h := newHouse(t)
	seats := h.shift(24*time.Hour, 3)
	var same []jobs.ShiftID
	var many []members.MemberID
	for i := range 8 {
		same = append(same, h.shift(72*time.Hour, 5))
		many = append(many, h.newMember(fmt.Sprint("race", i)))
	}
	for name, race := range map[string]struct {
		run  func(i int) error
		want int
		lose error
	}{
		"seats":  {func(i int) error { return h.confirm(seats, many[i]) }, 3, jobs.ErrNoSeat},
		"shifts": {func(i int) error { return h.confirm(same[i], h.member.Member) }, 1, jobs.ErrBusy},
	} {
		var group sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			group.Go(func() { errs[i] = race.run(i) })
		}
		group.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, race.lose) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if won != race.want {
			t.Errorf("%s: %d won, want %d", name, won, race.want)
		}
	}
}
