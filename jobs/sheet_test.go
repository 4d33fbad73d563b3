package jobs_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// TestWhoMayMoveHours is the table of who may do what, one by one.
func TestWhoMayMoveHours(t *testing.T) {
	type turn struct {
		move  jobs.SheetMove
		state jobs.SheetState
		by    members.RoleKind
	}
	const member, client, office, program = members.RoleMember, members.RoleClient, members.RoleCoordinator, members.RoleKind("")
	allowed := []turn{
		{jobs.Propose, jobs.SheetEmpty, member}, {jobs.Propose, jobs.ClientProposed, member}, {jobs.Propose, jobs.MemberProposed, client}, {jobs.Propose, jobs.SheetEmpty, client},
		{jobs.Agree, jobs.MemberProposed, client}, {jobs.Agree, jobs.ClientProposed, member},
		{jobs.Dispute, jobs.MemberProposed, client}, {jobs.Dispute, jobs.ClientProposed, member},
		{jobs.Propose, jobs.SheetEmpty, office}, {jobs.Propose, jobs.MemberProposed, office}, {jobs.Agree, jobs.MemberProposed, office},
		{jobs.Dispute, jobs.MemberProposed, office}, {jobs.Decide, jobs.Disputed, office},
		{jobs.Silence, jobs.SheetEmpty, program}, {jobs.Silence, jobs.MemberProposed, program}, {jobs.Silence, jobs.ClientProposed, program},
	}
	for _, move := range jobs.SheetMoves() {
		for _, state := range jobs.SheetStates() {
			for _, by := range append(members.RoleKinds(), program) {
				if got, want := move.May(state, by), slices.Contains(allowed, turn{move, state, by}); got != want {
					t.Errorf("%s of %q by %q: %v, want %v", move, state, by, got, want)
				}
			}
		}
	}
}

// overWork gives work of four hours at 16 euro that is over.
func (h *house) overWork() jobs.EngagementID {
	h.t.Helper()
	e := h.engaged()
	h.now = h.now.Add(5 * time.Hour)
	return e
}

// bills are the bills of the house, as "minutes cents+contribution".
func (h *house) bills() []string {
	h.t.Helper()
	rows, _ := h.db.Query(h.ctx(), `
		SELECT b.minutes || ' ' || coalesce(sum(l.cents) FILTER (WHERE l.kind = 'wage'), 0) || '+' || coalesce(sum(l.cents) FILTER (WHERE l.kind = 'contribution'), 0)
		FROM payments.bill b JOIN payments.bill_line l ON l.bill_id = b.id GROUP BY b.id ORDER BY b.billed_at, b.ref`)
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func (h *house) wantBills(want ...string) {
	h.t.Helper()
	if got := h.bills(); !slices.Equal(got, want) {
		h.t.Errorf("the bills are %q, want %q", got, want)
	}
}

// setShare sets the contribution of the house.
func (h *house) setShare(share members.BasisPoints) {
	h.t.Helper()
	settings, err := h.people.Settings(h.ctx(), h.coordinator)
	if err != nil {
		h.t.Fatal(err)
	}
	settings.Contribution = share
	if err := h.people.ChangeSettings(h.ctx(), h.coordinator, settings, "De leden stemden."); err != nil {
		h.t.Fatal(err)
	}
}

// TestWhatWasSaid: each round is kept, with the words of whoever gave any.
func TestWhatWasSaid(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	err := errors.Join(
		h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour, Break: 30 * time.Minute}),
		h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 3 * time.Hour, Reason: "Om één uur was je weg."}),
		h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour, Reason: "Ik ruimde nog op."}),
		h.AgreeHours(h.ctx(), h.client, e))
	if err != nil {
		t.Fatal(err)
	}
	for name, by := range map[string]members.Actor{"member": h.member, "client": h.client} {
		list, err := h.Steps(h.ctx(), by, e)
		var said []string
		for _, s := range list {
			said = append(said, strings.TrimSpace(string(s.What)+" "+s.Name+" "+s.Worked.String()+" "+s.Break.String()+" "+s.Reason))
		}
		want := []string{"proposed anna 4h0m0s 30m0s", "proposed piet 3h0m0s 0s Om één uur was je weg.", "proposed anna 4h0m0s 0s Ik ruimde nog op.", "agreed piet 4h0m0s 0s"}
		if err != nil || !slices.Equal(said, want) {
			t.Errorf("the %s reads %q, %v; want %q", name, said, err, want)
		}
	}
	for _, by := range []members.Actor{h.rival, h.coach, h.otherOffices} {
		if _, err := h.Steps(h.ctx(), by, e); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("another reads what was said: %v", err)
		}
	}
	var plain int
	if err := h.db.QueryRow(h.ctx(), `SELECT count(*) FROM jobs.sheet_step WHERE position('Ik ruimde nog op.'::bytea IN reason) > 0`).Scan(&plain); err != nil || plain != 0 {
		t.Errorf("%d words are not sealed, %v", plain, err)
	}
}

