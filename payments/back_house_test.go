package payments_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// refundRow is SQL that writes a refund of every bill.
func refundRow(state, cents string) string {
	return `INSERT INTO payments.refund (id, cooperative_id, bill_id, cents, reason, state, outside, asked_at, sent_at, done_at, loss_cents)
		SELECT gen_random_uuid(), cooperative_id, id, ` + cents + `, '', ` + state + `, true, now(), now(), now(), ` + cents + ` FROM payments.bill`
}

// workBack lets the worker do what is about money that goes back.
func (h *house) workBack(m *tasks.Mux) {
	tasks.Handle(m, h.SendRefund, payments.Patience()...)
	tasks.Handle(m, h.LookAtRefund, payments.Patience()...)
	tasks.Handle(m, h.LookAtDispute, payments.Patience()...)
	tasks.Handle(m, h.SendAnswer, payments.Patience()...)
	tasks.Handle(m, h.SendReversal, payments.Patience()...)
	h.workTold(m)
}

func (h *house) unluckyBack(l *luck, m *tasks.Mux) {
	tasks.Handle(m, crashing(l, h.SendRefund), payments.Patience()...)
	tasks.Handle(m, crashing(l, h.LookAtRefund), payments.Patience()...)
	tasks.Handle(m, crashing(l, h.LookAtDispute), payments.Patience()...)
	tasks.Handle(m, crashing(l, h.SendAnswer), payments.Patience()...)
	tasks.Handle(m, crashing(l, h.SendReversal), payments.Patience()...)
	h.workTold(m)
}

func (h *house) workTold(m *tasks.Mux) {
	tasks.HandleTx(m, func(_ context.Context, _ pgx.Tx, t payments.BackTold) error {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.told = append(h.told, string(t.What))
		return nil
	})
	tasks.HandleTx(m, func(_ context.Context, _ pgx.Tx, t payments.BillTold) error {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.told = append(h.told, map[bool]string{true: "answer", false: "money"}[t.Answered])
		return nil
	})
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.ClawbackTold) error { return nil })
}

// second is another coordinator of the cooperative.
func (h *house) secondOffice() (a members.Actor) {
	h.Helper()
	h.tx(func(tx pgx.Tx) error {
		who, err := h.people.EnsurePersonTx(h.Context(), tx, person("lot"))
		if err == nil {
			_, err = h.people.AddRoleTx(h.Context(), tx, members.NewRole{Person: who, Cooperative: h.coordinator.Cooperative, Kind: members.RoleCoordinator})
		}
		a.Person = who
		return err
	})
	a, err := h.people.Actor(h.Context(), a.Person, members.RoleID{})
	h.must(err)
	return a
}

// paid is a bill of 70.40 that went its whole way, and its charge.
func (h *house) paid() (bill payments.BillID, charge string) {
	h.Helper()
	bill = h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	h.must(h.db.QueryRow(h.Context(), `SELECT charge_id FROM payments.bill WHERE id = $1`, bill).Scan(&charge))
	return bill, charge
}

func (h *house) refund(by members.Actor, bill payments.BillID, cents payments.Cents) (payments.RefundID, error) {
	return h.AskRefund(h.Context(), by, payments.NewRefund{Bill: bill, Amount: cents, Reason: "Een uur te veel berekend"})
}

func (h *house) refundState(r payments.RefundID) (state string) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT state FROM payments.refund WHERE id = $1`, r).Scan(&state))
	return state
}

func (h *house) has(t *testing.T, want map[payments.Account]payments.Cents) {
	t.Helper()
	var list []payments.Account
	for a := range want {
		list = append(list, a)
	}
	got, err := h.Balances(h.Context(), h.coordinator, list...)
	h.must(err)
	for a, cents := range want {
		if got[a] != cents {
			t.Errorf("%s has %v, want %v", a, got[a], cents)
		}
	}
}

// same holds the ledger against itself, and the sum against the simulator's book.
func (h *house) same(t *testing.T) {
	t.Helper()
	faults, err := h.Audit(h.Context())
	if err != nil || len(faults) > 0 {
		t.Errorf("the books are wrong: %v, %v", faults, err)
	}
	book, err := h.sim.Book(h.Context())
	h.must(err)
	own, err := h.AtGatewayNow(h.Context(), h.coordinator.Cooperative)
	if err != nil || own != payments.Cents(book.Platform) {
		t.Errorf("the ledger says that we have %v, Stripe %v (%v)", own, payments.Cents(book.Platform), err)
	}
	dead, err := h.queue.Dead(h.Context(), h.coordinator.Cooperative)
	if err != nil || len(dead) > 0 {
		t.Errorf("Dead = %+v, %v", dead, err)
	}
}

// gift gives the solidarity fund something.
func (h *house) gift(cents payments.Cents) {
	h.Helper()
	_, err := h.Post(h.Context(), h.coordinator.Cooperative, payments.Entry{Key: "gift", Cause: "manual_like", Postings: []payments.Posting{
		{Source: payments.Contribution, Destination: payments.Fund, Amount: cents}}})
	h.must(err)
}
