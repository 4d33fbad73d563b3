package payments_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

const settleWhy = "Deze uren zijn twee keer betaald."

// owed is a wage of 64 euros, and how much of it two people asked back.
func (h *house) owed(cents payments.Cents) (payments.ClawbackID, members.Actor) {
	h.Helper()
	bill, _ := h.paid()
	lot := h.secondOffice()
	k, err := h.AskClawback(h.Context(), h.coordinator, payments.NewClawback{Bill: bill, Amount: cents, Reason: settleWhy})
	h.must(err)
	h.must(h.DecideClawback(h.Context(), lot, k))
	h.run()
	h.told = nil
	return k, lot
}

// returned is that, with the wage back on the member's account.
func (h *house) returned(cents payments.Cents) (payments.ClawbackID, members.Actor) {
	h.Helper()
	k, lot := h.owed(cents)
	h.bounce()
	h.run()
	h.stage(payments.StageFailed)
	return k, lot
}

func (h *house) settleBy(by members.Actor, k payments.ClawbackID, way payments.SettleWay, cents payments.Cents) (bool, error) {
	h.Helper()
	h.pass(time.Second) // the order is known
	return h.Settle(h.Context(), by, payments.NewSettlement{Clawback: k, Way: way, Amount: cents, Reason: settleWhy})
}

func (h *house) clawback(k payments.ClawbackID) payments.WageBack {
	h.Helper()
	got, err := h.ClawbackOf(h.Context(), h.coordinator, k)
	h.must(err)
	return got
}

// lastSettlement is the newest of it.
func (h *house) lastSettlement(k payments.ClawbackID) payments.Settlement {
	h.Helper()
	list := h.clawback(k).Settlements
	if len(list) == 0 {
		h.Fatal("nothing came of it")
	}
	return list[len(list)-1]
}

func (h *house) debt() payments.Cents {
	return h.balance(payments.MemberAccount(h.member.Member, payments.Clawback))
}

// booksSame holds both books together, also of members' accounts.
func (h *house) booksSame(t *testing.T) {
	t.Helper()
	h.pass(time.Minute)
	h.lookTwice()
	h.differences()
	h.same(t)
}

// TestReversal: what came back from the bank is taken from the member's account, and
// the rest goes there.
func TestReversal(t *testing.T) {
	h := newHouse(t, nil)
	k, _ := h.returned(2000)
	if done, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2000); !done || err != nil {
		t.Fatalf("Settle = %v, %v", done, err)
	}
	back, err := h.Back(t.Context(), h.coordinator)
	h.must(err)
	if err := h.PayAgain(t.Context(), h.coordinator, back[0].ID); !errors.Is(err, payments.ErrReversing) {
		t.Errorf("paying again meanwhile: %v", err)
	}
	h.run()
	got := h.clawback(k)
	if got.State != payments.ClawbackSettled || got.Left() != 0 || got.Settled() != 2000 || got.SettledAt.IsZero() {
		t.Errorf("%+v", got)
	}
	if back, err = h.Back(t.Context(), h.coordinator); err != nil || len(back) != 1 || back[0].Amount != 4400 {
		t.Errorf("what came back: %+v, %v", back, err)
	}
	h.has(t, map[payments.Account]payments.Cents{payments.MemberAccount(h.member.Member, payments.AtGateway): 4400, payments.Fund: 2000})
	h.untilPaid()
	if e, err := h.Earning(t.Context(), h.member, "work-1"); err != nil || e.Reversed != 2000 || e.Amount != 6400 {
		t.Errorf("the member reads %+v, %v", e, err)
	}
	if book, err := h.sim.Book(t.Context()); err != nil || book.Reversed != 2000 || book.PaidOut != 4400 {
		t.Errorf("book: %+v, %v", book, err)
	}
	h.booksSame(t)
	if list, err := h.Clawbacks(t.Context(), h.member); err != nil || len(list) != 1 || len(list[0].Settlements) != 1 || list[0].Settlements[0].Reason != settleWhy {
		t.Errorf("the member reads %+v, %v", list, err)
	}
}

