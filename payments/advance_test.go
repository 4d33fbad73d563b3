package payments_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"meent/internal/check"
	"meent/members"
	"meent/payments"
)

// fund brings money into the solidarity fund.
func (h *house) fund(cents payments.Cents) {
	h.Helper()
	_, err := h.Post(h.Context(), h.client.Cooperative, payments.Entry{Key: "fund:" + h.now().String(), Cause: payments.CauseFee,
		Postings: []payments.Posting{{Source: payments.CoopBank, Destination: payments.Fund, Amount: cents}}})
	h.must(err)
}

func (h *house) ask(amount payments.Cents) payments.AdvanceID {
	h.Helper()
	a, err := h.AskAdvance(h.Context(), h.member, "work-1", amount)
	h.must(err)
	return a
}

func (h *house) offer() payments.AdvanceOffer {
	h.Helper()
	o, err := h.AdvanceFor(h.Context(), h.member, "work-1")
	h.must(err)
	return o
}

func (h *house) advanceIs(want payments.AdvanceState) payments.Advanced {
	h.Helper()
	o := h.offer()
	if len(o.Last) == 0 || o.Last[0].State != want {
		h.Fatalf("the advance is %+v, want %s", o.Last, want)
	}
	return o.Last[0]
}

// deposited brings money over there that is at hand.
func (h *house) deposited(ref payments.Reference, amount payments.Cents) {
	h.Helper()
	h.fillIn(h.payPage(h.asked(ref, amount)))
	h.run()
}

// TestAdvanceIsEarnedBack: it is out at once, and the wage pays it back; the rest
// of the wage is paid out.
func TestAdvanceIsEarnedBack(t *testing.T) {
	h := newHouse(t, nil)
	h.deposited("gig-0", 30000) // money that is at hand over there
	bill := h.billed()
	h.run()
	if o := h.offer(); o.Stop != payments.AdvanceEmpty || o.Most() != 0 {
		t.Errorf("without a fund: %+v", o)
	}
	h.fund(10000)
	if o := h.offer(); o.Stop != "" || o.Most() != payments.FirstAdvance || o.Wage != 6400 {
		t.Fatalf("with a fund: %+v", o)
	}
	h.ask(5000)
	h.run()
	h.advanceIs(payments.AdvanceSent)
	if n := h.enqueued(payments.AdvanceTold{}); n != 0 {
		t.Errorf("on its way it was told %d times", n)
	}
	h.pass(time.Hour)
	h.run()
	h.advanceIs(payments.AdvanceOut)
	if n := h.enqueued(payments.AdvanceTold{}); n != 1 {
		t.Errorf("at the bank it was told %d times", n)
	}
	h.soundBooks()
	h.stage(payments.StageBilled)
	if _, err := h.AskAdvance(t.Context(), h.member, "work-1", 100); !errors.Is(err, payments.ErrNoAdvance) {
		t.Errorf("a second one: %v", err)
	}
	h.fillIn(h.checkout(bill))
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	h.advanceIs(payments.AdvanceNetted)
	h.soundBooks()
	if home := h.balance(payments.MemberAccount(h.member.Member, payments.AtBank)); home != 6400 {
		t.Errorf("at the bank is %v", home)
	}
}

// TestAdvanceThatCameBack: the member's bank sends it back, days after it was there. The
// member hears each of it once, and it is sent again.
func TestAdvanceThatCameBack(t *testing.T) {
	h := newHouse(t, nil)
	h.deposited("gig-0", 30000)
	h.billed()
	h.run()
	h.fund(10000)
	h.ask(5000)
	h.run()
	h.pass(time.Hour)
	h.run()
	a := h.advanceIs(payments.AdvanceOut)
	h.bounce()
	for range 3 { // told three times, too
		h.lookAgain()
		h.run()
	}
	h.advanceIs(payments.AdvanceSent)
	if n := h.enqueued(payments.AdvanceTold{}); n != 2 {
		t.Errorf("it was told %d times, want that it was there and that it came back", n)
	}
	told := payments.AdvanceTold{Advance: a.ID, Cooperative: h.client.Cooperative}
	if got, who, err := h.ToldAdvance(t.Context(), told); err != nil || !got.SentBack || who.ID != h.member.Person {
		t.Errorf("told %+v, %v", got, err)
	}
	back, err := h.Back(t.Context(), h.coordinator)
	h.must(err)
	h.must(h.PayAgain(t.Context(), h.coordinator, back[0].ID))
	h.run()
	h.pass(time.Hour)
	h.run()
	h.advanceIs(payments.AdvanceOut)
	if got, _, err := h.ToldAdvance(t.Context(), told); err != nil || got.SentBack {
		t.Errorf("after it was sent again: %+v, %v", got, err)
	}
	h.soundBooks()
}