// TestBreaksThatCannotBe: a break longer than the work, unless it was planned so.
func TestBreaksThatCannotBe(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	for _, pause := range []time.Duration{-time.Minute, time.Second, 2*time.Hour + time.Minute, 13 * time.Hour} {
		var problems check.Problems
		err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 2 * time.Hour, Break: pause})
		if !errors.As(err, &problems) || !problems.At("break") {
			t.Errorf("a break of %s: %v", pause, err)
		}
	}
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 2 * time.Hour, Break: 2 * time.Hour}); err != nil {
		t.Error(err)
	}
}

// TestAgreeWhatWasSeen: an old page does not agree to other hours.
func TestAgreeWhatWasSeen(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	seen := h.work(h.client, e).Sheet.Round
	err := errors.Join(h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 3 * time.Hour, Reason: "x"}),
		h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 5 * time.Hour}))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.AgreeSeen(h.ctx(), h.client, e, seen); !errors.Is(err, jobs.ErrOtherHours) {
		t.Errorf("an old page agreed: %v", err)
	}
	if err := h.AgreeSeen(h.ctx(), h.client, e, h.work(h.client, e).Sheet.Round); err != nil {
		t.Error(err)
	}
	h.wantBills("300 8000+800")
}

// TestAgreeAll: each by itself; what cannot be agreed is told and costs nothing.
func TestAgreeAll(t *testing.T) {
	h := newHouse(t)
	var mine []jobs.EngagementID
	for range 3 {
		mine = append(mine, h.overWork())
		if err := h.ProposeHours(h.ctx(), h.member, mine[len(mine)-1], jobs.Hours{Worked: 4 * time.Hour}); err != nil {
			t.Fatal(err)
		}
		h.hide(mine[len(mine)-1])
	}
	h.show()
	strange := id.New[jobs.Engagement](nil)
	if failed := h.AgreeAll(h.ctx(), h.rival, mine); len(failed) != 3 {
		t.Errorf("another client agreed: %v", failed)
	}
	if err := h.AgreeHours(h.ctx(), h.client, mine[1]); err != nil {
		t.Fatal(err)
	}
	failed := h.AgreeAll(h.ctx(), h.client, []jobs.EngagementID{mine[0], mine[1], strange, mine[0], mine[2]})
	if len(failed) != 2 || failed[0].Engagement != mine[1] || !errors.Is(failed[0].Err, jobs.ErrNotTheirTurn) || !errors.Is(failed[1].Err, members.ErrNotFound) {
		t.Errorf("%v failed", failed)
	}
	if got := h.bills(); len(got) != 3 {
		t.Errorf("the bills are %q", got)
	}
}

