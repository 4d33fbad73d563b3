package payments_test

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/payments"
	"meent/payments/stripegateway"
	"meent/payments/stripeshape"
	"meent/payments/stripesim"
)

// due is a wage on the member's account that nobody sent to the bank yet, since payouts
// are stopped; of it so much is asked back. goOn lets money leave again.
func (h *house) due(cents payments.Cents) (k payments.ClawbackID, goOn func()) {
	h.Helper()
	h.must(onlyErr(h.db.Exec(h.Context(), `
		CREATE FUNCTION public.stop_now() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			INSERT INTO payments.stop (id, cooperative_id, cause, since) VALUES (gen_random_uuid(), NEW.cooperative_id, 'difference', now()); RETURN NEW; END $$;
		CREATE TRIGGER stop_now AFTER UPDATE OF transfer_id ON payments.payout FOR EACH ROW WHEN (NEW.tries = 0) EXECUTE FUNCTION public.stop_now()`)))
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	lot := h.secondOffice()
	k, err := h.AskClawback(h.Context(), h.coordinator, payments.NewClawback{Bill: bill, Amount: cents, Reason: settleWhy})
	h.must(err)
	h.must(h.DecideClawback(h.Context(), lot, k))
	h.run()
	h.told = nil
	h.stage(payments.StageStopped)
	return k, func() {
		h.Helper()
		h.sql(`UPDATE payments.stop SET lifted_at = since`)
		h.send()
	}
}

// send takes the wage up, as whoever lets money leave again does.
func (h *house) send() {
	h.Helper()
	h.tx(func(tx pgx.Tx) error {
		_, err := h.queue.EnqueueTx(h.Context(), tx, h.sending(), tasks.Opts{Cooperative: h.client.Cooperative})
		return err
	})
}

