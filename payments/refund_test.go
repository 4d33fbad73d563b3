package payments_test

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
	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

// TestFundBearsTheWage: of what goes back the cooperative bears its own part, to the cent
// above; what was wage the fund bears as far as it can, then the rest of that contribution.
func TestFundBearsTheWage(t *testing.T) {
	for fund, want := range map[payments.Cents]payments.Carried{
		10000: {Contribution: 64, Fund: 640}, // of 704: 640 of 7040 are contribution
		639:   {Contribution: 65, Fund: 639},
		100:   {Contribution: 604, Fund: 100},
		0:     {Contribution: 640, Loss: 64},
	} {
		h := newHouse(t, nil)
		bill, _ := h.paid()
		if fund > 0 {
			h.fund(fund)
		}
		_, err := h.refund(h.coordinator, bill, 704)
		h.must(err)
		h.run()
		seen, err := h.BillBack(t.Context(), h.coordinator, bill)
		if err != nil || len(seen.Refunds) != 1 || seen.Refunds[0].Carried != want {
			t.Errorf("with %v in the fund: %+v, %v; want %+v", fund, seen, err, want)
		}
		h.has(t, map[payments.Account]payments.Cents{payments.Contribution: 640 - want.Contribution, payments.Fund: fund - want.Fund, payments.Loss: -want.Loss,
			payments.MemberAccount(h.member.Member, payments.AtBank): 6400})
		h.soundBooks()
	}
}

// TestRefund: a part goes back, then the rest. The member keeps the wage; while the fund
// is empty what it costs is the bill's contribution, and then a loss.
func TestRefund(t *testing.T) {
	h := newHouse(t, nil)
	bill, _ := h.paid()
	lot := h.secondOffice()
	first, err := h.refund(h.coordinator, bill, 500)
	h.must(err)
	h.run()
	if got := h.refundState(first); got != "done" {
		t.Fatalf("the refund is %q", got)
	}
	back, bank := payments.ClientBack(h.client.Client), payments.MemberAccount(h.member.Member, payments.AtBank)
	h.has(t, map[payments.Account]payments.Cents{payments.Contribution: 140, payments.Fund: 0, payments.Loss: 0, back: 500, bank: 6400})
	h.same(t)
	h.gift(100)
	h.pass(time.Minute) // so that they have an order
	second, err := h.refund(lot, bill, 6540)
	h.must(err)
	h.run()
	h.has(t, map[payments.Account]payments.Cents{payments.Contribution: 0, payments.Fund: 0, payments.Loss: -6400, back: 7040, bank: 6400})
	h.same(t)
	h.stage(payments.StagePaid)
	if _, err := h.refund(h.coordinator, bill, 1); !hasProblem(err, "amount", "more_than_left") {
		t.Errorf("a cent more than all: %v", err)
	}
	seen, err := h.BillBack(t.Context(), h.client, bill)
	if err != nil || len(seen.Refunds) != 2 || seen.Refunds[1].ID != second || seen.Refunds[1].AskedName != "" || seen.Refunds[0].Reason == "" || seen.Refunds[1].Carried.Loss != 0 {
		t.Errorf("the client reads %+v, %v", seen, err)
	}
	if b := h.bill(bill); b.Refunded != 7040 || b.Shown() != "refunded" || b.State != payments.BillPaid {
		t.Errorf("the bill is %q of %v", b.Shown(), b.Refunded)
	}
	if !slices.Equal(h.told, []string{"money", "money"}) {
		t.Errorf("told %q", h.told)
	}
}

func hasProblem(err error, field, rule string) bool {
	var problems check.Problems
	return errors.As(err, &problems) && slices.ContainsFunc(problems, func(p check.Problem) bool { return p.Field == field && p.Rule == rule })
}

