package jobs_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

func (h *house) money() *payments.Service {
	return payments.New(h.db, h.queue, h.people, nil, func() time.Time { return h.now }, nil)
}

func (h *house) deposits(d payments.Deposits) {
	h.t.Helper()
	if err := h.money().ChooseDeposits(h.ctx(), h.coordinator, d); err != nil {
		h.t.Fatal(err)
	}
}

// paysBefore books money for the gig as if the client had paid it at the gateway.
func (h *house) paysBefore(gig jobs.GigID, amount payments.Cents) {
	h.t.Helper()
	ref := payments.Reference(gig.String())
	var d payments.DepositID
	h.tx(func(tx pgx.Tx) (err error) {
		d, err = h.money().AskDepositTx(h.ctx(), tx, h.client.Cooperative, payments.NewDeposit{Client: h.client.Client, Ref: ref, Title: "Gras", Language: members.Dutch, Amount: amount})
		if err == nil {
			_, err = tx.Exec(h.ctx(), `UPDATE payments.deposit SET state = 'held', charge_id = id::text, held_at = asked_at WHERE id = $1`, d)
		}
		return err
	})
	_, err := h.money().Post(h.ctx(), h.client.Cooperative, payments.Entry{Key: "deposit:" + d.String() + ":paid", Cause: payments.CauseDepositPaid,
		Postings: []payments.Posting{{Source: payments.ClientAccount(h.client.Client), Destination: payments.DepositHeld(ref), Amount: amount}}})
	if err != nil {
		h.t.Fatal(err)
	}
	h.tx(func(tx pgx.Tx) error {
		return h.FollowDepositTx(h.ctx(), tx, payments.DepositMoved{Ref: ref, Cooperative: h.client.Cooperative})
	})
}

func (h *house) gigState(gig jobs.GigID) (state jobs.State, awaits bool) {
	h.t.Helper()
	if err := h.db.QueryRow(h.ctx(), `SELECT state, awaits_deposit FROM jobs.gig WHERE id = $1`, gig).Scan(&state, &awaits); err != nil {
		h.t.Fatal(err)
	}
	return state, awaits
}

// TestNewClientPaysBefore: nobody is asked before the money is there, no seat is
// given, and then the gig opens by itself.
func TestNewClientPaysBefore(t *testing.T) {
	h := newHouse(t)
	h.deposits(payments.HouseholdsAndNew)
	gig, err := h.Post(t.Context(), h.client, h.gig())
	if err != nil {
		t.Fatal(err)
	}
	if state, awaits := h.gigState(gig); state != jobs.Paused || !awaits || h.tasksOf("jobs.gig_opened") != 0 {
		t.Fatalf("posted: %s, awaits %v", state, awaits)
	}
	if f, err := h.FactsOf(t.Context(), h.client, gig); err != nil || jobs.Waits(f).Kind != jobs.WaitsDeposit {
		t.Errorf("it waits for %v, %v", jobs.Waits(f).Kind, err)
	}
	b, err := h.Beforehand(t.Context(), h.client, gig)
	if err != nil || b.Need == 0 || b.Missing() != b.Need {
		t.Fatalf("Beforehand = %+v, %v", b, err)
	}
	for name, by := range map[string]members.Actor{"a rival": h.rival, "a member": h.member, "another office": h.otherOffices} {
		if _, err := h.Beforehand(t.Context(), by, gig); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s looks: %v", name, err)
		}
		if _, err := h.PayBefore(t.Context(), by, gig, "https://meent.example"); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s pays: %v", name, err)
		}
	}
	if err := h.Resume(t.Context(), h.client, gig); !errors.Is(err, jobs.ErrNotPrepaid) {
		t.Errorf("resumed without money: %v", err)
	}
	shift := h.shiftsOf(gig)[0].ID
	if err := h.confirm(shift, h.member.Member); !errors.Is(err, jobs.ErrNotPrepaid) {
		t.Errorf("a seat without money: %v", err)
	}
	h.paysBefore(gig, b.Need-1)
	if state, _ := h.gigState(gig); state != jobs.Paused {
		t.Errorf("a cent too little: %s", state)
	}
	h.paysBefore(gig, 1)
	if state, awaits := h.gigState(gig); state != jobs.Open || awaits || h.tasksOf("jobs.gig_opened") != 1 {
		t.Errorf("paid: %s, awaits %v", state, awaits)
	}
	if err := h.confirm(shift, h.member.Member); err != nil {
		t.Errorf("a seat with money: %v", err)
	}
}

// TestDepositGoesBackWhenWorkIsOver: not before all hours are billed.
func TestDepositGoesBackWhenWorkIsOver(t *testing.T) {
	h := newHouse(t)
	h.deposits(payments.EveryDeposit)
	gig, err := h.Post(t.Context(), h.client, h.gig())
	if err != nil {
		t.Fatal(err)
	}
	b, err := h.Beforehand(t.Context(), h.client, gig)
	if err != nil {
		t.Fatal(err)
	}
	h.paysBefore(gig, b.Need)
	over := func() (left payments.Cents) {
		h.tx(func(tx pgx.Tx) error { return h.DepositsOverTx(h.ctx(), tx, jobs.DepositsOver{}) })
		h.tx(func(tx pgx.Tx) (err error) {
			left, err = h.money().HeldTx(h.ctx(), tx, h.client.Cooperative, payments.Reference(gig.String()))
			return err
		})
		return left
	}
	if left := over(); left != b.Need {
		t.Errorf("%v is left of an open gig", left)
	}
	if err := h.CancelGig(t.Context(), h.client, gig, 0); err != nil {
		t.Fatal(err)
	}
	if left := over(); left != 0 || h.tasksOf("payments.return_deposit") != 1 {
		t.Errorf("%v is left of a gig that is off", left)
	}
	if faults, err := h.money().Audit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("the books are wrong: %v, %v", faults, err)
	}
}

// TestKnownClientPaysAfter: who paid a bill is asked nothing, a household is.
func TestKnownClientPaysAfter(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		policy payments.Deposits
		kind   members.ClientKind
		paid   bool
		want   bool
	}{
		{payments.NoDeposits, members.Household, false, false}, {payments.HouseholdsAndNew, members.Household, true, true},
		{payments.HouseholdsAndNew, members.Organisation, true, false}, {payments.HouseholdsAndNew, members.Organisation, false, true},
		{payments.EveryDeposit, members.Organisation, true, true},
	} {
		h.deposits(tt.policy)
		err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
			if _, err := tx.Exec(t.Context(), `UPDATE members.client SET kind = $2 WHERE id = $1`, h.client.Client, string(tt.kind)); err != nil {
				return err
			}
			if tt.paid {
				const bill = `INSERT INTO payments.bill (id, cooperative_id, client_id, ref, title, language, worked_on, minutes, rate_cents, total_cents, state, billed_at, charge_id, paid_at)
					VALUES (gen_random_uuid(), $1, $2, 'w', 'Gras', 'nl', '2026-11-01', 60, 1600, 1600, 'paid', now(), 'ch_1', now())`
				if _, err := tx.Exec(t.Context(), bill, h.client.Cooperative, h.client.Client); err != nil {
					return err
				}
			}
			if got, err := h.money().AsksDepositTx(t.Context(), tx, h.client.Cooperative, h.client.Client); err != nil || got != tt.want {
				t.Errorf("%+v: %v, %v", tt, got, err)
			}
			return pgx.ErrTxClosed // nothing stays
		})
		if !errors.Is(err, pgx.ErrTxClosed) {
			t.Fatal(err)
		}
	}
}