// TestDispute: what is beyond doubt is billed at once, the rest when a coordinator
// decides; two bills come to the cents of one.
func TestDispute(t *testing.T) {
	h := newHouse(t)
	h.setShare(1234)
	e := h.overWork()
	err := errors.Join(
		h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}),
		h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 3 * time.Hour, Reason: "Je ging om een uur weg."}))
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		d     jobs.Disputing
		field string
	}{
		"no reason":      {jobs.Disputing{Undisputed: time.Hour}, "reason"},
		"a long reason":  {jobs.Disputing{Undisputed: time.Hour, Reason: strings.Repeat("é", 501)}, "reason"},
		"more than said": {jobs.Disputing{Undisputed: 4 * time.Hour, Reason: "x"}, "undisputed"},
		"less than none": {jobs.Disputing{Undisputed: -time.Minute, Reason: "x"}, "undisputed"},
		"half a minute":  {jobs.Disputing{Undisputed: time.Second, Reason: "x"}, "undisputed"},
		"a day":          {jobs.Disputing{Undisputed: 24 * time.Hour, Reason: "x"}, "undisputed"},
	} {
		var problems check.Problems
		if err := h.DisputeHours(h.ctx(), h.member, e, tt.d); !errors.As(err, &problems) || !problems.At(tt.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
	some := jobs.Disputing{Undisputed: 151 * time.Minute, Reason: "Ik ruimde nog op."}
	for name, by := range map[string]members.Actor{"who waits": h.client, "another client": h.rival, "the office": h.coordinator, "another house": h.otherOffices} {
		if err := h.DisputeHours(h.ctx(), by, e, some); !errors.Is(err, jobs.ErrNotTheirTurn) && !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.DisputeHours(h.ctx(), h.member, e, some); err != nil {
		t.Fatal(err)
	}
	h.wantBills("151 4027+497")
	if w := h.work(h.client, e); w.State != jobs.Finished || w.Sheet.State != jobs.Disputed || w.Sheet.Worked != some.Undisputed || !w.SilentAt().IsZero() {
		t.Errorf("the work is %q, the hours %q: %s", w.State, w.Sheet.State, w.Sheet.Worked)
	}
	if err := errors.Join(h.AgreeHours(h.ctx(), h.client, e)); !errors.Is(err, jobs.ErrNotTheirTurn) {
		t.Errorf("agreed while disputed: %v", err)
	}
	h.decides(e)
	h.wantBills("151 4027+497", "69 1840+227") // 220 minutes: 5867 and 724
	if w := h.work(h.member, e); w.State != jobs.Billed || w.Sheet.State != jobs.SheetAgreed || w.Earned() != 5867 {
		t.Errorf("the work is %q, the hours %q: %s", w.State, w.Sheet.State, w.Earned())
	}
	h.followsBothBills(e)
}

// decides lets a coordinator decide about a dispute between 151 and 240 minutes.
func (h *house) decides(e jobs.EngagementID) {
	h.t.Helper()
	list, err := h.Disputes(h.ctx(), h.coordinator)
	if err != nil || len(list) != 1 || list[0].Disagreement.Most != 4*time.Hour || list[0].MemberName != "anna" || list[0].Disagreement.By != members.RoleMember {
		h.t.Fatalf("the office sees %+v, %v", list, err)
	}
	h.now = h.now.Add(3 * 24 * time.Hour)
	if count, oldest, err := h.DisputesWaiting(h.ctx(), h.coordinator); err != nil || count != 1 || h.now.Sub(oldest) != 3*24*time.Hour {
		h.t.Errorf("%d wait since %s, %v", count, oldest, err)
	}
	if d, err := h.DisputeOf(h.ctx(), h.coordinator, e); err != nil || d.Disagreement.Reason != "Ik ruimde nog op." || len(d.Steps) != 3 || d.Steps[1].Reason != "Je ging om een uur weg." {
		h.t.Errorf("the office reads %+v, %v", d, err)
	}
	for _, wrong := range []jobs.Deciding{{Worked: 150 * time.Minute, Reason: "x"}, {Worked: 241 * time.Minute, Reason: "x"}, {Worked: 200 * time.Minute}, {Worked: 200*time.Minute + 1, Reason: "x"}} {
		var problems check.Problems
		if err := h.DecideHours(h.ctx(), h.coordinator, e, wrong); !errors.As(err, &problems) {
			h.t.Errorf("%+v: %v", wrong, err)
		}
	}
	d := jobs.Deciding{Worked: 220 * time.Minute, Reason: "De sleutel kwam om tien over half twee terug."}
	for name, by := range map[string]members.Actor{"member": h.member, "client": h.client, "coach": h.coach, "another house": h.otherOffices} {
		if err := h.DecideHours(h.ctx(), by, e, d); !errors.Is(err, members.ErrNotFound) {
			h.t.Errorf("the %s decides: %v", name, err)
		}
		if list, err := h.Disputes(h.ctx(), by); err != nil || len(list) != 0 {
			h.t.Errorf("the %s sees %d, %v", name, len(list), err)
		}
	}
	if err := h.DecideHours(h.ctx(), h.coordinator, e, d); err != nil {
		h.t.Fatal(err)
	}
	if err := h.DecideHours(h.ctx(), h.coordinator, e, d); !errors.Is(err, members.ErrDecided) {
		h.t.Errorf("decided twice: %v", err)
	}
	deeds, err := h.people.AuditLog(h.ctx(), h.coordinator, 0)
	if err != nil || len(deeds) == 0 || deeds[0].What != "hours_decided" || deeds[0].Why != d.Reason {
		h.t.Errorf("the deeds are %+v, %v", deeds, err)
	}
}

// followsBothBills: the work is paid when both wages are at the bank.
func (h *house) followsBothBills(e jobs.EngagementID) {
	h.t.Helper()
	for i, ref := range []payments.Reference{payments.Reference(e.String()), payments.Reference(e.String() + ":rest")} {
		h.tx(func(tx pgx.Tx) error {
			_, err := tx.Exec(h.ctx(), `UPDATE payments.bill SET state = 'paid', charge_id = ref, paid_at = now() WHERE ref = $1`, string(ref))
			if err != nil {
				return err
			}
			_, err = tx.Exec(h.ctx(), `
				INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at, transfer_id, payout_id, sent_at, paid_at)
				SELECT l.id, l.cooperative_id, l.id, l.member_id, l.cents, 'paid', now(), 'tr_' || b.ref, 'po_' || b.ref, now(), now()
				FROM payments.bill_line l JOIN payments.bill b ON b.id = l.bill_id WHERE l.kind = 'wage' AND b.ref = $1`, string(ref))
			if err != nil {
				return err
			}
			return h.FollowPayTx(h.ctx(), tx, payments.PayMoved{Ref: ref, Cooperative: h.client.Cooperative})
		})
		want := []jobs.EngagementState{jobs.Billed, jobs.Paid}[i]
		if w := h.work(h.member, e); w.State != want {
			h.t.Errorf("after %d of two bills the work is %q, want %q", i+1, w.State, want)
		}
	}
}

// TestDisputeOfAll: nothing beyond doubt is no bill; what is decided is one, and
// nothing at all closes the work.
func TestDisputeOfAll(t *testing.T) {
	for _, tt := range []struct {
		decided time.Duration
		state   jobs.EngagementState
		bills   []string
	}{{0, jobs.Closed, nil}, {2 * time.Hour, jobs.Billed, []string{"120 3200+320"}}} {
		h := newHouse(t)
		e := h.overWork()
		err := errors.Join(
			h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}),
			h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Reason: "Er kwam niemand."}))
		if err != nil {
			t.Fatal(err)
		}
		h.wantBills()
		if err := h.DecideHours(h.ctx(), h.coordinator, e, jobs.Deciding{Worked: tt.decided, Reason: "Wij vroegen het na."}); err != nil {
			t.Fatal(err)
		}
		h.wantBills(tt.bills...)
		if w := h.work(h.member, e); w.State != tt.state {
			t.Errorf("the work is %q, want %q", w.State, tt.state)
		}
	}
}