// TestRefundBounds: what is refused, and to whom.
func TestRefundBounds(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	if _, err := h.refund(h.coordinator, bill, 100); !errors.Is(err, payments.ErrNotPaid) {
		t.Errorf("of an unpaid bill: %v", err)
	}
	h.fillIn(h.checkout(bill))
	h.run()
	other := h.coordinator
	other.Cooperative = h.elsewhere.Cooperative
	for name, tt := range map[string]struct {
		by    members.Actor
		bill  payments.BillID
		cents payments.Cents
		ok    func(error) bool
	}{
		"nothing":           {h.coordinator, bill, 0, func(err error) bool { return hasProblem(err, "amount", "not_an_amount") }},
		"backwards":         {h.coordinator, bill, -100, func(err error) bool { return hasProblem(err, "amount", "not_an_amount") }},
		"above the charge":  {h.coordinator, bill, 7041, func(err error) bool { return hasProblem(err, "amount", "more_than_left") }},
		"a client":          {h.client, bill, 100, isNotFound},
		"a member":          {h.member, bill, 100, isNotFound},
		"another's":         {other, bill, 100, isNotFound},
		"of no bill at all": {h.coordinator, id.New[payments.Bill](nil), 100, isNotFound},
	} {
		if _, err := h.refund(tt.by, tt.bill, tt.cents); !tt.ok(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, reason := range []string{"", "  ", strings.Repeat("a", 301)} {
		if _, err := h.AskRefund(t.Context(), h.coordinator, payments.NewRefund{Bill: bill, Amount: 1, Reason: reason}); err == nil {
			t.Errorf("for the reason %q", reason)
		}
	}
	var all sync.WaitGroup
	errs := make([]error, 6) // each wants all of it at once
	for i := range errs {
		all.Go(func() { _, errs[i] = h.refund(h.coordinator, bill, 7040) })
	}
	all.Wait()
	good := 0
	for _, err := range errs {
		if err == nil {
			good++
		} else if !hasProblem(err, "amount", "more_than_left") {
			t.Errorf("at once: %v", err)
		}
	}
	h.run()
	h.run()
	if good != 1 {
		t.Errorf("%d of them got all of it", good)
	}
	h.same(t)
}

// TestRefundAskedTwice: the same form is one refund, and a refund is not another.
func TestRefundAskedTwice(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	n := payments.NewRefund{ID: id.New[payments.Refund](nil), Bill: bill, Amount: 500, Reason: "Een kwartier te veel"}
	for range 3 {
		if got, err := h.AskRefund(t.Context(), h.coordinator, n); got != n.ID || err != nil {
			t.Errorf("AskRefund = %v, %v", got, err)
		}
	}
	n.Amount = 600
	if _, err := h.AskRefund(t.Context(), h.coordinator, n); !isNotFound(err) {
		t.Errorf("another amount under the same number: %v", err)
	}
	h.run()
	if back := h.balance(payments.ClientBack(h.client.Client)); back != 500 {
		t.Errorf("the client got %v back", back)
	}
	h.same(t)
}

// TestNoRefundToOneself: who is the client too gives nothing back, also not as the
// second person.
func TestNoRefundToOneself(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	both := h.coordinator
	h.tx(func(tx pgx.Tx) error {
		_, err := h.people.AddRoleTx(h.Context(), tx, members.NewRole{Person: both.Person, Cooperative: both.Cooperative, Kind: members.RoleClient, Client: h.client.Client})
		return err
	})
	if _, err := h.refund(both, bill, 100); !errors.Is(err, members.ErrOneself) {
		t.Errorf("asks: %v", err)
	}
	_, err := h.db.Exec(t.Context(), `INSERT INTO payments.policy VALUES ($1, 0, 1, 1, 1, 0)`, both.Cooperative)
	h.must(err)
	asked, err := h.refund(h.secondOffice(), bill, 100)
	h.must(err)
	if err := h.ApproveRefund(t.Context(), both, asked); !errors.Is(err, members.ErrOneself) {
		t.Errorf("approves: %v", err)
	}
	h.must(h.RefuseRefund(t.Context(), both, asked))
}

func isNotFound(err error) bool { return errors.Is(err, members.ErrNotFound) }

// TestRefundFourEyes: slices add up, one's own yes does not count, also not with
// another role, and of many at once one decides.
func TestRefundFourEyes(t *testing.T) {
	h := newHouse(t, nil)
	bill, _ := h.paid()
	lot := h.secondOffice()
	_, err := h.db.Exec(t.Context(), `INSERT INTO payments.policy VALUES ($1, 1000, 1, 1, 1, 1)`, h.coordinator.Cooperative)
	h.must(err)
	_, err = h.refund(h.coordinator, bill, 1000)
	h.must(err)
	slice, err := h.refund(h.coordinator, bill, 1)
	h.must(err)
	h.run()
	if got := h.refundState(slice); got != "asked" {
		t.Fatalf("a cent above the limit is %q", got)
	}
	twice := h.coordinator
	twice.Role = lot.Role // the same person in another role
	for name, tt := range map[string]struct{ got, want error }{
		"one's own":          {h.ApproveRefund(t.Context(), h.coordinator, slice), payments.ErrOwnBack},
		"in another role":    {h.ApproveRefund(t.Context(), twice, slice), payments.ErrOwnBack},
		"refusing one's own": {h.RefuseRefund(t.Context(), h.coordinator, slice), payments.ErrOwnBack},
		"taking another's":   {h.TakeRefundBack(t.Context(), lot, slice), members.ErrNotFound},
		"a client":           {h.ApproveRefund(t.Context(), h.client, slice), members.ErrNotFound},
		"no such":            {h.ApproveRefund(t.Context(), lot, payments.RefundID{1}), members.ErrNotFound},
	} {
		if !errors.Is(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
	var all sync.WaitGroup
	errs := make([]error, 5)
	for i := range errs {
		all.Go(func() { errs[i] = h.ApproveRefund(t.Context(), lot, slice) })
	}
	all.Wait()
	good := 0
	for _, err := range errs {
		if err == nil {
			good++
		} else if !errors.Is(err, payments.ErrBackDecided) {
			t.Errorf("at once: %v", err)
		}
	}
	h.run()
	if got := h.refundState(slice); good != 1 || got != "done" {
		t.Errorf("%d approved it, it is %q", good, got)
	}
	no, err := h.refund(lot, bill, 200)
	h.must(err)
	mine, err := h.refund(lot, bill, 5839)
	h.must(err)
	h.must(h.RefuseRefund(t.Context(), h.coordinator, no))
	h.must(h.TakeRefundBack(t.Context(), lot, mine))
	if _, err := h.refund(lot, bill, 6039); err != nil { // what ended counts no more
		t.Error(err)
	}
	h.has(t, map[payments.Account]payments.Cents{payments.ClientBack(h.client.Client): 1001})
	h.same(t)
}

// TestRefundThatFails, at once or after it was called done: everybody has again
// what they gave.
func TestRefundThatFails(t *testing.T) {
	for _, late := range []bool{false, true} {
		h := newHouse(t, nil)
		bill, charge := h.paid()
		h.gift(40)
		if !late {
			_, err := h.db.Exec(t.Context(), `UPDATE stripesim.charge SET simulate = 'refund_pending' WHERE id = $1`, charge)
			h.must(err)
		}
		r, err := h.refund(h.coordinator, bill, 7040)
		h.must(err)
		h.run()
		if got, want := h.refundState(r), map[bool]string{true: "done", false: "moving"}[late]; got != want {
			t.Fatalf("the refund is %q, want %q", got, want)
		}
		h.same(t) // it left us either way
		var outside string
		h.must(h.db.QueryRow(t.Context(), `SELECT outside_id FROM payments.refund WHERE id = $1`, r).Scan(&outside))
		h.must(h.sim.EndRefund(t.Context(), outside, false))
		h.run()
		h.run()
		if got := h.refundState(r); got != "failed" {
			t.Fatalf("the refund is %q", got)
		}
		h.has(t, map[payments.Account]payments.Cents{payments.Contribution: 600, payments.Fund: 40, payments.Loss: 0, payments.ClientBack(h.client.Client): 0})
		h.same(t)
		if !slices.Contains(h.told, "refund_failed") {
			t.Errorf("told %q", h.told)
		}
		if _, err := h.refund(h.coordinator, bill, 7040); err != nil {
			t.Errorf("again: %v", err)
		}
		h.run()
		h.same(t)
	}
}

// TestRefundWhileStopped waits, and goes on by itself.
func TestRefundWhileStopped(t *testing.T) {
	h := newHouse(t, nil)
	bill, _ := h.paid()
	_, err := h.db.Exec(t.Context(), `INSERT INTO payments.stop (id, cooperative_id, cause, since) VALUES (gen_random_uuid(), $1, 'difference', $2)`, h.coordinator.Cooperative, h.now())
	h.must(err)
	r, err := h.refund(h.coordinator, bill, 500)
	h.must(err)
	h.run()
	if got := h.refundState(r); got != "approved" {
		t.Fatalf("while stopped it is %q", got)
	}
	h.same(t)
	_, err = h.db.Exec(t.Context(), `UPDATE payments.stop SET lifted_at = since`)
	h.must(err)
	h.pass(time.Hour)
	h.lookAgain()
	h.run()
	if got := h.refundState(r); got != "done" {
		t.Errorf("afterwards it is %q", got)
	}
	h.same(t)
}

// TestRefundByHand over there is found, whoever tells of it, and booked once.
func TestRefundByHand(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.Unruly = true })
	bill, charge := h.paid()
	_, err := h.gateway.Refund(t.Context(), "somebody's own", payments.RefundOrder{Refund: "", Charge: charge, Amount: 700})
	h.must(err)
	for range 3 {
		h.run()
		h.pass(time.Minute)
	}
	list, err := h.BillBack(t.Context(), h.coordinator, bill)
	if err != nil || len(list.Refunds) != 1 || !list.Refunds[0].Outside || list.Refunds[0].State != payments.RefundIsDone || list.Refunds[0].Amount != 700 || list.Left != 6340 {
		t.Errorf("it is there as %+v, %v", list, err)
	}
	h.has(t, map[payments.Account]payments.Cents{payments.ClientBack(h.client.Client): 700, payments.Contribution: 0, payments.Loss: -60})
	h.same(t)
}

// TestRefundRefused: what the gateway will not do ends, and the money is there again.
func TestRefundRefused(t *testing.T) {
	h := newHouse(t, nil)
	bill, charge := h.paid()
	h.deaf = true // we hear nothing of the dispute
	_, err := h.sim.Complain(t.Context(), stripesim.Complaint{Charge: charge, Amount: 100})
	h.must(err)
	r, err := h.refund(h.coordinator, bill, 500)
	h.must(err)
	h.run()
	if got := h.refundState(r); got != "failed" {
		t.Errorf("it is %q", got)
	}
	h.has(t, map[payments.Account]payments.Cents{payments.Contribution: 640, payments.ClientBack(h.client.Client): 0})
	list, err := h.BillBack(t.Context(), h.coordinator, bill)
	if err != nil || list.Refunds[0].Why != "charge_disputed" {
		t.Errorf("why: %+v, %v", list.Refunds, err)
	}
}