// TestReversalOfAll: nothing is left to be paid, and nobody is asked for a bank.
func TestReversalOfAll(t *testing.T) {
	h := newHouse(t, nil)
	k, _ := h.returned(6400)
	for _, cents := range []payments.Cents{400, 6000} {
		if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, cents); err != nil {
			t.Fatal(err)
		}
		if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 1); err == nil {
			t.Error("two at once")
		}
		h.run()
	}
	e, err := h.Earning(t.Context(), h.member, "work-1")
	if err != nil || e.Stage() != payments.StageReversed {
		t.Errorf("the member reads %q, %v", e.Stage(), err)
	}
	back, err := h.Back(t.Context(), h.coordinator)
	if err != nil || len(back) > 0 {
		t.Errorf("what came back: %+v, %v", back, err)
	}
	if w, err := h.Waiting(t.Context(), h.coordinator); err != nil || w.Total() != 0 {
		t.Errorf("waiting: %+v, %v", w, err)
	}
	if w, err := h.Coming(t.Context(), h.member); err != nil || w.Count != 0 {
		t.Errorf("coming: %+v, %v", w, err)
	}
	if h.debt() != 0 {
		t.Errorf("the member owes %v", -h.debt())
	}
	h.booksSame(t)
}

// TestReversalWithoutMoney: what is at the bank, or on its way there, nobody takes back;
// and when the gateway says that there is not so much, it stays open and says so.
func TestReversalWithoutMoney(t *testing.T) {
	h := newHouse(t, nil)
	k, _ := h.owed(3000)
	if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 3000); !errors.Is(err, payments.ErrNotThere) {
		t.Errorf("of money at the bank: %v", err)
	}
	h.bounce()
	h.run()
	_, err := h.gateway.PayOut(t.Context(), "by hand", payments.PayoutOrder{Payout: "by-hand", Account: h.account(), Amount: 6000, Bank: h.bank()})
	h.must(err)
	if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 3000); err != nil {
		t.Fatal(err)
	}
	h.run()
	got := h.clawback(k)
	if last := h.lastSettlement(k); got.State != payments.ClawbackDecided || got.Left() != 3000 || last.State != payments.SettlementFailed || last.Why != "balance_insufficient" {
		t.Errorf("%+v", got)
	}
	if !slices.Equal(h.told, []string{"reversal_failed"}) {
		t.Errorf("told %q", h.told)
	}
	if faults, err := h.Audit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("Audit = %v, %v", faults, err)
	}
	h.has(t, map[payments.Account]payments.Cents{payments.MemberAccount(h.member.Member, payments.AtGateway): 6400})
	if done, err := h.settleBy(h.coordinator, k, payments.SettleLetGo, 3000); !done || err != nil {
		t.Errorf("another way: %v, %v", done, err)
	}
}

// TestReversalFromWhoLeft: the member's account is gone before anything was taken from it.
// That ends, and what was asked for before is found.
func TestReversalFromWhoLeft(t *testing.T) {
	for name, tt := range map[string]struct {
		asked    bool
		end      payments.SettlementStep
		why      string
		reversed int64
	}{
		"before it was asked for": {false, payments.SettlementFailed, "unknown", 0},
		"the answer got lost":     {true, payments.SettlementDone, "", 2500},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, nil)
			k, _ := h.returned(2500)
			if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
				t.Fatal(err)
			}
			if tt.asked {
				h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: "/v1/transfers/", Next: slices.Repeat([]stripesim.Fault{stripesim.LoseAfter}, 3)}))
				h.run()
				h.must(h.sim.SetFaults(stripesim.Faults{}))
			}
			if last := h.lastSettlement(k); last.State != payments.SettlementApproved {
				t.Fatalf("it is %+v before they leave", last)
			}
			h.must(h.sim.Leave(t.Context(), h.account()))
			h.pass(time.Hour)
			h.run()
			if last := h.lastSettlement(k); last.State != tt.end || last.Why != tt.why {
				t.Errorf("it is %+v", last)
			}
			h.gone(tt.reversed, 0)
			h.same(t)
		})
	}
}

