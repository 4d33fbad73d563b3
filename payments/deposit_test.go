package payments_test

import (
	"errors"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

// asked asks the client for so much before the work.
func (h *house) asked(ref payments.Reference, amount payments.Cents) (deposit payments.DepositID) {
	h.Helper()
	h.tx(func(tx pgx.Tx) (err error) {
		n := payments.NewDeposit{Client: h.client.Client, Ref: ref, Title: "Ramen lappen", Language: members.Dutch, Amount: amount}
		deposit, err = h.AskDepositTx(h.Context(), tx, h.client.Cooperative, n)
		return err
	})
	return deposit
}

// payPage is the page on which the client pays the deposit.
func (h *house) payPage(deposit payments.DepositID) string {
	h.Helper()
	address, err := h.PayDeposit(h.Context(), h.client, deposit, "https://meent.example/gigs/1")
	h.must(err)
	return address
}

// heldFor pays so much beforehand.
func (h *house) heldFor(ref payments.Reference, amount payments.Cents) {
	h.Helper()
	h.fillIn(h.payPage(h.asked(ref, amount)))
	h.run()
}

// after bills agreed work of which this was paid beforehand.
func (h *house) after(work, ref payments.Reference) payments.BillID {
	h.Helper()
	w := h.agreed(work)
	w.Deposit = ref
	h.tx(func(tx pgx.Tx) error { return h.BillTx(h.Context(), tx, h.client.Cooperative, w) })
	list, err := h.Bills(h.Context(), h.client)
	h.must(err)
	for _, b := range list {
		if b.Ref == work {
			return b.ID
		}
	}
	h.Fatal("no bill")
	return payments.BillID{}
}

// over ends the work for which money was paid beforehand.
func (h *house) over(ref payments.Reference) {
	h.Helper()
	h.tx(func(tx pgx.Tx) error { return h.EndDepositTx(h.Context(), tx, h.client.Cooperative, ref) })
	h.run()
}

func (h *house) deposit(ref payments.Reference) payments.Deposit {
	h.Helper()
	list, err := h.Deposits(h.Context(), h.client, ref)
	h.must(err)
	if len(list) != 1 {
		h.Fatalf("Deposits = %+v, want one", list)
	}
	return list[0]
}

func (h *house) sound() {
	h.Helper()
	faults, err := h.Audit(h.Context())
	h.must(err)
	if len(faults) > 0 {
		h.Errorf("the books are wrong: %v", faults)
	}
	book, err := h.sim.Book(h.Context())
	h.must(err)
	if own, err := h.AtGatewayNow(h.Context(), h.client.Cooperative); err != nil || own != payments.Cents(book.Platform) {
		h.Errorf("the ledger says that we have %v, Stripe %v, %v", own, payments.Cents(book.Platform), err)
	}
}

// TestDepositCoversTheBill: it is paid at once, its wage is owed, and the rest goes
// back when the work is over.
func TestDepositCoversTheBill(t *testing.T) {
	h := newHouse(t, nil)
	h.heldFor("gig-1", 10000)
	if d := h.deposit("gig-1"); d.State != payments.DepositIsHeld || d.Left() != 10000 {
		t.Fatalf("paid beforehand: %+v", d)
	}
	bill := h.after("work-1", "gig-1")
	if b := h.bill(bill); b.State != payments.BillPaid || b.Beforehand != 7040 || b.Due() != 0 {
		t.Errorf("covered bill: %+v", b)
	}
	h.sound()
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	h.over("gig-1")
	if d := h.deposit("gig-1"); d.State != payments.DepositReturned || d.BackAt.IsZero() || d.Left() != 2960 {
		t.Errorf("returned: %+v", d)
	}
	h.sound()
	back, err := h.Balances(t.Context(), h.coordinator, payments.ClientBack(h.client.Client), payments.DepositHeld("gig-1"))
	if err != nil || back[payments.ClientBack(h.client.Client)] != 2960 || back[payments.DepositHeld("gig-1")] != 0 {
		t.Errorf("balances: %v, %v", back, err)
	}
	if book, err := h.sim.Book(t.Context()); err != nil || book.Refunded != 2960 || book.Transferred != 6400 {
		t.Errorf("book: %+v, %v", book, err)
	}
	h.over("gig-1") // again: nothing
	h.sound()
}

// TestDepositCoversAPart: the rest is due, and asked as one amount.
func TestDepositCoversAPart(t *testing.T) {
	h := newHouse(t, nil)
	h.heldFor("gig-1", 5000)
	bill := h.after("work-1", "gig-1")
	if b := h.bill(bill); b.State != payments.BillDue || b.Due() != 2040 {
		t.Errorf("bill: %+v", b)
	}
	if d := h.deposit("gig-1"); d.State != payments.DepositApplied {
		t.Errorf("used up: %+v", d)
	}
	h.sound()
	h.fillIn(h.checkout(bill))
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	h.sound()
	if book, err := h.sim.Book(t.Context()); err != nil || book.Charged != 7040 {
		t.Errorf("book: %+v, %v", book, err)
	}
}

// TestDepositSums: whatever was paid beforehand and billed, in whatever pieces, the
// bills get what is there and the client the rest, to the cent.
func TestDepositSums(t *testing.T) {
	h := newHouse(t, nil)
	rapid.Check(t, func(r *rapid.T) {
		ref, work := payments.Reference("gig-"+rapid.StringMatching(`[a-z]{12}`).Draw(r, "gig")), rapid.StringMatching(`[a-z]{12}`).Draw(r, "work")
		var put, billed payments.Cents
		for _, cents := range rapid.SliceOfN(rapid.Int64Range(1, 9000), 1, 3).Draw(r, "deposits") {
			h.hold(ref, payments.Cents(cents))
			put += payments.Cents(cents)
		}
		before := h.balance(payments.DepositHeld(ref))
		for i, minutes := range rapid.SliceOfN(rapid.IntRange(1, 300), 1, 4).Draw(r, "bills") {
			w := h.agreed(payments.Reference(work + string(rune('a'+i))))
			w.Deposit, w.Worked, w.Contribution = ref, time.Duration(minutes)*time.Minute, payments.Cents(minutes)
			h.tx(func(tx pgx.Tx) error { return h.BillTx(t.Context(), tx, h.client.Cooperative, w) })
			billed += w.Wage() + w.Contribution
		}
		left := h.balance(payments.DepositHeld(ref))
		if before != put || left != max(put-billed, 0) {
			r.Fatalf("%v beforehand, %v billed: %v is left", put, billed, left)
		}
		h.tx(func(tx pgx.Tx) error { return h.EndDepositTx(t.Context(), tx, h.client.Cooperative, ref) })
		if now := h.balance(payments.DepositHeld(ref)); now != 0 {
			r.Fatalf("%v is held for work that is over", now)
		}
	})
	if faults, err := h.Audit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("the books are wrong: %v, %v", faults, err)
	}
}

