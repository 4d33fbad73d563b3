package payments_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

// whole is the book after one bill went its whole way: 64 euros of wage and
// 6.40 of contribution, of which Stripe keeps 1.5 % and 25 cents.
func whole() stripesim.Book {
	return stripesim.Book{Charged: 7040, Fees: 131, Transferred: 6400, PaidOut: 6400, Platform: 509}
}

func TestFromAgreedHoursToTheBank(t *testing.T) {
	for name, change := range map[string]func(*stripesim.Config){
		"in order": nil, "doubled and shuffled": func(c *stripesim.Config) { c.Unruly = true },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, change)
			bill := h.billed()
			h.stage(payments.StageBilled)
			address := h.checkout(bill)
			if got := h.bill(bill).State; got != payments.BillPaying {
				t.Errorf("after the checkout began the bill is %q", got)
			}
			if status := h.fillIn(address); status != http.StatusSeeOther {
				t.Fatalf("paying answered %d", status)
			}
			h.stage(payments.StageBilled) // nothing is paid before Stripe says so
			h.run()
			if b := h.bill(bill); b.State != payments.BillPaid || b.PaidAt.IsZero() || b.Total != 7040 {
				t.Errorf("paid bill: %+v", b)
			}
			h.stage(payments.StageMoving)
			h.pass(time.Hour)
			h.stage(payments.StageMoving) // the bank has it, and nobody told us yet
			h.run()
			h.stage(payments.StagePaid)
			h.balanced(whole())
			h.factsAre("billed", "paid")
			if _, err := h.Checkout(t.Context(), h.client, bill, "https://meent.example"); !errors.Is(err, payments.ErrPaid) {
				t.Errorf("paying a paid bill gave %v", err)
			}
		})
	}
}

// TestTwoTabs: whoever begins to pay at once comes to one page, which takes the
// money once.
func TestTwoTabs(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	addresses := make([]string, 8)
	var all sync.WaitGroup
	for i := range addresses {
		all.Go(func() { addresses[i], _ = h.Checkout(t.Context(), h.client, bill, "https://meent.example/bills") })
	}
	all.Wait()
	for _, address := range addresses {
		if address != addresses[0] || address == "" {
			t.Fatalf("several pages: %q", addresses)
		}
	}
	for range 2 {
		h.fillIn(addresses[0])
	}
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	h.balanced(whole())
}

// TestLeftInMidCheckout: who closes the browser pays later, on a new page when
// the old one ran out.
func TestLeftInMidCheckout(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	first := h.checkout(bill)
	if again := h.checkout(bill); again != first {
		t.Errorf("came back to %q, left %q", again, first)
	}
	h.pass(25 * time.Hour)
	h.run()
	if got := h.bill(bill).State; got != payments.BillDue {
		t.Errorf("after the page ran out the bill is %q", got)
	}
	second := h.checkout(bill)
	if second == first {
		t.Fatal("the old page again")
	}
	h.fillIn(first)
	h.fillIn(second)
	h.run()
	h.pass(time.Hour)
	h.run()
	h.balanced(whole())
}

// TestWithoutEvents: a page that ran out unheard is found when somebody pays,
// and money of which nobody told us is asked after.
func TestWithoutEvents(t *testing.T) {
	h := newHouse(t, nil)
	h.deaf = true
	bill := h.billed()
	h.checkout(bill)
	h.pass(25 * time.Hour)
	h.fillIn(h.checkout(bill))
	h.run()
	if got := h.bill(bill).State; got != payments.BillPaying {
		t.Fatalf("without any event the bill is %q", got)
	}
	for range 3 { // paid, sent, arrived
		h.pass(2 * time.Hour)
		h.lookAgain()
		h.run()
	}
	h.stage(payments.StagePaid)
	h.balanced(whole())
}

