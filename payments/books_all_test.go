package payments_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/payments"
	"meent/payments/stripesim"
)

func (h *house) billedFor(work payments.Reference) (bill payments.BillID) {
	h.Helper()
	h.tx(func(tx pgx.Tx) error { return h.BillTx(h.Context(), tx, h.client.Cooperative, h.agreed(work)) })
	h.must(h.db.QueryRow(h.Context(), `SELECT id FROM payments.bill WHERE ref = $1`, string(work)).Scan(&bill))
	return bill
}

// paidFor bills work, and its client pays; it gives the bill and its charge.
func (h *house) paidFor(work payments.Reference) (bill payments.BillID, charge string) {
	h.Helper()
	bill = h.billedFor(work)
	h.fillIn(h.checkout(bill))
	h.run()
	h.must(h.db.QueryRow(h.Context(), `SELECT charge_id FROM payments.bill WHERE id = $1`, bill).Scan(&charge))
	return bill, charge
}

// TestAllBooksAgree: when money moved in each way that there is, both books come to
// the same, whatever state it is in; and what is planted among it is found.
func TestAllBooksAgree(t *testing.T) {
	h := newHouse(t, nil)
	hour := func() {
		t.Helper()
		h.run()
		h.pass(time.Hour)
		h.run()
		h.look(false)
		h.differences()
	}
	h.deposited("gig-0", 30000)
	h.after("work-0", "gig-0")
	hour()
	h.gift(600)
	advanced := h.billedFor("work-1")
	h.ask(400)
	hour()
	h.advanceIs(payments.AdvanceOut)
	h.fillIn(h.checkout(advanced))
	hour()
	h.advanceIs(payments.AdvanceNetted)
	refunded, _ := h.paidFor("work-2")
	refund, err := h.refund(h.coordinator, refunded, 500)
	h.must(err)
	hour()
	_, won := h.paidFor("work-3")
	_, lost := h.paidFor("work-4")
	won, lost = h.complain(stripesim.Complaint{Charge: won}), h.complain(stripesim.Complaint{Charge: lost})
	hour()
	h.must(h.sim.Decide(t.Context(), won, "won"))
	h.must(h.sim.Decide(t.Context(), lost, "lost"))
	hour()
	h.over("gig-0")
	hour()
	if d := h.deposit("gig-0"); d.BackAt.IsZero() || h.refundState(refund) != "done" {
		t.Errorf("the deposit is %+v, the refund %s", d, h.refundState(refund))
	}
	h.look(true)
	h.pass(20 * time.Minute)
	h.look(true)
	h.differences()
	h.same(t)
	h.knownErrands()
	var noted int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.difference`).Scan(&noted))
	if noted > 0 {
		t.Errorf("%d differences were noted", noted)
	}

	for _, what := range []string{"refund", "dispute", "deposit"} { // each has its place in the books
		source := map[string]string{"refund": "SELECT outside_id FROM payments.refund", "dispute": "SELECT max(outside_id) FROM payments.dispute",
			"deposit": "SELECT refund_id FROM payments.deposit"}[what]
		h.sql(`INSERT INTO stripesim.txn (id, account, type, amount, fee, net, source, created_at, available_at)
			SELECT $1, 'platform', 'payout_failure', -50, 0, -50, (`+source+`), $2, $2`, "txn_"+what, h.now())
	}
	h.sql(`UPDATE stripesim.balance SET total = total - 150 WHERE account = 'platform'`)
	h.lookTwice()
	list, err := h.Differences(t.Context(), h.coordinator)
	h.must(err)
	off := map[string]int{}
	for _, d := range list {
		off[fmt.Sprint(d.Kind, " ", d.About, " ", d.Off())]++
	}
	cent50 := payments.Cents(-50)
	if len(list) != 3 || off[fmt.Sprint("amount bill ", cent50)] != 2 || off[fmt.Sprint("amount deposit ", cent50)] != 1 {
		t.Errorf("planted three times 50 cents: %v", off)
	}
}

// TestAdoptWhatWasAllowed: of a wage that was released, and left, a database from
// before that finds it, though it is held again there and rests.
func TestAdoptWhatWasAllowed(t *testing.T) {
	p := payments.DefaultPolicy()
	p.Payout = 6399
	h := newHouse(t, nil)
	h.policy(p)
	h.must(h.ComeHome(t.Context()))
	h.fillIn(h.checkout(h.billed()))
	h.run()
	h.remember()
	_, err := h.ReleasePayout(t.Context(), h.coordinator, h.heldOne(payments.HeldPayout).ID)
	h.must(err)
	h.run()
	h.stage(payments.StageMoving)
	h.putBack()
	h.heldOne(payments.HeldPayout)
	h.sql(`UPDATE payments.payee SET rests_until = $1`, h.now().Add(payments.Rest))
	h.must(h.Quarantine(t.Context()))
	h.pass(2 * time.Minute)
	h.run()
	list, err := h.StopsOf(t.Context(), h.coordinator)
	h.must(err)
	if len(list) != 1 || list[0].Adopted != 2 {
		t.Fatalf("%+v; want the transfer and the payout adopted", list)
	}
	h.stage(payments.StageMoving)
	h.same(t)
	h.look(false)
	var noted int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.difference`).Scan(&noted))
	if noted > 0 {
		t.Errorf("%d differences", noted)
	}
}