// TestReversalOnce: whatever becomes of the answer it is taken back once.
func TestReversalOnce(t *testing.T) {
	for name, falls := range map[string][]stripesim.Fault{
		"lost before":   slices.Repeat([]stripesim.Fault{stripesim.LoseBefore}, 5),
		"lost after":    slices.Repeat([]stripesim.Fault{stripesim.LoseAfter}, 5),
		"a kept answer": {stripesim.Saved500}, "a kept answer of what was done": {stripesim.Saved500Done},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, nil)
			k, _ := h.returned(2500)
			if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
				t.Fatal(err)
			}
			h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: "/v1/transfers", Next: falls}))
			h.triesUntilDone("reversal")
			h.run()
			if got := h.clawback(k); got.State != payments.ClawbackSettled {
				t.Errorf("%+v", got)
			}
			if book, err := h.sim.Book(t.Context()); err != nil || book.Reversed != 2500 {
				t.Errorf("book: %+v, %v", book, err)
			}
			h.booksSame(t)
		})
	}
}

// TestReversalWhileStopped: one whose answer got lost is adopted, and nothing else leaves.
func TestReversalWhileStopped(t *testing.T) {
	for _, made := range []bool{true, false} {
		h := newHouse(t, nil)
		k, _ := h.returned(2500)
		if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
			t.Fatal(err)
		}
		fall := map[bool]stripesim.Fault{true: stripesim.LoseAfter, false: stripesim.LoseBefore}[made]
		h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: "/v1/transfers", Next: slices.Repeat([]stripesim.Fault{fall}, 3)}))
		h.run()
		h.must(h.sim.SetFaults(stripesim.Faults{}))
		lift := h.stopped()
		h.tries()
		h.booksSame(t)
		want := map[bool]payments.SettlementStep{true: payments.SettlementDone, false: payments.SettlementApproved}[made]
		if got := h.lastSettlement(k); got.State != want {
			t.Errorf("made %v: it is %q", made, got.State)
		}
		lift()
		h.pass(11 * time.Minute)
		h.lookAgain()
		h.run()
		if got := h.clawback(k); got.State != payments.ClawbackSettled {
			t.Errorf("made %v: afterwards %+v", made, got)
		}
		h.booksSame(t)
	}
}

// TestReversalAtOnce: of two people who take the same back at once one does.
func TestReversalAtOnce(t *testing.T) {
	h := newHouse(t, nil)
	k, lot := h.returned(4000)
	ways := []payments.SettleWay{payments.SettleReversal, payments.SettleLetGo, payments.SettleReversal, payments.SettleLetGo}
	errs := make([]error, len(ways))
	var all sync.WaitGroup
	for i, way := range ways {
		all.Go(func() {
			_, errs[i] = h.Settle(t.Context(), []members.Actor{h.coordinator, lot}[i%2], payments.NewSettlement{Clawback: k, Way: way, Amount: 2500, Reason: settleWhy})
		})
	}
	all.Wait()
	well := 0
	for _, err := range errs {
		if err == nil {
			well++
		} else if !hasProblem(err, "amount", "more_than_left") && !errors.Is(err, payments.ErrNotThere) {
			t.Error(err)
		}
	}
	if well != 1 {
		t.Errorf("%d of them: %v", well, errs)
	}
	h.run()
	h.booksSame(t)
}