// TestPayoutThatComesBack: at once, or after it was called paid; the office
// sends it again.
func TestPayoutThatComesBack(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	h.bounce()
	h.run()
	h.stage(payments.StageFailed)
	if faults, err := h.Audit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("after it came back: %v, %v", faults, err)
	}
	back, err := h.Back(t.Context(), h.coordinator)
	if err != nil || len(back) != 1 || back[0].Amount != 6400 || back[0].Member != "anna" {
		t.Fatalf("Back = %+v, %v", back, err)
	}
	if err := h.PayAgain(t.Context(), h.client, back[0].ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a client sends it again: %v", err)
	}
	h.must(h.PayAgain(t.Context(), h.coordinator, back[0].ID))
	var wrong *payments.WrongMove
	if err := h.PayAgain(t.Context(), h.coordinator, back[0].ID); !errors.As(err, &wrong) {
		t.Errorf("and once more: %v", err)
	}
	h.run()
	h.stage(payments.StageMoving)
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	h.balanced(whole())
	h.factsAre("billed", "paid", "pay_failed", "paid")
}

// TestComesBackUnheard: what was called paid is asked after for some days.
func TestComesBackUnheard(t *testing.T) {
	h := newHouse(t, nil)
	h.fillIn(h.checkout(h.billed()))
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	h.deaf = true
	h.pass(4 * 24 * time.Hour)
	h.bounce()
	h.lookAgain()
	h.run()
	h.stage(payments.StageFailed)
}

func (h *house) lookAgain() {
	h.Helper()
	h.tx(func(tx pgx.Tx) error {
		_, err := h.queue.EnqueueTx(h.Context(), tx, payments.LookAgain{}, tasks.Opts{})
		return err
	})
}

// bounce lets the bank send the payout back, days after it was paid.
func (h *house) bounce() {
	h.Helper()
	tag, err := h.db.Exec(h.Context(), `UPDATE stripesim.payout SET metadata = metadata || '{"simulate": "fail_late"}', due_at = created_at WHERE status = 'paid'`)
	h.must(err)
	if tag.RowsAffected() != 1 {
		h.Fatalf("%d payouts came back", tag.RowsAffected())
	}
	h.must(h.sim.Advance(h.Context()))
}

func TestBillTwiceOrBelowTheFloor(t *testing.T) {
	h := newHouse(t, nil)
	h.billed()
	cheap, someday := h.agreed("work-2"), h.agreed("work-3")
	cheap.Rate, someday.Day = 1498, "2031-01-01"
	night, newYear := h.agreed("work-4"), h.agreed("work-5")
	night.Day, night.Until, night.Rate = "2026-06-30", "2026-07-01", 1480
	newYear.Day, newYear.Until = "2026-12-31", "2027-01-01"
	for name, tt := range map[string]struct {
		work payments.Work
		want error
	}{
		"twice": {h.agreed("work-1"), payments.ErrBilled}, "a cent below the floor": {cheap, payments.ErrBelowFloor}, "a day without a figure": {someday, payments.ErrNoFigure},
		"below the floor after midnight": {night, payments.ErrBelowFloor}, "no figure after midnight": {newYear, payments.ErrNoFigure},
	} {
		err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return h.BillTx(t.Context(), tx, h.client.Cooperative, tt.work) })
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

func TestBillsOfOthers(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	for name, by := range map[string]members.Actor{"a rival": h.rival, "another cooperative": h.elsewhere, "the member": h.member} {
		_, _, look := h.Bill(t.Context(), by, bill)
		_, pay := h.Checkout(t.Context(), by, bill, "https://meent.example")
		list, err := h.Bills(t.Context(), by)
		if !errors.Is(look, members.ErrNotFound) || !errors.Is(pay, members.ErrNotFound) || err != nil || len(list) > 0 {
			t.Errorf("%s: %v, %v, %d, %v", name, look, pay, len(list), err)
		}
	}
	if _, _, err := h.Bill(t.Context(), h.coordinator, bill); err != nil {
		t.Errorf("the office: %v", err)
	}
	if _, err := h.Checkout(t.Context(), h.coordinator, bill, "https://meent.example"); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the office pays: %v", err)
	}
	if _, err := h.Earning(t.Context(), h.rival, "work-1"); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a client reads a wage: %v", err)
	}
}

