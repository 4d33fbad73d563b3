package jobs_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// TestHundredTakers: of a hundred who want one of seven seats at once, seven have
// it and the others hear that there is none; and one member has one of twenty
// shifts at the same time.
func TestHundredTakers(t *testing.T) {
	h := newHouse(t)
	const takers, seats, same = 100, 7, 20
	shift := h.shift(24*time.Hour, seats)
	var who []members.MemberID
	var shifts []jobs.ShiftID
	for i := range takers {
		who = append(who, h.newMember(fmt.Sprint("taker", i)))
	}
	for range same {
		shifts = append(shifts, h.shift(72*time.Hour, 5))
	}
	for name, race := range map[string]struct {
		run       func(i int) error
		many, win int
		lose      error
	}{
		"seats":  {func(i int) error { return h.confirm(shift, who[i]) }, takers, seats, jobs.ErrNoSeat},
		"shifts": {func(i int) error { return h.confirm(shifts[i], h.member.Member) }, same, 1, jobs.ErrBusy},
	} {
		won := 0
		for _, err := range together(race.many, race.run) {
			if err == nil {
				won++
			} else if !errors.Is(err, race.lose) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if won != race.win {
			t.Errorf("%s: %d won, want %d", name, won, race.win)
		}
	}
}

// together runs so many at once.
func together(many int, run func(i int) error) []error {
	var group sync.WaitGroup
	errs := make([]error, many)
	start := make(chan struct{})
	for i := range errs {
		group.Go(func() {
			<-start
			errs[i] = run(i)
		})
	}
	close(start)
	group.Wait()
	return errs
}

// TestEverybodyAtOnce: members take seats and call off, the client calls off one
// of them, the shift and the gig, all at the same time. Each outcome is one of
// those that are written down, nobody is engaged on a shift that is off, and every
// bill belongs to work that is billed.
func TestEverybodyAtOnce(t *testing.T) {
	h := newHouse(t)
	for round := range 4 {
		shift, seats := h.shift(20*time.Hour, 3), 3
		var gig jobs.GigID
		if err := h.db.QueryRow(h.ctx(), `SELECT gig_id FROM jobs.shift WHERE id = $1`, shift).Scan(&gig); err != nil {
			t.Fatal(err)
		}
		var who []members.Actor
		for i := range 8 {
			m := h.newMember(fmt.Sprint("round", round, "m", i))
			who = append(who, members.Actor{Kind: members.RoleMember, Cooperative: h.client.Cooperative, Member: m, Role: h.roleOf(m)})
		}
		first, second := h.engagedOn(shift, who[0].Member), h.engagedOn(shift, who[1].Member)
		const much = payments.Cents(1_000_000)
		runs := []func() error{
			func() error { return h.CallOff(h.ctx(), who[0], first, jobs.OffReason{Why: jobs.OffIll}) },
			func() error { return h.CallOffWork(h.ctx(), h.client, first, much) },
			func() error { return h.CallOffWork(h.ctx(), h.coordinator, second, much) },
			func() error { return h.CallOff(h.ctx(), who[1], second, jobs.OffReason{}) },
			func() error { return h.CallOffShift(h.ctx(), h.client, shift, much) },
			func() error { return h.CancelGig(h.ctx(), h.coordinator, gig, much) },
			func() error { return h.Pause(h.ctx(), h.client, gig) },
		}
		for _, m := range who[2:] {
			runs = append(runs, func() error { return h.confirm(shift, m.Member) })
		}
		for i, err := range together(len(runs), func(i int) error { return runs[i]() }) {
			known := err == nil
			for _, one := range []error{jobs.ErrNoSeat, jobs.ErrWorkMoved, jobs.ErrGigMoved, jobs.ErrShiftOver, members.ErrNotFound} {
				known = known || errors.Is(err, one)
			}
			if !known {
				t.Errorf("number %d: %v", i, err)
			}
		}
		if n := h.count(`SELECT count(*) FROM jobs.engagement WHERE shift_id = $1 AND state NOT IN ('cancelled', 'absent') AND called_off_at IS NULL`, shift); n != 0 {
			t.Errorf("%d of %d are still engaged on a shift that is off", n, seats)
		}
		const odd = `SELECT count(*) FROM jobs.engagement e LEFT JOIN payments.bill b ON b.ref = e.id::text
			WHERE e.shift_id = $1 AND (b.id IS NOT NULL) <> (e.state = 'billed')`
		if n := h.count(odd, shift); n != 0 {
			t.Errorf("%d bills do not belong to what is billed", n)
		}
	}
}

func (h *house) roleOf(m members.MemberID) (role members.RoleID) {
	h.t.Helper()
	if err := h.db.QueryRow(h.ctx(), `SELECT role_id FROM members.member WHERE id = $1`, m).Scan(&role); err != nil {
		h.t.Fatal(err)
	}
	return role
}