// TestWholeWageBeforehand: nothing is left to pay out, and the work is paid.
func TestWholeWageBeforehand(t *testing.T) {
	h := newHouse(t, nil)
	h.deposited("gig-0", 30000)
	bill := h.billed()
	h.run()
	h.fund(20000)
	h.ask(6400) // more than a first one: a person decides
	h.advanceIs(payments.AdvanceAsked)
	list, err := h.OpenAdvances(t.Context(), h.coordinator)
	if err != nil || len(list) != 1 || list[0].Doubt != payments.HistoryDoubt || list[0].Name != "anna" {
		t.Fatalf("OpenAdvances = %+v, %v", list, err)
	}
	if err := h.ApproveAdvance(t.Context(), h.client, list[0].ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a client approves: %v", err)
	}
	h.must(h.ApproveAdvance(t.Context(), h.coordinator, list[0].ID))
	if err := h.ApproveAdvance(t.Context(), h.coordinator, list[0].ID); !errors.Is(err, payments.ErrAdvanceMoved) {
		t.Errorf("twice: %v", err)
	}
	h.run()
	h.pass(time.Hour)
	h.run()
	h.fillIn(h.checkout(bill))
	h.run()
	h.stage(payments.StagePaid)
	h.soundBooks()
	if list, err := h.OpenAdvances(t.Context(), h.coordinator); err != nil || len(list) > 0 {
		t.Errorf("still open: %+v, %v", list, err)
	}
}

// TestWageComesFirst: what did not leave yet is not needed any more.
func TestWageComesFirst(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.run()
	h.fund(10000)
	h.ask(4000)
	_, err := h.db.Exec(t.Context(), `DELETE FROM tasks.task WHERE kind = 'payments.make_transfer'`)
	h.must(err)
	h.fillIn(h.checkout(bill))
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	h.advanceIs(payments.AdvanceDropped)
	h.soundBooks()
}

// TestAdvanceBadInput: nothing but part of one's own wage, and a refusal has a
// reason.
func TestAdvanceBadInput(t *testing.T) {
	h := newHouse(t, nil)
	h.deposited("gig-0", 30000)
	h.billed()
	h.run()
	h.fund(10000)
	var p check.Problems
	for _, amount := range []payments.Cents{0, -1, 6401} {
		if _, err := h.AskAdvance(t.Context(), h.member, "work-1", amount); !errors.As(err, &p) {
			t.Errorf("%v: %v", amount, err)
		}
	}
	for name, by := range map[string]members.Actor{"a client": h.client, "another cooperative": h.elsewhere, "the office": h.coordinator} {
		if _, err := h.AskAdvance(t.Context(), by, "work-1", 100); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s asks: %v", name, err)
		}
	}
	if _, err := h.AskAdvance(t.Context(), h.member, "work-9", 100); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("for other work: %v", err)
	}
	no := h.ask(5500)
	h.must(h.RefuseAdvance(t.Context(), h.coordinator, no, "Het fonds is er voor iedereen."))
	if a := h.advanceIs(payments.AdvanceRefused); a.Reason != "Het fonds is er voor iedereen." {
		t.Errorf("the reason reads %q", a.Reason)
	}
	if n := h.enqueued(payments.AdvanceTold{}); n != 1 {
		t.Errorf("a refusal was told %d times", n)
	}
	if a, who, err := h.ToldAdvance(t.Context(), payments.AdvanceTold{Advance: no, Cooperative: h.client.Cooperative}); err != nil || who.ID != h.member.Person || a.State != payments.AdvanceRefused || a.Reason != "" {
		t.Errorf("told: %+v to %s, %v", a, who.Name, err)
	}
	if _, _, err := h.ToldAdvance(t.Context(), payments.AdvanceTold{Advance: no, Cooperative: h.elsewhere.Cooperative}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("told elsewhere: %v", err)
	}
	h.pass(time.Second)
	a := h.ask(6000)
	if err := h.RefuseAdvance(t.Context(), h.coordinator, a, " "); !errors.As(err, &p) {
		t.Errorf("without a reason: %v", err)
	}
	if _, err := h.CoverAdvance(t.Context(), h.coordinator, a); !errors.Is(err, payments.ErrAdvanceMoved) {
		t.Errorf("covered before it was out: %v", err)
	}
	if err := h.TakeAdvanceBack(t.Context(), h.coordinator, a); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the office takes it back: %v", err)
	}
	h.must(h.TakeAdvanceBack(t.Context(), h.member, a))
	h.advanceIs(payments.AdvanceDropped)
	_, err := h.db.Exec(t.Context(), `INSERT INTO payments.stop (id, cooperative_id, cause, since) VALUES (gen_random_uuid(), $1, 'difference', $2)`, h.client.Cooperative, h.now())
	h.must(err)
	if o := h.offer(); o.Stop != payments.AdvanceStopped {
		t.Errorf("while payouts are stopped: %q", o.Stop)
	}
}

