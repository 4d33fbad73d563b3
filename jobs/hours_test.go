package jobs_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// TestTimesheetMoves compares the moves with DESIGN.md 7, one by one; and a client
// can begin: see TestClientBegins.
func TestTimesheetMoves(t *testing.T) {
	proposed := []jobs.SheetState{jobs.MemberProposed, jobs.ClientProposed, jobs.SheetAgreed, jobs.Disputed}
	allowed := map[jobs.SheetState][]jobs.SheetState{
		jobs.SheetEmpty: {jobs.MemberProposed, jobs.ClientProposed}, jobs.MemberProposed: proposed, jobs.ClientProposed: proposed, jobs.Disputed: {jobs.SheetAgreed},
	}
	for _, from := range jobs.SheetStates() {
		for _, to := range jobs.SheetStates() {
			got, err := from.To(to)
			if want := slices.Contains(allowed[from], to); (err == nil) != want || want && got != to || !want && got != from {
				t.Errorf("%q to %q gave %q, %v", from, to, got, err)
			}
		}
	}
}

// engaged gives an engagement of the member on the client's gig, from ten to two.
func (h *house) engaged() jobs.EngagementID {
	h.t.Helper()
	if err := h.confirm(h.shift(time.Hour, 1), h.member.Member); err != nil {
		h.t.Fatal(err)
	}
	works, err := h.Works(h.ctx(), h.member)
	if err != nil || len(works) != 1 {
		h.t.Fatalf("Works = %+v, %v", works, err)
	}
	return works[0].ID
}

func (h *house) work(by members.Actor, e jobs.EngagementID) jobs.Work {
	h.t.Helper()
	w, err := h.Work(h.ctx(), by, e)
	if err != nil {
		h.t.Fatal(err)
	}
	return w
}

func TestHoursFromProposalToAgreement(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	fourHours, three := jobs.Hours{Worked: 4 * time.Hour}, jobs.Hours{Worked: 3 * time.Hour, Reason: "Je ging om een uur weg."}
	steps := []struct {
		name  string
		do    func() error
		err   error
		state jobs.SheetState
		gig   jobs.EngagementState
	}{
		{"too early", func() error { return h.ProposeHours(h.ctx(), h.member, e, fourHours) }, jobs.ErrNotOver, jobs.SheetEmpty, jobs.Confirmed},
		{"the shift ends", func() error { h.now = h.now.Add(5 * time.Hour); return nil }, nil, jobs.SheetEmpty, jobs.Confirmed},
		{"the client is not first", func() error { return h.ProposeHours(h.ctx(), h.client, e, three) }, jobs.ErrNotTheirTurn, jobs.SheetEmpty, jobs.Confirmed},
		{"nothing to agree to", func() error { return h.AgreeHours(h.ctx(), h.member, e) }, jobs.ErrNotTheirTurn, jobs.SheetEmpty, jobs.Confirmed},
		{"the member proposes", func() error { return h.ProposeHours(h.ctx(), h.member, e, fourHours) }, nil, jobs.MemberProposed, jobs.Finished},
		{"not once more", func() error { return h.ProposeHours(h.ctx(), h.member, e, fourHours) }, jobs.ErrNotTheirTurn, jobs.MemberProposed, jobs.Finished},
		{"nor agrees with oneself", func() error { return h.AgreeHours(h.ctx(), h.member, e) }, jobs.ErrNotTheirTurn, jobs.MemberProposed, jobs.Finished},
		{"the client counters", func() error { return h.ProposeHours(h.ctx(), h.client, e, three) }, nil, jobs.ClientProposed, jobs.Finished},
		{"the member insists", func() error { return h.ProposeHours(h.ctx(), h.member, e, fourHours) }, nil, jobs.MemberProposed, jobs.Finished},
		{"the client agrees", func() error { return h.AgreeHours(h.ctx(), h.client, e) }, nil, jobs.SheetAgreed, jobs.Billed},
		{"nothing more", func() error { return h.ProposeHours(h.ctx(), h.member, e, fourHours) }, jobs.ErrNotTheirTurn, jobs.SheetAgreed, jobs.Billed},
	}
	for _, step := range steps {
		if err := step.do(); !errors.Is(err, step.err) {
			t.Fatalf("%s: %v, want %v", step.name, err, step.err)
		}
		if w := h.work(h.client, e); w.Sheet.State != step.state || w.State != step.gig {
			t.Fatalf("%s: the hours are %q, the engagement %q; want %q and %q", step.name, w.Sheet.State, w.State, step.state, step.gig)
		}
	}
	if w := h.work(h.member, e); w.Earned() != 6400 || w.Sheet.Worked != 4*time.Hour {
		t.Errorf("agreed are %v for %v", w.Sheet.Worked, w.Earned())
	}
	if left, err := h.Works(h.ctx(), h.member); err != nil || len(left) != 0 {
		t.Errorf("still unsettled: %+v, %v", left, err)
	}
}