// usable is what can be used of what was paid beforehand.
func (h *house) usable(ref payments.Reference) (sum payments.Cents) {
	h.Helper()
	h.tx(func(tx pgx.Tx) (err error) {
		sum, err = h.HeldTx(h.Context(), tx, h.client.Cooperative, ref)
		return err
	})
	return sum
}

// TestDepositDisputed: while the bank decides no bill takes of it and nothing goes
// back; then it is used as before, or it is the client's and nobody else's.
func TestDepositDisputed(t *testing.T) {
	for end, want := range map[string]struct{ held, loss, back payments.Cents }{"won": {8000, 0, 0}, "lost": {0, 0, 8000}} {
		t.Run(end, func(t *testing.T) {
			h := newHouse(t, nil)
			h.deposited("gig-0", 8000)
			var charge string
			h.must(h.db.QueryRow(t.Context(), `SELECT charge_id FROM payments.deposit`).Scan(&charge))
			id := h.complain(stripesim.Complaint{Charge: charge})
			d := h.dispute()
			if d.State != payments.DisputeOpen || d.Withdrawn != 8000 || !d.Bill.IsZero() || d.Title == "" || h.enqueued(payments.BackTold{}) != 1 {
				t.Fatalf("the office reads %+v, told %d times", d, h.enqueued(payments.BackTold{}))
			}
			h.tx(func(tx pgx.Tx) error {
				w := h.agreed("work-1")
				w.Deposit = "gig-0"
				return errors.Join(h.BillTx(t.Context(), tx, h.client.Cooperative, w), h.EndDepositTx(t.Context(), tx, h.client.Cooperative, "gig-0"))
			})
			h.run()
			if held := h.usable("gig-0"); held != 0 || h.balance(payments.Loss) != -8000 {
				t.Errorf("held %v while the bank decides, a loss of %v", held, h.balance(payments.Loss))
			}
			bills, err := h.Bills(t.Context(), h.client)
			if err != nil || len(bills) != 1 || bills[0].State != payments.BillDue || bills[0].Due() != 7040 {
				t.Errorf("the bill took of it: %+v, %v", bills, err)
			}
			h.lookTwice()
			h.differences()
			h.soundBooks()
			h.must(h.sim.Decide(t.Context(), id, end))
			h.run()
			if held, loss, back := h.usable("gig-0"), h.balance(payments.Loss), h.balance(payments.ClientBack(h.client.Client)); held != want.held || loss != want.loss || back != want.back {
				t.Errorf("%s: held %v, a loss of %v, back %v", end, held, loss, back)
			}
			h.lookTwice()
			h.differences()
			h.soundBooks()
			if dead, err := h.queue.Dead(t.Context(), h.coordinator.Cooperative); err != nil || len(dead) > 0 {
				t.Errorf("dead tasks: %+v, %v", dead, err)
			}
		})
	}
}

// TestUsedDepositDisputed: what a bill took of it stays the bill's; the rest pays back
// who carried the dispute.
func TestUsedDepositDisputed(t *testing.T) {
	h := newHouse(t, nil)
	h.deposited("gig-0", 8000)
	var charge string
	h.must(h.db.QueryRow(t.Context(), `SELECT charge_id FROM payments.deposit`).Scan(&charge))
	h.tx(func(tx pgx.Tx) error {
		w := h.agreed("work-1")
		w.Deposit = "gig-0"
		return h.BillTx(t.Context(), tx, h.client.Cooperative, w)
	})
	h.run()
	h.fund(1000)
	h.must(h.sim.Decide(t.Context(), h.complain(stripesim.Complaint{Charge: charge}), "lost"))
	h.run()
	if fund, loss, back := h.balance(payments.Fund), h.balance(payments.Loss), h.balance(payments.ClientBack(h.client.Client)); fund != 0 || loss != -6040 || back != 8000 {
		t.Errorf("the fund has %v, a loss of %v, back %v", fund, loss, back)
	}
	h.soundBooks()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
}

// TestNoAdvanceOfADispute: what the client's bank asks back is not advanced.
func TestNoAdvanceOfADispute(t *testing.T) {
	h := newHouse(t, nil)
	h.deposited("gig-0", 30000)
	h.billed()
	h.run()
	h.fund(10000)
	h.ask(100)
	h.sql(`UPDATE payments.advance SET state = 'dropped', ended_at = asked_at`)
	h.sql(`DELETE FROM payments.payout`)
	h.sql(`INSERT INTO payments.dispute (id, cooperative_id, bill_id, cents, state, reason, opened_at) SELECT gen_random_uuid(), cooperative_id, id, 7040, 'open', 'x', now() FROM payments.bill`)
	if o := h.offer(); o.Stop != payments.AdvanceDispute {
		t.Errorf("the offer is %+v", o)
	}
	if _, err := h.AskAdvance(t.Context(), h.member, "work-1", 100); !errors.Is(err, payments.ErrNoAdvance) {
		t.Errorf("asked: %v", err)
	}
}