// TestFundCovers: what no client pays is the fund's, by two people above the limit.
func TestFundCovers(t *testing.T) {
	h := newHouse(t, nil)
	h.deposited("gig-0", 30000)
	bill := h.billed()
	h.run()
	h.fund(10000)
	a := h.ask(5000)
	h.run()
	h.pass(time.Hour)
	h.run()
	_, err := h.db.Exec(t.Context(), `INSERT INTO payments.policy VALUES ($1, 1000, 150000, 2500000, 200000, 20000)`, h.client.Cooperative)
	h.must(err)
	for range 2 { // one person, however often
		if done, err := h.CoverAdvance(t.Context(), h.coordinator, a); err != nil || done {
			t.Fatalf("one alone: %v, %v", done, err)
		}
	}
	second := h.actor("marie", members.NewRole{Cooperative: h.coordinator.Cooperative, Kind: members.RoleCoordinator})
	if second.Role.IsZero() || second.Role == h.coordinator.Role {
		h.tx(func(tx pgx.Tx) error {
			_, err := h.people.AddRoleTx(t.Context(), tx, members.NewRole{Person: second.Person, Cooperative: h.coordinator.Cooperative, Kind: members.RoleCoordinator})
			return err
		})
		second, err = h.people.Actor(t.Context(), second.Person, members.RoleID{})
		h.must(err)
	}
	if done, err := h.CoverAdvance(t.Context(), second, a); err != nil || !done {
		t.Fatalf("two: %v, %v", done, err)
	}
	h.advanceIs(payments.AdvanceCovered)
	if left := h.balance(payments.Fund); left != 5000 {
		t.Errorf("the fund has %v", left)
	}
	if o := h.offer(); o.Wage != 1400 || o.Limit != 15000 || o.Most() != 0 { // it does not go round
		t.Errorf("what was covered is offered again: %+v", o)
	}
	h.soundBooks()

	// And when the client pays after all, the fund has it back, and the member the rest.
	h.fillIn(h.checkout(bill))
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	if got := h.advanceIs(payments.AdvanceCovered); got.Left() != 0 {
		t.Errorf("of the advance %v is still carried", got.Left())
	}
	if left := h.balance(payments.Fund); left != 10000 {
		t.Errorf("the fund has %v, want all of it back", left)
	}
	if e, err := h.Earning(t.Context(), h.member, "work-1"); err != nil || e.Amount != 6400 || e.Advanced != 5000 {
		t.Errorf("the member reads %+v, %v", e, err)
	}
	if book, err := h.sim.Book(t.Context()); err != nil || book.PaidOut != 6400 {
		t.Errorf("the member's bank got %v, %v; want the wage once", book.PaidOut, err)
	}
	h.soundBooks()
}

func (h *house) soundBooks() {
	h.Helper()
	if faults, err := h.Audit(h.Context()); err != nil || len(faults) > 0 {
		h.Errorf("the books are wrong: %v, %v", faults, err)
	}
}

// TestAdvanceRoom: the program never approves more than any limit, and nobody does
// more than the fund and the cooperative let.
func TestAdvanceRoom(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cents := func(name string) payments.Cents {
			return payments.Cents(rapid.Int64Range(-5000, 50000).Draw(r, name))
		}
		room := payments.AdvanceRoom{Wage: cents("wage"), Limit: cents("limit"), History: cents("history"), Fund: cents("fund")}
		most := room.Most()
		if most < 0 || most > 0 && (most > room.Wage || most > room.Limit || most > room.History || most > room.Fund) {
			r.Fatalf("%+v gives %v", room, most)
		}
	})
}
