package payments_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

func onboards(c *stripesim.Config) { c.Onboard = true }

func (h *house) payee() payments.Payee {
	h.Helper()
	p, err := h.SeePayee(h.Context(), h.member)
	h.must(err)
	return p
}

func (h *house) payeeIs(want payments.PayeeState) payments.Payee {
	h.Helper()
	p := h.payee()
	if p.State != want {
		h.Fatalf("the payee is %+v, want %q", p, want)
	}
	return p
}

// onboard fills in the gateway's page as the member does.
func (h *house) onboard(form url.Values) {
	h.Helper()
	address, err := h.StartOnboarding(h.Context(), h.member, "https://meent.example/pay/bank", "https://meent.example/pay/bank?again")
	h.must(err)
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	w, err := browser.PostForm(address, form)
	h.must(err)
	w.Body.Close()
	if w.StatusCode != http.StatusSeeOther || w.Header.Get("Location") != "https://meent.example/pay/bank" {
		h.Fatalf("the gateway's page answered %d to %q", w.StatusCode, w.Header.Get("Location"))
	}
}

const firstIBAN, otherIBAN = "NL39 RABO 0300 0652 64", "NL91 ABNA 0417 1643 00"

func iban(number string) url.Values { return url.Values{"iban": {number}} }

// paidBill is a wage that is due.
func (h *house) paidBill() {
	h.Helper()
	h.fillIn(h.checkout(h.billed()))
	h.run()
}

// account is the member's at the gateway now.
func (h *house) account() (account string) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT account FROM payments.payee WHERE member_id = $1`, h.member.Member).Scan(&account))
	return account
}

func (h *house) accounts() (n int) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT count(*) FROM stripesim.account`).Scan(&n))
	return n
}