func TestHoursThatCannotBe(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.now = h.now.Add(5 * time.Hour)
	for name, tt := range map[string]struct {
		by    members.Actor
		hours jobs.Hours
		field string
	}{
		"none":             {h.member, jobs.Hours{}, "worked"},
		"less than none":   {h.member, jobs.Hours{Worked: -time.Hour}, "worked"},
		"25 a day":         {h.member, jobs.Hours{Worked: 25 * time.Hour}, "worked"},
		"half a minute":    {h.member, jobs.Hours{Worked: 90 * time.Second}, "worked"},
		"no reason":        {h.client, jobs.Hours{Worked: time.Hour}, "reason"},
		"unreadable words": {h.client, jobs.Hours{Worked: time.Hour, Reason: "a\x00"}, "reason"},
	} {
		var problems check.Problems
		if err := h.ProposeHours(h.ctx(), tt.by, e, tt.hours); !errors.As(err, &problems) || !problems.At(tt.field) {
			t.Errorf("%s: %v, want a problem at %s", name, err, tt.field)
		}
	}
}

func TestHoursOfOthersAreNotFound(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.now = h.now.Add(5 * time.Hour)
	for name, by := range map[string]members.Actor{"another client": h.rival, "a coach": h.coach, "another cooperative": h.otherOffices} {
		_, look := h.Work(h.ctx(), by, e)
		propose := h.ProposeHours(h.ctx(), by, e, jobs.Hours{Worked: time.Hour, Reason: "x"})
		if agree := h.AgreeHours(h.ctx(), by, e); !errors.Is(look, members.ErrNotFound) || !errors.Is(propose, members.ErrNotFound) || !errors.Is(agree, members.ErrNotFound) {
			t.Errorf("%s: %v, %v, %v", name, look, propose, agree)
		}
		if list, err := h.Works(h.ctx(), by); err != nil || len(list) != 0 {
			t.Errorf("%s sees %d, %v", name, len(list), err)
		}
	}
}

// TestHoursRace: the client agrees and counters in two tabs; one of them counts.
func TestHoursRace(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.now = h.now.Add(5 * time.Hour)
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	var tabs sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		tabs.Go(func() {
			if i%2 == 0 {
				errs[i] = h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: time.Hour, Reason: "x"})
			} else {
				errs[i] = h.AgreeHours(h.ctx(), h.client, e)
			}
		})
	}
	tabs.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !errors.Is(err, jobs.ErrNotTheirTurn) {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d answers counted, want one", won)
	}
}

// TestAwaited: whose answer the hours need is told, and nobody once they agree.
func TestAwaited(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.now = h.now.Add(5 * time.Hour)
	steps := []struct {
		do   func() error
		name string
	}{
		{func() error { return nil }, ""},
		{func() error { return h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}) }, "piet"},
		{func() error {
			return h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 3 * time.Hour, Reason: "Je ging om een uur weg."})
		}, "anna"},
		{func() error { return h.AgreeHours(h.ctx(), h.member, e) }, ""},
	}
	for i, step := range steps {
		if err := step.do(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
		w, people, err := h.Awaited(h.ctx(), h.client.Cooperative, e)
		if step.name == "" && errors.Is(err, members.ErrNotFound) {
			continue
		}
		if err != nil || len(people) != 1 || people[0].Name != step.name || w.ID != e {
			t.Errorf("step %d: %v are told, %v; want %q", i, people, err, step.name)
		}
	}
	if _, _, err := h.Awaited(h.ctx(), h.otherOffices.Cooperative, e); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another cooperative's: %v", err)
	}
	var notes int
	if err := h.db.QueryRow(h.ctx(), `SELECT count(*) FROM tasks.task WHERE kind = 'jobs.hours_proposed'`).Scan(&notes); err != nil || notes != 2 {
		t.Errorf("%d tasks tell of hours, %v; want 2", notes, err)
	}
}