// TestBooksThatForgotTheCheckout: a database that lost its last moments gets the
// money that came for a bill all the same, and asks nobody to pay twice.
func TestBooksThatForgotTheCheckout(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	_, err := h.db.Exec(t.Context(), `UPDATE payments.bill SET state = 'due', checkouts = 0, checkout_id = NULL, checkout_at = NULL`)
	h.must(err)
	h.run()
	if got := h.bill(bill).State; got != payments.BillPaid {
		t.Errorf("the bill is %q", got)
	}
	h.pass(time.Hour)
	h.run()
	h.balanced(whole())
}

// TestMoneyThatNoBillAsksFor is not booked: a human looks at it.
func TestMoneyThatNoBillAsksFor(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	page, err := h.gateway.OpenCheckout(t.Context(), "somebody's own", payments.Checkout{
		Bill: payments.Reference(bill.String()), Lines: []payments.CheckoutLine{{Text: "Ramen lappen", Amount: 100}}, Return: "https://meent.example", Locale: "nl",
	})
	h.must(err)
	foreign, err := h.gateway.OpenCheckout(t.Context(), "another shop's", payments.Checkout{
		Bill: "order-9", Lines: []payments.CheckoutLine{{Text: "Taart", Amount: 2500}}, Return: "https://meent.example", Locale: "nl",
	})
	h.must(err)
	h.fillIn(page.URL)
	h.fillIn(foreign.URL)
	h.run()
	if got := h.bill(bill).State; got != payments.BillDue {
		t.Errorf("a euro made the bill %q", got)
	}
	dead, err := h.queue.Dead(t.Context(), h.coordinator.Cooperative)
	if err != nil || len(dead) != 1 || !strings.Contains(dead[0].Error, "another amount") {
		t.Errorf("Dead = %+v, %v", dead, err)
	}
	if h.ours() != 0 {
		t.Errorf("booked %v", h.ours())
	}
}

// TestMoneyThatIsNotThereYet: a client's money is at hand only days after it
// came. Nobody has to press anything meanwhile.
func TestMoneyThatIsNotThereYet(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.FundsDelay = 5 * 24 * time.Hour })
	h.fillIn(h.checkout(h.billed()))
	h.run()
	for range 6 * 24 {
		h.pass(time.Hour)
		h.run()
	}
	dead, err := h.queue.Dead(t.Context(), id.Cooperative{})
	if err != nil || len(dead) > 0 {
		t.Errorf("Dead = %+v, %v", dead, err)
	}
	h.stage(payments.StagePaid)
	h.balanced(whole())
}

// TestBillThatNobodyCanPay: of more than may be paid at once. Nobody is sent to a page for
// it, and nothing is asked of the gateway; one of no cents, or of less, cannot be.
func TestBillThatNobodyCanPay(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	for _, cents := range []payments.Cents{0, -1} {
		if _, err := h.db.Exec(t.Context(), `UPDATE payments.bill SET total_cents = $1`, cents); err == nil {
			t.Errorf("there is a bill of %v", cents)
		}
	}
	h.sql(`UPDATE payments.bill SET total_cents = $1`, payments.MostAtOnce+1)
	if address, err := h.Checkout(t.Context(), h.client, bill, "https://meent.example"); !errors.Is(err, payments.ErrTooMuch) || address != "" {
		t.Errorf("%q, %v", address, err)
	}
	var asked int
	h.must(h.db.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM stripesim.session) + (SELECT count(*) FROM payments.errand WHERE kind = 'checkout')`).Scan(&asked))
	if got := h.bill(bill).State; asked != 0 || got != payments.BillDue {
		t.Errorf("the gateway was asked %d times, the bill is %q", asked, got)
	}
}