// enqueued is how many tasks of this kind there were.
func (h *house) enqueued(t tasks.Task) (n int) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT count(*) FROM tasks.task WHERE kind = $1`, t.Kind()).Scan(&n))
	return n
}

func (h *house) arrives() {
	h.Helper()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
}

// TestMoneyWaitsForDetails: an account is opened when pay is agreed, the member is
// told once, and what is missing; the money goes as soon as they are ready.
func TestMoneyWaitsForDetails(t *testing.T) {
	h := newHouse(t, onboards)
	if p := h.payeeIs(""); p.Ready() || h.accounts() != 0 {
		t.Fatalf("before any pay: %+v, %d accounts", p, h.accounts())
	}
	bill := h.billed()
	h.run()
	p := h.payeeIs(payments.PayeeIncomplete)
	if !slices.Equal(p.Needs, []payments.Need{payments.NeedBank, payments.NeedSelf, payments.NeedTerms}) || p.Waits.Count != 0 || h.accounts() != 1 {
		t.Errorf("agreed: %+v, %d accounts", p, h.accounts())
	}
	h.fillIn(h.checkout(bill))
	h.run()
	if p := h.payeeIs(payments.PayeeIncomplete); p.Waits != (payments.Sum{Count: 1, Amount: 6400}) {
		t.Errorf("paid: %+v", p)
	}
	h.stage(payments.StageWaits)
	n, err := h.WithoutDetails(t.Context(), h.coordinator)
	if err != nil || n != 1 || h.enqueued(payments.PayWaits{}) != 1 || h.enqueued(payments.BankTold{}) != 0 {
		t.Errorf("the office counts %d, %v; told %d times", n, err, h.enqueued(payments.PayWaits{}))
	}
	h.factsAre("billed", "pay_waits")

	h.onboard(url.Values{"later": {"yes"}})
	h.payeeIs(payments.PayeeIncomplete)
	h.onboard(iban(firstIBAN))
	if p := h.payeeIs(payments.PayeeReady); !p.Ready() || len(p.Needs) > 0 {
		t.Errorf("told all: %+v", p)
	}
	h.run()
	h.arrives()
	h.balanced(whole())
	h.factsAre("billed", "pay_waits", "pay_ready", "paid")
	if n, err := h.WithoutDetails(t.Context(), h.coordinator); err != nil || n != 0 || h.enqueued(payments.PayWaits{}) != 1 || h.enqueued(payments.BankTold{}) != 1 {
		t.Errorf("afterwards the office counts %d, %v; told %d and %d times", n, err, h.enqueued(payments.PayWaits{}), h.enqueued(payments.BankTold{}))
	}
	if faults, err := h.Audit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("the books: %v, %v", faults, err)
	}
}

// TestBecomesReadyByAnEvent, without anybody looking; and by the daily look, when
// the event was lost.
func TestBecomesReadyByAnEvent(t *testing.T) {
	for name, deaf := range map[string]bool{"heard": false, "lost": true} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, onboards)
			h.paidBill()
			h.mu.Lock()
			h.deaf = deaf
			h.mu.Unlock()
			h.onboard(iban(firstIBAN))
			h.run()
			if deaf {
				h.stage(payments.StageWaits)
				h.pass(25 * time.Hour)
				h.lookAgain()
				h.run()
				h.pass(time.Hour)
				h.pass(11 * time.Minute)
				h.lookAgain()
				h.run()
				h.stage(payments.StagePaid)
			} else {
				h.arrives()
			}
		})
	}
}

// TestAnotherBankRests: money rests three days, also when nobody told us of the
// change, and goes by itself when the rest is over. The first bank needs none.
func TestAnotherBankRests(t *testing.T) {
	for name, deaf := range map[string]bool{"heard": false, "unheard": true} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, onboards)
			h.onboard(iban(firstIBAN))
			if p := h.payeeIs(payments.PayeeReady); !p.Ready() {
				t.Fatalf("after the first bank: %+v", p)
			}
			bill := h.billed()
			h.pass(2 * time.Minute) // what we saw does not count any more
			h.mu.Lock()
			h.deaf = deaf
			h.mu.Unlock()
			h.must(h.sim.ChangeBank(t.Context(), h.account(), "4300", ""))
			h.fillIn(h.checkout(bill))
			h.run()
			if deaf {
				h.pass(11 * time.Minute)
				h.lookAgain()
				h.run()
			}
			p := h.payeeIs(payments.PayeeReady)
			if until := h.now().Add(payments.Rest); p.Ready() || p.Rests.After(until) || p.Rests.Before(until.Add(-time.Hour)) {
				t.Fatalf("after another bank: %+v, want a rest until about %v", p, until)
			}
			h.stage(payments.StageRests)
			if h.enqueued(payments.BankTold{}) != 2 {
				t.Errorf("told of a bank %d times", h.enqueued(payments.BankTold{}))
			}
			if book, err := h.sim.Book(t.Context()); err != nil || book.Transferred != 0 {
				t.Fatalf("while it rests: %+v, %v", book, err)
			}
			h.pass(71 * time.Hour)
			h.run()
			if book, err := h.sim.Book(t.Context()); err != nil || book.Transferred != 0 {
				t.Fatalf("an hour before it is over: %+v, %v", book, err)
			}
			h.pass(2 * time.Hour)
			h.run()
			h.pass(2 * time.Hour)
			h.lookAgain()
			h.run()
			h.stage(payments.StagePaid)
			h.balanced(whole())
		})
	}
}

// TestADetourIsAChange: a bank that was taken away and comes back as another, and
// a new account after one that is gone, rest like any other change.
func TestADetourIsAChange(t *testing.T) {
	h := newHouse(t, onboards)
	h.onboard(iban(firstIBAN))
	h.payeeIs(payments.PayeeReady)
	old := h.account()
	h.must(h.sim.Leave(t.Context(), old))
	h.run()
	h.payeeIs(payments.PayeeGone)
	h.onboard(iban(firstIBAN))
	if p := h.payeeIs(payments.PayeeReady); p.Ready() || h.account() == old || h.accounts() != 2 {
		t.Errorf("after an account that is gone: %+v, %d accounts", p, h.accounts())
	}
}

// TestAnotherWayInRests: after a change of how the member signs in nothing is sent
// for three days; of somebody else's, at once.
func TestAnotherWayInRests(t *testing.T) {
	h := newHouse(t, nil)
	deed := func(who members.Actor, what string) {
		h.tx(func(tx pgx.Tx) error {
			return h.people.AuditTx(t.Context(), tx, members.Deed{By: who, For: who.Person, What: what})
		})
	}
	deed(h.client, "passkey_added")
	deed(h.member, "card_used")
	bill := h.billed()
	h.run()
	if p := h.payee(); !p.Ready() {
		t.Fatalf("after another's passkey, and a card: %+v", p)
	}
	deed(h.member, "passkey_added")
	h.fillIn(h.checkout(bill))
	h.run()
	p := h.payeeIs(payments.PayeeReady)
	if !p.Rests.Equal(h.now().Add(payments.Rest)) {
		t.Errorf("after a passkey: %+v", p)
	}
	if until, err := h.RestsOf(t.Context(), h.member.Person); err != nil || !until.Equal(p.Rests) {
		t.Errorf("of the person: %v, %v", until, err)
	}
	if until, err := h.RestsOf(t.Context(), h.client.Person); err != nil || !until.IsZero() {
		t.Errorf("of who is paid nothing: %v, %v", until, err)
	}
	h.stage(payments.StageRests)
	h.pass(70 * time.Hour)
	deed(h.member, "email_changed") // it begins anew
	h.pass(3 * time.Hour)
	h.run()
	if book, err := h.sim.Book(t.Context()); err != nil || book.Transferred != 0 {
		t.Fatalf("a second change: %+v, %v", book, err)
	}
	h.pass(70 * time.Hour)
	h.run()
	h.arrives()
	h.balanced(whole())
}

// TestTheGatewayWantsSomething of who was ready: money waits again, and they are
// told again.
func TestTheGatewayWantsSomething(t *testing.T) {
	h := newHouse(t, onboards)
	h.onboard(url.Values{"iban": {firstIBAN}, "simulate": {"proof"}})
	if p := h.payeeIs(payments.PayeeRestricted); !slices.Equal(p.Needs, []payments.Need{payments.NeedProof}) {
		t.Errorf("asked for a document: %+v", p)
	}
	h.must(h.sim.Ask(t.Context(), h.account()))
	h.run()
	h.payeeIs(payments.PayeeReady)
	h.must(h.sim.Ask(t.Context(), h.account(), "individual.verification.document"))
	h.run()
	h.payeeIs(payments.PayeeRestricted)
	h.paidBill()
	h.stage(payments.StageWaits)
	if h.enqueued(payments.PayWaits{}) != 1 {
		t.Errorf("told %d times", h.enqueued(payments.PayWaits{}))
	}
	h.must(h.sim.Ask(t.Context(), h.account()))
	h.run()
	h.arrives()
}

// TestWhoMayStart: nobody for somebody else, and a coach not for a member.
func TestWhoMayStart(t *testing.T) {
	h := newHouse(t, onboards)
	helped := h.member
	helped.Helper = members.Helper{Role: h.coordinator.Role, Person: h.coordinator.Person}
	for name, by := range map[string]members.Actor{"the office": h.coordinator, "a client": h.client, "who acts for the member": helped} {
		if _, err := h.StartOnboarding(t.Context(), by, "https://meent.example/a", "https://meent.example/b"); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s starts: %v", name, err)
		}
		if _, err := h.SeePayee(t.Context(), by); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s looks: %v", name, err)
		}
	}
	var refused *members.NotGranted
	if _, err := h.PayeeOf(t.Context(), h.coordinator, h.member.Member); !errors.As(err, &refused) {
		t.Errorf("without a grant: %v", err)
	}
	if _, err := h.WithoutDetails(t.Context(), h.member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a member counts: %v", err)
	}
	if h.accounts() != 0 {
		t.Errorf("%d accounts", h.accounts())
	}
}

// TestTappedTwice: two taps at once lead to two pages of one account.
func TestTappedTwice(t *testing.T) {
	h := newHouse(t, onboards)
	done := make(chan string)
	for range 2 {
		go func() {
			address, _ := h.StartOnboarding(t.Context(), h.member, "https://meent.example/a", "https://meent.example/b")
			done <- address
		}()
	}
	one, two := <-done, <-done
	if one == "" || two == "" || one == two || h.accounts() != 1 {
		t.Errorf("%q and %q, %d accounts", one, two, h.accounts())
	}
}

// TestForgottenAccount: a database that was put back finds the account that was
// opened, and no second one is made.
func TestForgottenAccount(t *testing.T) {
	h := newHouse(t, onboards)
	h.onboard(iban(firstIBAN))
	before := h.account()
	for _, query := range []string{`DELETE FROM payments.payee`, `DELETE FROM payments.errand`} {
		_, err := h.db.Exec(t.Context(), query)
		h.must(err)
	}
	_, err := h.db.Exec(t.Context(), `INSERT INTO payments.stop (id, cooperative_id, cause, since, lifted_at) VALUES (gen_random_uuid(), $1, 'restored', $2, $2)`,
		h.member.Cooperative, h.now())
	h.must(err)
	h.pass(25 * time.Hour) // no key is known any more
	h.billed()
	h.run()
	if h.account() != before || h.accounts() != 1 {
		t.Errorf("found %q, had %q; %d accounts", h.account(), before, h.accounts())
	}
}

// TestPayeesOfBefore go on working: they are looked at before anything else.
func TestPayeesOfBefore(t *testing.T) {
	h := newHouse(t, nil)
	account, err := h.gateway.OpenAccount(t.Context(), "account:"+h.member.Member.String(), payments.Reference(h.member.Member.String()))
	h.must(err)
	_, err = h.db.Exec(t.Context(), `INSERT INTO payments.payee (cooperative_id, member_id, account, changed_at) VALUES ($1, $2, $3, now())`,
		h.member.Cooperative, h.member.Member, account)
	h.must(err)
	h.paidBill()
	h.arrives()
	if h.enqueued(payments.BankTold{}) != 0 || h.enqueued(payments.PayWaits{}) != 0 {
		t.Errorf("told of a bank %d times, of waiting %d times", h.enqueued(payments.BankTold{}), h.enqueued(payments.PayWaits{}))
	}
}

// TestAccountThatIsGone with money on it: nothing is sent twice or elsewhere, the
// office sees it, and what comes later waits for a new account.
func TestAccountThatIsGone(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.FundsDelay = 5 * 24 * time.Hour }) // it gets there, and not further
	h.paidBill()
	old := h.account()
	if book, err := h.sim.Book(t.Context()); err != nil || book.Transferred != 6400 || book.PaidOut != 0 {
		t.Fatalf("on its way: %+v, %v", book, err)
	}
	if list, err := h.Stranded(t.Context(), h.coordinator); err != nil || len(list) > 0 {
		t.Errorf("before: %+v, %v", list, err)
	}
	h.pass(time.Minute)
	left := h.now()
	h.must(h.sim.Leave(t.Context(), old))
	h.run()
	p := h.payeeIs(payments.PayeeGone)
	list, err := h.Stranded(t.Context(), h.coordinator)
	if err != nil || len(list) != 1 || list[0].Amount != 6400 || list[0].Member != "anna" || h.enqueued(payments.PayWaits{}) != 1 {
		t.Errorf("gone: %+v, %+v, %v; told %d times", p, list, err, h.enqueued(payments.PayWaits{}))
	}
	if _, err := h.Stranded(t.Context(), h.member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a member lists it: %v", err)
	}
	h.onboard(iban(firstIBAN))
	h.run()
	later := h.agreed("work-2")
	later.Worked = time.Hour
	h.tx(func(tx pgx.Tx) error { return h.BillTx(t.Context(), tx, h.client.Cooperative, later) })
	bills, err := h.Bills(t.Context(), h.client)
	h.must(err)
	h.fillIn(h.checkout(bills[0].ID)) // what is not paid comes first
	h.run()
	for range 4 {
		h.pass(48 * time.Hour)
		h.lookAgain()
		h.run()
	}
	if e, err := h.Earning(t.Context(), h.member, "work-2"); err != nil || e.Stage() != payments.StagePaid {
		t.Errorf("the later wage: %+v, %v", e, err)
	}
	if p := h.payee(); !p.Ready() || h.account() == old {
		t.Errorf("with a new account: %+v", p)
	}
	if list, err := h.Stranded(t.Context(), h.coordinator); err != nil || len(list) != 1 {
		t.Errorf("with a new account: %+v, %v", list, err)
	}
	if book, err := h.sim.Book(t.Context()); err != nil || book.Transferred != 8000 || book.PaidOut != 1600 || book.Accounts[old] != 6400 {
		t.Errorf("at the end: %+v, %v", book, err)
	}
	var tried int // the money of before cannot be sent from the new account
	if h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.errand e JOIN payments.payout o ON e.subject LIKE o.id || ':%' JOIN payments.bill_line l ON l.id = o.line_id
		JOIN payments.bill b ON b.id = l.bill_id WHERE b.ref = 'work-1' AND e.kind = 'payout' AND e.last_at > $1`, left).Scan(&tried)); tried > 0 {
		t.Errorf("what is stranded was sent")
	}
	if faults, err := h.Audit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("the books: %v, %v", faults, err)
	}
}

// TestAccountGoesWhileTheBankHasIt: nobody says any more whether it came, and
// nobody asks for ever.
func TestAccountGoesWhileTheBankHasIt(t *testing.T) {
	h := newHouse(t, nil)
	h.paidBill()
	h.must(h.sim.Leave(t.Context(), h.account()))
	h.deaf = true // nor of that
	for range 3 {
		h.pass(2 * time.Hour)
		h.lookAgain()
		h.run()
	}
	h.payeeIs(payments.PayeeGone)
	if list, err := h.Stranded(t.Context(), h.coordinator); err != nil || len(list) != 1 {
		t.Errorf("the office sees %+v, %v", list, err)
	}
	var failures int
	if h.must(h.db.QueryRow(t.Context(), `SELECT coalesce(sum(failures), 0) FROM tasks.task`).Scan(&failures)); failures > 0 {
		t.Errorf("%d tries failed", failures)
	}
}