// TestPayThatComesBackMeanwhile: who follows the pay looks at it when nobody
// else moves the engagement any more, so that the later news wins.
func TestPayThatComesBackMeanwhile(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.now = h.now.Add(5 * time.Hour)
	err := errors.Join(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}), h.AgreeHours(h.ctx(), h.client, e))
	if err != nil {
		t.Fatal(err)
	}
	moved := payments.PayMoved{Ref: payments.Reference(e.String()), Cooperative: h.client.Cooperative}
	follow := func(tx pgx.Tx) error { return h.FollowPayTx(h.ctx(), tx, moved) }
	h.arrives()
	ended := make(chan error, 1)
	h.tx(func(other pgx.Tx) error {
		if _, err := other.Exec(h.ctx(), `SELECT FROM jobs.engagement WHERE id = $1 FOR UPDATE`, e); err != nil {
			return err
		}
		go func() { ended <- pgx.BeginFunc(h.ctx(), h.db, follow) }()
		h.waitForWaiter(other)
		_, err := h.db.Exec(h.ctx(), `UPDATE payments.payout SET state = 'failed', paid_at = NULL`)
		return errors.Join(err, h.FollowPayTx(h.ctx(), other, moved))
	})
	if err := <-ended; err != nil || h.work(h.member, e).State != jobs.Billed {
		t.Errorf("the pay came back, and the engagement is %q, %v", h.work(h.member, e).State, err)
	}
}

// arrives lets the client pay, and the wage reach the bank.
func (h *house) arrives() {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) error {
		_, err := tx.Exec(h.ctx(), `
			UPDATE payments.bill SET state = 'paid', charge_id = 'ch_1', paid_at = now();
			INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at, transfer_id, payout_id, sent_at, paid_at)
			SELECT id, cooperative_id, id, member_id, cents, 'paid', now(), 'tr_1', 'po_1', now(), now() FROM payments.bill_line WHERE kind = 'wage'`)
		return err
	})
}

// waitForWaiter returns when another connection waits for what tx holds.
func (h *house) waitForWaiter(tx pgx.Tx) {
	h.t.Helper()
	const query = `SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))`
	for waits, deadline := false, time.Now().Add(10*time.Second); !waits; {
		if err := tx.QueryRow(h.ctx(), query).Scan(&waits); err != nil || time.Now().After(deadline) {
			h.t.Errorf("nobody waits: %v", err)
			return
		}
	}
}

// TestHoursOverNewYear: a night is billed under the figures of both its days.
func TestHoursOverNewYear(t *testing.T) {
	h := newHouse(t)
	money := payments.New(h.db, nil, h.people, nil, func() time.Time { return h.now }, nil)
	h.tx(func(tx pgx.Tx) error {
		return money.AddExampleTx(h.ctx(), tx, payments.AdultMinimumWage, 1500, "2027-01-01", "2027-06-30")
	})
	h.now = time.Date(2026, 12, 31, 20, 0, 0, 0, time.UTC)
	e := h.engaged() // from ten in the evening to two
	h.now = h.now.Add(6 * time.Hour)
	h.tx(func(tx pgx.Tx) error { // the law came out higher than the example
		_, err := tx.Exec(h.ctx(), `UPDATE payments.legal_figure SET cents = 9900, example = false WHERE valid_from = '2027-01-01'`)
		return err
	})
	err := errors.Join(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}), h.AgreeHours(h.ctx(), h.client, e))
	if !errors.Is(err, payments.ErrBelowFloor) {
		t.Errorf("billed below the floor of the new year: %v", err)
	}
}

// TestHoursAreBilledWithTheContribution that their cooperative asks when they
// are agreed, and with no other's.
func TestHoursAreBilledWithTheContribution(t *testing.T) {
	h := newHouse(t)
	for by, share := range map[members.Actor]members.BasisPoints{h.coordinator: 1250, h.otherOffices: 4000} {
		settings, err := h.people.Settings(h.ctx(), by)
		if err != nil {
			t.Fatal(err)
		}
		settings.Contribution = share
		if err := h.people.ChangeSettings(h.ctx(), by, settings, "De leden stemden."); err != nil {
			t.Fatal(err)
		}
	}
	e := h.engaged()
	h.now = h.now.Add(5 * time.Hour)
	err := errors.Join(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 3 * time.Hour}), h.AgreeHours(h.ctx(), h.client, e))
	if err != nil {
		t.Fatal(err)
	}
	var wage, contribution payments.Cents
	const lines = `SELECT sum(cents) FILTER (WHERE kind = 'wage'), sum(cents) FILTER (WHERE kind = 'contribution') FROM payments.bill_line`
	if err := h.db.QueryRow(h.ctx(), lines).Scan(&wage, &contribution); err != nil || wage != 4800 || contribution != 600 {
		t.Errorf("the bill says %v and %v, %v", wage, contribution, err)
	}
}