// TestDecideNothingMore: what was beyond doubt was all, and is paid already.
func TestDecideNothingMore(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	err := errors.Join(
		h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}),
		h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Undisputed: 3 * time.Hour, Reason: "Je ging weg."}))
	if err != nil {
		t.Fatal(err)
	}
	h.arrives()
	h.tx(func(tx pgx.Tx) error {
		return h.FollowPayTx(h.ctx(), tx, payments.PayMoved{Ref: payments.Reference(e.String()), Cooperative: h.client.Cooperative})
	})
	if w := h.work(h.member, e); w.State != jobs.Finished {
		t.Errorf("with a dispute open the work is %q", w.State)
	}
	if err := h.DecideHours(h.ctx(), h.coordinator, e, jobs.Deciding{Worked: 3 * time.Hour, Reason: "Zo was het."}); err != nil {
		t.Fatal(err)
	}
	h.wantBills("180 4800+480")
	if w := h.work(h.member, e); w.State != jobs.Paid {
		t.Errorf("the work is %q, want paid", w.State)
	}
}

// TestNobodyDecidesForThemselves: a coordinator who is the member, or acts for the
// client, leaves it to another.
func TestNobodyDecidesForThemselves(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	err := errors.Join(
		h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}),
		h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Undisputed: 3 * time.Hour, Reason: "Je ging weg."}))
	if err != nil {
		t.Fatal(err)
	}
	for name, person := range map[string]members.PersonID{"member": h.member.Person, "client": h.client.Person} {
		by := h.coordinator
		by.Person = person
		if err := h.DecideHours(h.ctx(), by, e, jobs.Deciding{Worked: 3 * time.Hour, Reason: "x"}); !errors.Is(err, members.ErrOneself) {
			t.Errorf("a coordinator who is the %s: %v", name, err)
		}
	}
}