// TestSettleByPeople: who may say what of it, and that a second person means it.
func TestSettleByPeople(t *testing.T) {
	h := newHouse(t, nil)
	h.policy(payments.Policy{FourEyes: 1000, Payout: 100000, Hour: 1000000, MemberDay: 100000})
	k, lot := h.owed(5000)
	own := h.member // who works in the office too
	own.Kind, own.Role = members.RoleCoordinator, lot.Role
	n := payments.NewSettlement{ID: id.New[payments.Settlement](nil), Clawback: k, Way: payments.SettleRepaid, Amount: 3000, Reason: settleWhy}
	for range 2 {
		if done, err := h.Settle(t.Context(), h.coordinator, n); done || err != nil {
			t.Errorf("Settle = %v, %v", done, err)
		}
	}
	other := n
	other.Amount = 1
	for name, tt := range map[string]struct{ got, want error }{
		"another amount under this number": {second(h.Settle(t.Context(), h.coordinator, other)), members.ErrNotFound},
		"one's own wage":                   {second(h.settleBy(own, k, payments.SettleLetGo, 1)), members.ErrOneself},
		"the member":                       {second(h.settleBy(h.member, k, payments.SettleRepaid, 1)), members.ErrNotFound},
		"another cooperative":              {second(h.settleBy(h.elsewhere, k, payments.SettleRepaid, 1)), members.ErrNotFound},
		"one's own wish":                   {h.AgreeSettlement(t.Context(), h.coordinator, n.ID), payments.ErrOwnBack},
		"agreeing about one's own wage":    {h.AgreeSettlement(t.Context(), own, n.ID), members.ErrOneself},
		"taking another's":                 {h.TakeSettlementBack(t.Context(), lot, n.ID), members.ErrNotFound},
		"no such":                          {h.AgreeSettlement(t.Context(), lot, payments.SettlementID{1}), members.ErrNotFound},
	} {
		if !errors.Is(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
	for _, cents := range []payments.Cents{0, -1, 2001} {
		if _, err := h.settleBy(h.coordinator, k, payments.SettleLetGo, cents); !hasProblem(err, "amount", map[bool]string{true: "more_than_left", false: "not_an_amount"}[cents > 0]) {
			t.Errorf("%v: %v", cents, err)
		}
	}
	if _, err := h.settleBy(h.coordinator, k, "magic", 1); !hasProblem(err, "way", "not_a_choice") {
		t.Errorf("another way: %v", err)
	}
	if h.debt() != -5000 {
		t.Errorf("the member owes %v before anybody agreed", -h.debt())
	}
	h.must(h.AgreeSettlement(t.Context(), lot, n.ID))
	if err := h.AgreeSettlement(t.Context(), lot, n.ID); !errors.Is(err, payments.ErrBackDecided) {
		t.Errorf("agreeing twice: %v", err)
	}
	h.has(t, map[payments.Account]payments.Cents{payments.MemberAccount(h.member.Member, payments.Clawback): -2000, payments.MemberAccount(h.member.Member, payments.Repaid): -3000,
		payments.CoopBank: 3000, payments.Fund: 2000})
	h.letGoInSlices(k, lot)
	h.booksSame(t)
}

// letGoInSlices: what one person lets go counts together, and the second may say no.
func (h *house) letGoInSlices(k payments.ClawbackID, lot members.Actor) {
	h.Helper()
	for _, tt := range []struct {
		cents payments.Cents
		alone bool
	}{{600, true}, {400, true}, {1000, false}} {
		if done, err := h.settleBy(h.coordinator, k, payments.SettleLetGo, tt.cents); err != nil || done != tt.alone {
			h.Errorf("%v: %v, %v", tt.cents, done, err)
		}
	}
	h.must(h.RefuseSettlement(h.Context(), lot, h.lastSettlement(k).ID))
	if _, err := h.settleBy(lot, k, payments.SettleLetGo, 1000); err != nil {
		h.Error(err)
	}
	h.must(h.TakeSettlementBack(h.Context(), lot, h.lastSettlement(k).ID))
	if got := h.clawback(k); got.State != payments.ClawbackDecided || got.Left() != 1000 {
		h.Errorf("after two noes: %+v", got)
	}
	h.pass(25 * time.Hour) // the next day
	if done, err := h.settleBy(h.coordinator, k, payments.SettleLetGo, 1000); err != nil || !done {
		h.Errorf("a day later: %v, %v", done, err)
	}
	if got := h.clawback(k); got.State != payments.ClawbackSettled || h.debt() != 0 {
		h.Errorf("at the end: %+v", got)
	}
	if _, err := h.settleBy(h.coordinator, k, payments.SettleLetGo, 1); !errors.Is(err, payments.ErrBackDecided) {
		h.Errorf("after the end: %v", err)
	}
	h.run()
	h.has(h.T, map[payments.Account]payments.Cents{payments.Fund: 0})
}

// TestLetGoBeyondTheFund: what the fund has not is a loss, and the debt ends all the same.
func TestLetGoBeyondTheFund(t *testing.T) {
	h := newHouse(t, nil)
	k, _ := h.owed(2000)
	h.must(onlyErr(h.Post(t.Context(), h.coordinator.Cooperative, payments.Entry{Key: "spent", Cause: "manual_like", Postings: []payments.Posting{
		{Source: payments.Fund, Destination: payments.Contribution, Amount: 1500}}})))
	if done, err := h.settleBy(h.coordinator, k, payments.SettleLetGo, 2000); err != nil || !done {
		t.Fatalf("%v, %v", done, err)
	}
	h.has(t, map[payments.Account]payments.Cents{payments.Fund: 0, payments.Loss: -1500, payments.MemberAccount(h.member.Member, payments.Clawback): 0})
	h.booksSame(t)
}

// TestForgottenReversal: the database knows that it was wished, or not even that; it is
// found, once people decided it again where they must, and not made twice.
func TestForgottenReversal(t *testing.T) {
	for _, wished := range []bool{true, false} {
		h := newHouse(t, nil)
		k, _ := h.returned(2500)
		h.must(h.ComeHome(t.Context()))
		settle := func() {
			if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
				t.Fatal(err)
			}
		}
		if wished {
			settle()
		}
		h.remember()
		if !wished {
			settle()
		}
		h.run()
		stop := h.forget()
		if !wished {
			h.run()
			h.pass(2 * time.Minute)
			h.run()
			h.lookTwice()
			h.differences("account member 6400 3900", "unknown transfer 0 2500")
			settle() // people decide it anew
		}
		h.foundAgain(stop, 1)
		if got := h.clawback(k); got.State != payments.ClawbackSettled {
			t.Errorf("wished %v: %+v", wished, got)
		}
		if book, err := h.sim.Book(t.Context()); err != nil || book.Reversed != 2500 {
			t.Errorf("wished %v: book %+v, %v", wished, book, err)
		}
	}
}

// TestCrashesOfAReversal: answers get lost and programs end anywhere, and it is taken back
// once.
func TestCrashesOfAReversal(t *testing.T) {
	for seed := range uint64(3) {
		h := newHouse(t, nil)
		k, _ := h.returned(2500)
		h.loseLuck(&luck{rnd: rand.New(rand.NewPCG(seed, 9))})
		for {
			if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err == nil {
				break
			}
		}
		for range 60 {
			h.lookAgain()
			h.run()
			if h.clawback(k).State == payments.ClawbackSettled {
				break
			}
			h.pass(11 * time.Minute)
		}
		if got := h.clawback(k); got.State != payments.ClawbackSettled {
			t.Errorf("seed %d: %+v", seed, got)
		}
		if book, err := h.sim.Book(t.Context()); err != nil || book.Reversed != 2500 {
			t.Errorf("seed %d: book %+v, %v", seed, book, err)
		}
		h.untilPaid()
		h.same(t)
	}
}

// TestForgottenReversalSentAgain: a part was taken back and the rest went to the bank; the
// database knows neither, and somebody has all of it sent again first. It is not called
// paid with the sum of before: it is what came back, until people decide the part anew.
func TestForgottenReversalSentAgain(t *testing.T) {
	h := newHouse(t, nil)
	k, _ := h.returned(2500)
	h.must(h.ComeHome(t.Context()))
	h.remember()
	again := func() {
		back, err := h.Back(t.Context(), h.coordinator)
		if h.must(err); len(back) != 1 {
			t.Fatalf("what came back: %+v", back)
		}
		h.must(h.PayAgain(t.Context(), h.coordinator, back[0].ID))
	}
	settle := func() {
		if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
			t.Fatal(err)
		}
	}
	settle()
	h.run()
	again()
	h.untilPaid()
	stop := h.forget()
	again()
	h.run()
	h.lookTwice()
	h.stage(payments.StageFailed)
	h.differences("account member 6400 0", "unknown transfer 0 2500")
	settle()
	h.run()
	h.lookTwice()
	h.differences("account member 3900 0")
	again()
	h.lookTwice()
	h.foundAgain(stop, 2)
	h.untilPaid()
	h.has(t, map[payments.Account]payments.Cents{payments.MemberAccount(h.member.Member, payments.AtBank): 3900})
	if book, err := h.sim.Book(t.Context()); err != nil || book.Reversed != 2500 || book.PaidOut != 3900 {
		t.Errorf("book %+v, %v", book, err)
	}
	h.booksSame(t)
}