func (h *house) balance(a payments.Account) payments.Cents {
	h.Helper()
	b, err := h.Balances(h.Context(), h.coordinator, a)
	h.must(err)
	return b[a]
}

// hold books a deposit as if it had been paid, without the gateway.
func (h *house) hold(ref payments.Reference, amount payments.Cents) {
	h.Helper()
	d := h.asked(ref, amount)
	h.tx(func(tx pgx.Tx) error {
		_, err := tx.Exec(h.Context(), `UPDATE payments.deposit SET state = 'held', charge_id = id::text, held_at = asked_at WHERE id = $1`, d)
		return err
	})
	_, err := h.Post(h.Context(), h.client.Cooperative, payments.Entry{Key: "deposit:" + d.String() + ":paid", Cause: payments.CauseDepositPaid,
		Postings: []payments.Posting{{Source: payments.ClientAccount(h.client.Client), Destination: payments.DepositHeld(ref), Amount: amount}}})
	h.must(err)
}

func TestDepositBadInput(t *testing.T) {
	h := newHouse(t, nil)
	for amount, want := range map[payments.Cents]error{0: payments.ErrNothingDue, -1: payments.ErrNothingDue, payments.MostAtOnce + 1: payments.ErrTooMuch} {
		err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
			_, err := h.AskDepositTx(t.Context(), tx, h.client.Cooperative, payments.NewDeposit{Client: h.client.Client, Ref: "gig-1", Title: "Ramen", Language: members.Dutch, Amount: amount})
			return err
		})
		if !errors.Is(err, want) {
			t.Errorf("%v: %v, want %v", amount, err, want)
		}
	}
	deposit := h.asked("gig-1", 4000)
	for name, by := range map[string]members.Actor{"a rival": h.rival, "another cooperative": h.elsewhere, "the member": h.member, "the office": h.coordinator} {
		if _, err := h.PayDeposit(t.Context(), by, deposit, "https://meent.example"); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s pays: %v", name, err)
		}
	}
	if list, err := h.Deposits(t.Context(), h.rival, "gig-1"); err != nil || len(list) > 0 {
		t.Errorf("a rival reads %+v, %v", list, err)
	}
	if again := h.asked("gig-1", 4500); again != deposit || h.deposit("gig-1").Amount != 4500 {
		t.Errorf("asked again: %v, %+v", again, h.deposit("gig-1"))
	}
	h.payPage(deposit)
	if h.asked("gig-1", 9900); h.deposit("gig-1").Amount != 4500 {
		t.Error("the amount changed while somebody pays")
	}
}

