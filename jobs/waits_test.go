package jobs_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"meent/jobs"
	"meent/members"
)

func TestWaits(t *testing.T) {
	soon := time.Date(2026, 11, 26, 14, 0, 0, 0, time.UTC)
	all := jobs.Facts{State: jobs.Open, Seats: 4, Taken: 1, Next: soon, Today: 2, Hours: 3, Sent: 1, Disputed: 1, Unpaid: 2, Owed: 4800, Out: 5, Look: soon, Asked: 1}
	with := func(change func(*jobs.Facts)) jobs.Facts { f := all; change(&f); return f }
	none := func(f *jobs.Facts) { f.Asked, f.Hours, f.Unpaid, f.Today = 0, 0, 0, 0 }
	over := func(f *jobs.Facts) { none(f); f.Seats, f.Taken, f.Next = 0, 0, time.Time{} }
	seen := map[jobs.WaitKind]bool{}
	for _, tt := range []struct {
		name  string
		facts jobs.Facts
		want  jobs.Wait
	}{
		{"a draft, whatever else", with(func(f *jobs.Facts) { f.State = jobs.Draft }), jobs.Wait{Kind: jobs.WaitsDraft}},
		{"money beforehand", with(func(f *jobs.Facts) { f.State, f.Awaits = jobs.Paused, true }), jobs.Wait{Kind: jobs.WaitsDeposit}},
		{"a question first", all, jobs.Wait{Kind: jobs.WaitsQuestions, Count: 1}},
		{"no question about what is paused", with(func(f *jobs.Facts) { f.State = jobs.Paused }), jobs.Wait{Kind: jobs.WaitsHours, Count: 3}},
		{"then hours", with(func(f *jobs.Facts) { f.Asked = 0 }), jobs.Wait{Kind: jobs.WaitsHours, Count: 3}},
		{"then the bill", with(func(f *jobs.Facts) { f.Asked, f.Hours = 0, 0 }), jobs.Wait{Kind: jobs.WaitsBill, Count: 2, Owed: 4800}},
		{"also of what is cancelled", with(func(f *jobs.Facts) { f.State, f.Hours = jobs.Cancelled, 0 }), jobs.Wait{Kind: jobs.WaitsBill, Count: 2, Owed: 4800}},
		{"then who works today", with(func(f *jobs.Facts) { none(f); f.Today = 2 }), jobs.Wait{Kind: jobs.WaitsToday, Count: 2}},
		{"nobody works on what is cancelled", with(func(f *jobs.Facts) { none(f); f.Today, f.State = 2, jobs.Cancelled }), jobs.Wait{Kind: jobs.WaitsCancelled}},
		{"paused", with(func(f *jobs.Facts) { none(f); f.State = jobs.Paused }), jobs.Wait{Kind: jobs.WaitsPaused}},
		{"people", with(none), jobs.Wait{Kind: jobs.WaitsPeople, Count: 1, Of: 4, Out: 5, When: soon}},
		{"nobody asked at the moment", with(func(f *jobs.Facts) { none(f); f.Out, f.Look = 0, time.Time{} }), jobs.Wait{Kind: jobs.WaitsPeople, Count: 1, Of: 4}},
		{"full", with(func(f *jobs.Facts) { none(f); f.Taken = 4 }), jobs.Wait{Kind: jobs.WaitsFull, Count: 4, When: soon}},
		{"fuller than full", with(func(f *jobs.Facts) { none(f); f.Taken = 5 }), jobs.Wait{Kind: jobs.WaitsFull, Count: 4, When: soon}},
		{"a dispute", with(over), jobs.Wait{Kind: jobs.WaitsDisputed, Count: 1}},
		{"hours that members send", with(func(f *jobs.Facts) { over(f); f.Disputed = 0 }), jobs.Wait{Kind: jobs.WaitsSent, Count: 1}},
		{"all over", jobs.Facts{State: jobs.Open}, jobs.Wait{Kind: jobs.WaitsDone}},
		{"done", jobs.Facts{State: jobs.Done, Seats: 2, Next: soon}, jobs.Wait{Kind: jobs.WaitsDone}},
		{"cancelled", jobs.Facts{State: jobs.Cancelled, Seats: 2, Next: soon}, jobs.Wait{Kind: jobs.WaitsCancelled}},
	} {
		if got := jobs.Waits(tt.facts); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
		seen[tt.want.Kind] = true
	}
	for _, kind := range jobs.WaitKinds() {
		if !seen[kind] {
			t.Errorf("nothing in the table waits for %s", kind)
		}
	}
	for _, state := range jobs.States() {
		if got := jobs.Waits(jobs.Facts{State: state}).Kind; !slices.Contains(jobs.WaitKinds(), got) || state != jobs.Draft && got.Yours() {
			t.Errorf("%s with nothing to do waits for %q", state, got)
		}
	}
}