// TestTabsRace: the client agrees, counters and disputes at once, and the timer
// runs out: exactly one counts, and money moves once.
func TestTabsRace(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(jobs.SilentAfter)
	silent := jobs.SheetSilent{Engagement: e, Cooperative: h.client.Cooperative, Round: 1, Stage: 1}
	var tabs sync.WaitGroup
	errs := make([]error, 12)
	for i := range errs {
		tabs.Go(func() {
			switch i % 4 {
			case 0:
				errs[i] = h.AgreeHours(h.ctx(), h.client, e)
			case 1:
				errs[i] = h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Undisputed: time.Hour, Reason: "x"})
			case 2:
				errs[i] = h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: time.Hour, Reason: "x"})
			case 3:
				if err := pgx.BeginFunc(h.ctx(), h.db, func(tx pgx.Tx) error { return h.SheetSilentTx(h.ctx(), tx, silent) }); err != nil {
					t.Error(err)
				}
				errs[i] = jobs.ErrNotTheirTurn // it says nothing
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
	w := h.work(h.client, e)
	if w.Sheet.Round != 2 || won > 1 || won == 0 && !w.Sheet.Auto {
		t.Errorf("%d tabs counted, something was said %d times", won, w.Sheet.Round)
	}
	billed := map[jobs.SheetState]string{jobs.SheetAgreed: "240 6400+640", jobs.Disputed: "60 1600+160"}[w.Sheet.State]
	if billed == "" {
		h.wantBills()
	} else {
		h.wantBills(billed)
	}
}

// hide lets engaged find only what comes next; show brings all back.
func (h *house) hide(e jobs.EngagementID) {
	h.t.Helper()
	if _, err := h.db.Exec(h.ctx(), `UPDATE jobs.engagement SET `+setAbsent+` WHERE id = $1`, e); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) show() {
	h.t.Helper()
	if _, err := h.db.Exec(h.ctx(), `UPDATE jobs.engagement SET state = 'finished', absent_at = NULL, absent_role_id = NULL`); err != nil {
		h.t.Fatal(err)
	}
}