// TestDepositOnce: two who pay at once come to one page; who leaves comes back to
// it, and gets a new one when it ran out; a card that is declined may be tried
// again; money that is there is not asked twice.
func TestDepositOnce(t *testing.T) {
	h := newHouse(t, nil)
	deposit := h.asked("gig-1", 4000)
	addresses := make([]string, 6)
	var all sync.WaitGroup
	for i := range addresses {
		all.Go(func() {
			addresses[i], _ = h.PayDeposit(t.Context(), h.client, deposit, "https://meent.example/gigs/1")
		})
	}
	all.Wait()
	first := h.payPage(deposit)
	for _, address := range addresses {
		if address != "" && address != first { // who came while the page was opened tries again
			t.Errorf("another page: %q, %q", address, first)
		}
	}
	h.pass(25 * time.Hour)
	h.run()
	if d := h.deposit("gig-1"); d.State != payments.DepositAsked {
		t.Errorf("after the page ran out it is %q", d.State)
	}
	second := h.payPage(deposit)
	if second == first {
		t.Fatal("the old page again")
	}
	if w, err := http.PostForm(second, url.Values{"card": {"4000 0000 0000 0002"}}); err != nil || w.StatusCode != http.StatusPaymentRequired {
		t.Errorf("a declined card gave %v, %v", w, err)
	}
	h.run()
	if d := h.deposit("gig-1"); d.State != payments.DepositPaying {
		t.Errorf("after a declined card it is %q", d.State)
	}
	h.fillIn(second)
	h.run()
	if _, err := h.PayDeposit(t.Context(), h.client, deposit, "https://meent.example"); !errors.Is(err, payments.ErrPaid) {
		t.Errorf("paying once more: %v", err)
	}
	h.sound()
	if book, err := h.sim.Book(t.Context()); err != nil || book.Charged != 4000 {
		t.Errorf("book: %+v, %v", book, err)
	}
}

// TestReturnWaitsForTheStop: nothing goes back while payouts are stopped, and
// nothing is forgotten.
func TestReturnWaitsForTheStop(t *testing.T) {
	h := newHouse(t, nil)
	h.heldFor("gig-1", 4000)
	_, err := h.db.Exec(t.Context(), `INSERT INTO payments.stop (id, cooperative_id, cause, since) VALUES (gen_random_uuid(), $1, 'difference', $2)`, h.client.Cooperative, h.now())
	h.must(err)
	h.over("gig-1")
	if book, err := h.sim.Book(t.Context()); err != nil || book.Refunded != 0 {
		t.Errorf("book: %+v, %v", book, err)
	}
	h.sound()
	_, err = h.db.Exec(t.Context(), `UPDATE payments.stop SET lifted_at = since`)
	h.must(err)
	h.pass(2 * time.Hour)
	h.lookAgain()
	h.run()
	if d := h.deposit("gig-1"); d.BackAt.IsZero() {
		t.Errorf("after the stop: %+v", d)
	}
	h.sound()
}

// TestPaymentThatFailsLater: a debit that the bank refuses days later leaves the
// bill due, and it can be paid anew.
func TestPaymentThatFailsLater(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.DebitDelay = 72 * time.Hour })
	bill := h.billed()
	page, err := h.gateway.OpenCheckout(t.Context(), "a debit", payments.Checkout{
		Bill: payments.Reference(bill.String()), Lines: []payments.CheckoutLine{{Text: "Ramen", Amount: 7040}}, Return: "https://meent.example", Locale: "nl",
		Methods: []string{"sepa_debit"},
	})
	h.must(err)
	_, err = h.db.Exec(t.Context(), `UPDATE payments.bill SET state = 'paying', checkouts = 1, checkout_id = $2, checkout_at = $3 WHERE id = $1`, bill, page.ID, h.now())
	h.must(err)
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	w, err := browser.PostForm(page.URL, url.Values{"card": {"sepa_debit_fail"}})
	h.must(err)
	if w.StatusCode != http.StatusSeeOther {
		t.Fatalf("the debit gave %d", w.StatusCode)
	}
	h.run()
	if _, err := h.Checkout(t.Context(), h.client, bill, "https://meent.example"); !errors.Is(err, payments.ErrUnderway) {
		t.Errorf("paying meanwhile: %v", err)
	}
	h.pass(73 * time.Hour)
	h.run()
	if got := h.bill(bill).State; got != payments.BillDue {
		t.Errorf("after the bank said no the bill is %q", got)
	}
	h.fillIn(h.checkout(bill))
	h.run()
	if got := h.bill(bill).State; got != payments.BillPaid {
		t.Errorf("the bill is %q", got)
	}
	h.sound()
}