// TestWaitsForOneThing: whatever the facts are, it is one of the kinds, and it
// counts something where its sentence does.
func TestWaitsForOneThing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.IntRange(0, 3)
		f := jobs.Facts{State: rapid.SampledFrom(jobs.States()).Draw(t, "state"), Seats: some.Draw(t, "seats"), Taken: some.Draw(t, "taken"), Today: some.Draw(t, "today"), Hours: some.Draw(t, "hours"),
			Sent: some.Draw(t, "sent"), Disputed: some.Draw(t, "disputed"), Unpaid: some.Draw(t, "unpaid"), Out: some.Draw(t, "out"), Asked: some.Draw(t, "asked")}
		w := jobs.Waits(f)
		counts := []jobs.WaitKind{jobs.WaitsQuestions, jobs.WaitsHours, jobs.WaitsBill, jobs.WaitsToday, jobs.WaitsFull, jobs.WaitsDisputed, jobs.WaitsSent}
		if !slices.Contains(jobs.WaitKinds(), w.Kind) || slices.Contains(counts, w.Kind) && w.Count == 0 || w.Kind == jobs.WaitsPeople && w.Of <= w.Count {
			t.Fatalf("%+v waits for %+v", f, w)
		}
		if (f.Hours > 0 || f.Unpaid > 0 || f.State == jobs.Draft) && !w.Kind.Yours() {
			t.Fatalf("%+v waits for its client, and not for %s", f, w.Kind)
		}
	})
}

// TestFactsFollowAGig from its posting until its bill.
func TestFactsFollowAGig(t *testing.T) {
	h := newHouse(t)
	other := h.another("otto")
	gig := h.post(h.client, h.gig())
	h.post(h.rival, func() jobs.NewGig { n := h.gig(); n.Client = h.rival.Client; return n }())
	found, err := h.Gig(t.Context(), h.client, gig)
	if err != nil {
		t.Fatal(err)
	}
	shift := found.Shifts[0]
	facts := func() jobs.Facts {
		t.Helper()
		all, err := h.Facts(t.Context(), h.client)
		one, oneErr := h.FactsOf(t.Context(), h.coordinator, gig)
		if err := errors.Join(err, oneErr); err != nil || len(all) != 1 || all[gig] != one {
			t.Fatalf("the facts are %+v, of one %+v, %v", all, one, err)
		}
		return one
	}
	is := func(when string, want jobs.Facts) {
		t.Helper()
		want.State = jobs.Open
		got := facts()
		if !got.Next.Equal(want.Next) {
			t.Errorf("%s: the next is %v, want %v", when, got.Next, want.Next)
		}
		want.Next = got.Next
		if got != want {
			t.Errorf("%s: %+v, want %+v", when, got, want)
		}
	}
	is("posted", jobs.Facts{Seats: 2, Next: shift.Starts})
	for _, m := range []members.Actor{h.member, other} {
		if err := h.confirm(shift.ID, m.Member); err != nil {
			t.Fatal(err)
		}
	}
	is("filled", jobs.Facts{Seats: 2, Taken: 2, Next: shift.Starts})
	h.now = shift.Starts.Add(-time.Hour)
	is("this morning", jobs.Facts{Seats: 2, Taken: 2, Next: shift.Starts, Today: 2})
	h.now = shift.Starts.Add(time.Hour)
	is("at work", jobs.Facts{Today: 2})
	h.now = shift.Ends
	is("over", jobs.Facts{Sent: 2})
	first, err := h.EngagedOn(t.Context(), h.member, gig)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.ProposeHours(t.Context(), h.member, first, jobs.Hours{Worked: 3 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	is("hours are in", jobs.Facts{Sent: 1, Hours: 1, FirstHours: first})
	if err := h.AgreeHours(t.Context(), h.client, first); err != nil {
		t.Fatal(err)
	}
	bills, err := h.billsOf(h.client)
	if err != nil || len(bills) != 1 {
		t.Fatalf("the bills are %+v, %v", bills, err)
	}
	is("billed", jobs.Facts{Sent: 1, Unpaid: 1, Owed: bills[0].Total, FirstBill: bills[0].ID})
	h.alter(`UPDATE payments.bill SET state = 'paid', charge_id = 'ch_1', paid_at = billed_at`)
	is("paid", jobs.Facts{Sent: 1})
}

// TestFactsCountNoSeatThatWasCalledOff, also where part of it is paid.
func TestFactsCountNoSeatThatWasCalledOff(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	found, err := h.Gig(t.Context(), h.client, gig)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.confirm(found.Shifts[0].ID, h.member.Member); err != nil {
		t.Fatal(err)
	}
	h.alter(`UPDATE jobs.engagement SET state = 'billed', called_off_at = $1, called_off_by = 'client', called_off_role_id = `+sayer, h.now)
	if f, err := h.FactsOf(t.Context(), h.client, gig); err != nil || f.Seats != 2 || f.Taken != 0 {
		t.Errorf("the facts are %+v, %v", f, err)
	}
	h.alter(`UPDATE jobs.shift SET called_off_at = $1`, h.now)
	if f, err := h.FactsOf(t.Context(), h.client, gig); err != nil || f.Seats != 0 || !f.Next.IsZero() {
		t.Errorf("the facts are %+v, %v", f, err)
	}
}

func TestFactsAreForWhoRunsTheGig(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	for name, by := range map[string]members.Actor{"another client": h.rival, "member": h.member, "coach": h.coach, "another cooperative": h.otherOffices, "nobody": {}} {
		if _, err := h.FactsOf(t.Context(), by, gig); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("the %s gets %v", name, err)
		}
		if all, err := h.Facts(t.Context(), by); err != nil || len(all) != 0 {
			t.Errorf("the %s gets %v, %v", name, all, err)
		}
	}
}