func (h *house) sending() (t payments.SendPayout) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT id, cooperative_id FROM payments.payout WHERE advance_id IS NULL`).Scan(&t.Payout, &t.Cooperative))
	return t
}

// gone holds what left for whom against the simulator's book.
func (h *house) gone(reversed, paid int64) {
	h.Helper()
	if book, err := h.sim.Book(h.Context()); err != nil || book.Reversed != reversed || book.PaidOut != paid {
		h.Errorf("book: %+v, %v, want %d taken back and %d paid", book, err, reversed, paid)
	}
}

// TestReversalWhileDue: of a wage that did not leave yet a part is taken back, and then the
// rest leaves without anybody's word; meanwhile nothing does.
func TestReversalWhileDue(t *testing.T) {
	for _, cents := range []payments.Cents{2500, 6400} {
		h := newHouse(t, nil)
		k, goOn := h.due(cents)
		if done, err := h.settleBy(h.coordinator, k, payments.SettleReversal, cents); !done || err != nil {
			t.Fatalf("Settle = %v, %v", done, err)
		}
		h.run()
		h.booksSame(t)
		at := payments.MemberAccount(h.member.Member, payments.AtGateway)
		h.has(t, map[payments.Account]payments.Cents{at: 6400 - cents, payments.Fund: cents}) // the fund has it since two people decided
		h.sql(`UPDATE payments.stop SET lifted_at = since`)
		for range 2 { // who comes meanwhile sends nothing
			finish, err := h.SendPayout(t.Context(), "", h.sending())
			if finish != nil || err != nil {
				t.Errorf("sending meanwhile: %v", err)
			}
		}
		h.gone(0, 0)
		h.pass(11 * time.Minute)
		h.lookAgain()
		h.run()
		h.pass(time.Hour)
		h.run()
		e, err := h.Earning(t.Context(), h.member, "work-1")
		want := map[bool]payments.Stage{true: payments.StageReversed, false: payments.StagePaid}[cents == 6400]
		if err != nil || e.Stage() != want || e.Reversed != cents {
			t.Errorf("the member reads %+v, %v", e, err)
		}
		if got := h.clawback(k); got.State != payments.ClawbackSettled || h.debt() != 0 {
			t.Errorf("%+v", got)
		}
		h.gone(int64(cents), int64(6400-cents))
		goOn()
		h.run()
		h.booksSame(t)
	}
}

// TestWhatIsLeftWaits: of a wage that is due the member, and who lets money leave again,
// count what leaves, and not what was taken back.
func TestWhatIsLeftWaits(t *testing.T) {
	h := newHouse(t, nil)
	p := payments.DefaultPolicy()
	p.FourEyes = 5000
	h.policy(p)
	k, _ := h.due(2500)
	if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
		t.Fatal(err)
	}
	h.sql(`UPDATE payments.stop SET lifted_at = since`)
	h.reverseNow(h.Service, k)
	payee, err := h.Payee(t.Context(), h.member)
	if err != nil || payee.Waits != (payments.Sum{Count: 1, Amount: 3900}) {
		t.Errorf("%+v waits, %v", payee.Waits, err)
	}
	h.sql(`INSERT INTO payments.stop (id, cooperative_id, cause, since) VALUES (gen_random_uuid(), $1, 'difference', $2)`, h.client.Cooperative, h.now())
	stops, err := h.StopsOf(t.Context(), h.coordinator)
	h.must(err)
	if lifted, err := h.Resume(t.Context(), h.coordinator, stops[0].ID); !lifted || err != nil {
		t.Errorf("39.00 leaves, and that needs a second person: %v, %v", lifted, err)
	}
}

// TestNoReversalOfWhatMayHaveLeft: while the answer to a payout is not known, or not
// recorded, or another call may be on its way, it is not taken back.
func TestNoReversalOfWhatMayHaveLeft(t *testing.T) {
	h := newHouse(t, nil)
	k, goOn := h.due(2500)
	refused := func(what string) {
		t.Helper()
		if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); !errors.Is(err, payments.ErrNotThere) {
			t.Errorf("%s: %v", what, err)
		}
	}
	h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: "/v1/payouts", Next: slices.Repeat([]stripesim.Fault{stripesim.LoseAfter}, 3)}))
	goOn()
	h.run()
	if _, tries, done := h.errand("payout"); tries != 1 || done {
		t.Fatalf("%d tries, done is %v", tries, done)
	}
	refused("the answer got lost")
	h.pass(time.Hour)
	refused("an hour later")
	h.sql(`UPDATE payments.errand SET state = 'done', outside_id = 'po_x', tries = 0, first_at = NULL WHERE kind = 'payout'`)
	refused("the answer is not recorded")
	h.sql(`UPDATE payments.errand SET state = 'open', outside_id = NULL, tries = 0, first_at = NULL, input_hash = NULL, last_at = $1 WHERE kind = 'payout'`, h.now())
	refused("a definite no of this minute")
	h.sql(`UPDATE payments.errand SET tries = 1, first_at = $1, last_at = $1 WHERE kind = 'payout'`, h.now())
	h.untilPaid()
	refused("it is at the bank")
	h.gone(0, 6400)
	h.booksSame(t)
}

// TestReversalAfterADefiniteNo: what the gateway refused to send is still there.
func TestReversalAfterADefiniteNo(t *testing.T) {
	h := newHouse(t, nil)
	k, _ := h.due(2500)
	h.sql(`INSERT INTO payments.errand (cooperative_id, kind, subject, generation, tries, last_at) VALUES ($1, 'payout', $2, 2, 0, $3)`,
		h.client.Cooperative, h.sending().Payout.String()+":0", h.now())
	h.pass(2 * time.Minute)
	if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
		t.Error(err)
	}
}

// meanwhile is a Stripe before which something happens the first time that it is asked
// for a member's account: between reading a payout and sending it.
func (h *house) meanwhile(do func()) {
	h.Helper()
	var once sync.Once
	api := httptest.NewServer(stripeshape.Watch(h.T, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/v1/accounts/") {
			once.Do(do)
		}
		h.sim.Handler().ServeHTTP(w, r)
	})))
	h.Cleanup(api.Close)
	h.Service = payments.New(h.db, h.queue, h.people, stripegateway.New(stripegateway.Config{Key: testKey, URL: api.URL, Now: h.now}), h.now, nil)
}

// TestReversalBetweenReadingAndSending: who read the payout before it was set apart sends
// nothing, also where all of the reversal came between.
func TestReversalBetweenReadingAndSending(t *testing.T) {
	for _, whole := range []bool{false, true} {
		h := newHouse(t, nil)
		k, _ := h.due(2500)
		h.sql(`UPDATE payments.stop SET lifted_at = since`)
		plain := h.Service
		h.pass(time.Hour) // the account is looked at again
		h.meanwhile(func() {
			if _, err := plain.Settle(t.Context(), h.coordinator, payments.NewSettlement{Clawback: k, Way: payments.SettleReversal, Amount: 2500, Reason: settleWhy}); err != nil {
				t.Error(err)
			}
			if whole {
				h.reverseNow(plain, k)
			}
		})
		finish, err := h.SendPayout(t.Context(), "", h.sending())
		if finish != nil || err != nil {
			t.Errorf("whole %v: it was sent, %v", whole, err)
		}
		h.gone(map[bool]int64{true: 2500}[whole], 0)
		h.run()
		h.untilPaid()
		h.gone(2500, 3900)
		h.booksSame(t)
	}
}

// reverseNow takes back what is set apart, past all tasks.
func (h *house) reverseNow(s *payments.Service, k payments.ClawbackID) {
	h.Helper()
	t := payments.SendReversal{Settlement: h.lastSettlement(k).ID, Cooperative: h.client.Cooperative}
	finish, err := s.SendReversal(h.Context(), "", t)
	h.must(err)
	h.tx(func(tx pgx.Tx) error { return finish(h.Context(), tx) })
}

// TestReversalOrPayout: of who sends it and who takes a part back, at once, one comes
// first, and the sums are those of that.
func TestReversalOrPayout(t *testing.T) {
	for range 3 {
		h := newHouse(t, nil)
		k, _ := h.due(2500)
		h.sql(`UPDATE payments.stop SET lifted_at = since`)
		var all sync.WaitGroup
		var settled error
		for range 3 {
			all.Go(func() {
				finish, err := h.SendPayout(t.Context(), "", h.sending())
				if err == nil && finish != nil {
					err = pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return finish(t.Context(), tx) })
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Go(func() {
			_, settled = h.Settle(t.Context(), h.coordinator, payments.NewSettlement{Clawback: k, Way: payments.SettleReversal, Amount: 2500, Reason: settleWhy})
		})
		all.Wait()
		h.send()
		h.untilPaid()
		switch {
		case settled == nil:
			h.gone(2500, 3900)
		case errors.Is(settled, payments.ErrNotThere):
			h.gone(0, 6400)
		default:
			t.Error(settled)
		}
		h.booksSame(t)
	}
}

// TestForgottenWhileDue: a database is put back to where the wage was due, and people
// decide there what they decided before, or what cannot be any more. It is found, and
// nothing moves twice.
func TestForgottenWhileDue(t *testing.T) {
	for name, tt := range map[string]struct {
		wished         bool  // the database knows that a part was to be taken back
		reversed, paid int64 // what the gateway did since
		adopted        int
	}{
		"left, with all":                       {false, 0, 6400, 1},
		"a part was taken back, the rest left": {false, 2500, 3900, 2},
		"wished, taken back, the rest left":    {true, 2500, 3900, 2},
		"wished, and taken back":               {true, 2500, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, nil)
			k, _ := h.due(2500)
			h.must(h.ComeHome(t.Context()))
			settle := func() {
				t.Helper()
				if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
					t.Fatal(err)
				}
			}
			if tt.wished {
				settle()
			}
			h.sql(`UPDATE payments.stop SET lifted_at = since`)
			h.remember()
			if !tt.wished && tt.reversed > 0 {
				settle()
			}
			if tt.reversed > 0 {
				h.reverseNow(h.Service, k)
			}
			if tt.paid > 0 {
				h.send()
				h.run()
			}
			stop := h.forget()
			if !tt.wished {
				settle() // people decide it now, or anew
			}
			h.foundAgain(stop, tt.adopted)
			h.untilPaid()
			left := payments.Cents(2500 - tt.reversed)
			if got := h.clawback(k); got.Left() != left || got.Settled() != 2500-left {
				t.Errorf("%+v", got)
			}
			h.gone(tt.reversed, 6400-tt.reversed)
			if last := h.lastSettlement(k); tt.reversed == 0 && (last.State != payments.SettlementFailed || last.Why != "left_before") {
				t.Errorf("it is %+v", last)
			}
			h.booksSame(t)
		})
	}
}

// TestForgottenSentAgain: the database forgot that what came back was sent again, and
// people take a part of it back. Nothing is, and it can be sent again, and is found.
func TestForgottenSentAgain(t *testing.T) {
	h := newHouse(t, nil)
	k, _ := h.returned(2500)
	h.must(h.ComeHome(t.Context()))
	h.remember()
	again := func() {
		t.Helper()
		back, err := h.Back(t.Context(), h.coordinator)
		if h.must(err); len(back) != 1 {
			t.Fatalf("what came back: %+v", back)
		}
		h.must(h.PayAgain(t.Context(), h.coordinator, back[0].ID))
	}
	again()
	h.untilPaid()
	stop := h.forget()
	if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
		t.Fatal(err)
	}
	h.run()
	h.lookTwice()
	if last := h.lastSettlement(k); last.State != payments.SettlementFailed || last.Why != "left_before" {
		t.Errorf("it is %+v", last)
	}
	again()
	h.foundAgain(stop, 1)
	h.untilPaid()
	h.gone(0, 6400)
	h.booksSame(t)
}

// TestForgottenWhileDueUndecided: the database forgot the wish and that the rest left. It
// is not called sent with all of it; it stays due and a difference until people decide.
func TestForgottenWhileDueUndecided(t *testing.T) {
	h := newHouse(t, nil)
	k, _ := h.due(2500)
	h.must(h.ComeHome(t.Context()))
	h.sql(`UPDATE payments.stop SET lifted_at = since`)
	h.remember()
	if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
		t.Fatal(err)
	}
	h.run()
	stop := h.forget()
	h.run()
	h.pass(2 * time.Minute)
	h.run()
	h.lookTwice()
	h.differences("account member 6400 0", "unknown transfer 0 2500")
	h.stage(payments.StageStopped)
	if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, 2500); err != nil {
		t.Fatal(err)
	}
	h.run()
	h.lookTwice()
	h.foundAgain(stop, 2)
	h.untilPaid()
	h.gone(2500, 3900)
	h.booksSame(t)
}

// TestCrashesOfAReversalWhileDue: the wage leaves and a part of it is taken back at the
// same time, answers get lost and programs end anywhere, and one of the two was first.
func TestCrashesOfAReversalWhileDue(t *testing.T) {
	taken := 0
	for seed := range uint64(6) {
		h := newHouse(t, nil)
		k, goOn := h.due(2500)
		h.loseLuck(&luck{rnd: rand.New(rand.NewPCG(seed, 11))})
		var all sync.WaitGroup
		if seed%2 == 0 { // a call under way, of which nobody records the answer
			h.sql(`UPDATE payments.stop SET lifted_at = since`)
			all.Go(func() { _, _ = h.SendPayout(t.Context(), "", h.sending()) })
		}
		_, err := h.Settle(t.Context(), h.coordinator, payments.NewSettlement{Clawback: k, Way: payments.SettleReversal, Amount: 2500, Reason: settleWhy})
		all.Wait()
		if err != nil && !errors.Is(err, payments.ErrNotThere) {
			t.Fatal(err)
		}
		if err == nil {
			taken++
		}
		goOn()
		for range 60 {
			h.lookAgain()
			h.run()
			if e, err := h.Earning(t.Context(), h.member, "work-1"); err == nil && e.Stage() == payments.StagePaid {
				break
			}
			h.send()
			h.pass(11 * time.Minute)
		}
		h.untilPaid()
		if err == nil {
			h.gone(2500, 3900)
		} else {
			h.gone(0, 6400)
		}
		h.same(t)
	}
	if taken == 0 {
		t.Error("nothing was taken back in any of them")
	}
}

// byHand takes so much back at the gateway, as a person does there.
func (h *house) byHand(cents payments.Cents) {
	h.Helper()
	var transfer string
	h.must(h.db.QueryRow(h.Context(), `SELECT transfer_id FROM payments.payout WHERE advance_id IS NULL`).Scan(&transfer))
	r := httptest.NewRequest(http.MethodPost, "/v1/transfers/"+transfer+"/reversals", strings.NewReader("amount="+strconv.Itoa(int(cents))))
	r.Header.Set("Authorization", "Bearer "+testKey)
	r.Header.Set("Stripe-Version", "2023-10-16")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	if h.sim.Handler().ServeHTTP(w, r); w.Code != http.StatusOK {
		h.Fatalf("%d %s", w.Code, w.Body)
	}
}

// TestReversalByHand: what people took back at the gateway is a difference until two decide
// it here too; it is found then, and not taken a second time. What is another sum is not
// guessed.
func TestReversalByHand(t *testing.T) {
	for name, begin := range map[string]func(*house, payments.Cents) payments.ClawbackID{
		"due":       func(h *house, cents payments.Cents) payments.ClawbackID { k, _ := h.due(cents); return k },
		"came back": func(h *house, cents payments.Cents) payments.ClawbackID { k, _ := h.returned(cents); return k },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, nil)
			k := begin(h, 4000)
			settle := func(cents payments.Cents, want payments.SettlementStep, why string) {
				t.Helper()
				if _, err := h.settleBy(h.coordinator, k, payments.SettleReversal, cents); err != nil {
					t.Fatal(err)
				}
				h.run()
				h.look(false) // while payouts are stopped it is only found
				if last := h.lastSettlement(k); last.State != want || last.Why != why {
					t.Errorf("%v: %+v", cents, last)
				}
			}
			h.byHand(2500)
			h.lookTwice()
			h.differences("account member 6400 3900", "unknown transfer 0 2500")
			settle(1500, payments.SettlementFailed, "other_by_hand")
			h.gone(2500, map[string]int64{"came back": 0}[name])
			settle(2500, payments.SettlementDone, "")
			h.lookTwice()
			h.differences()
			h.db.Exec(t.Context(), `UPDATE payments.stop SET lifted_at = since`)
			settle(1500, payments.SettlementDone, "")
			h.send()
			h.untilPaid()
			h.gone(4000, 2400)
			if got := h.clawback(k); got.State != payments.ClawbackSettled || h.debt() != 0 {
				t.Errorf("%+v", got)
			}
			h.booksSame(t)
		})
	}
}
