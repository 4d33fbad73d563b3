package payments_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

func (h *house) complain(of stripesim.Complaint) string {
	h.Helper()
	d, err := h.sim.Complain(h.Context(), of)
	h.must(err)
	h.run()
	return d
}

// one is the one dispute that there is.
func (h *house) dispute() payments.Dispute {
	h.Helper()
	list, err := h.Disputes(h.Context(), h.coordinator)
	if err != nil || len(list) != 1 {
		h.Fatalf("Disputes = %+v, %v", list, err)
	}
	return list[0]
}

// TestDispute: what the bank takes is carried by the bill's contribution, the fund
// and a loss, never by the wage; it comes back, or is the client's for good.
func TestDispute(t *testing.T) {
	for _, end := range []string{"won", "lost"} {
		h := newHouse(t, nil)
		bill, charge := h.paid()
		h.fund(100)
		id := h.complain(stripesim.Complaint{Charge: charge})
		d := h.dispute()
		if d.State != payments.DisputeOpen || d.Withdrawn != 7040 || d.Fee != 2000 || d.Until.IsZero() || d.Reason != "fraudulent" {
			t.Fatalf("the dispute is %+v", d)
		}
		back, bank := payments.ClientBack(h.client.Client), payments.MemberAccount(h.member.Member, payments.AtBank)
		h.has(t, map[payments.Account]payments.Cents{payments.Disputed: 7040, payments.Contribution: 0, payments.Fund: 0, payments.Loss: -6400, bank: 6400, payments.Costs: -2131})
		h.same(t)
		if got := h.bill(bill).Shown(); got != payments.BillDisputed {
			t.Errorf("the bill is shown %q", got)
		}
		if _, err := h.refund(h.coordinator, bill, 100); !errors.Is(err, payments.ErrDisputed) {
			t.Errorf("a refund meanwhile: %v", err)
		}
		h.must(h.sim.Decide(t.Context(), id, end))
		h.run()
		want := map[payments.Account]payments.Cents{payments.Disputed: 0, payments.Contribution: 540, payments.Fund: 100, payments.Loss: 0, back: 0, bank: 6400}
		if end == "lost" {
			want = map[payments.Account]payments.Cents{payments.Disputed: 0, payments.Contribution: 0, payments.Fund: 0, payments.Loss: -6400, back: 7040, bank: 6400}
		}
		h.has(t, want)
		h.same(t)
		h.stage(payments.StagePaid)
		if got := string(h.dispute().State); got != end {
			t.Errorf("it is %q", got)
		}
		if !slices.Equal(h.told, []string{"disputed", end}) {
			t.Errorf("told %q", h.told)
		}
	}
}

// TestDisputeEvents come late, twice and in any order: each order gives the same.
func TestDisputeEvents(t *testing.T) {
	h := newHouse(t, nil)
	_, charge := h.paid()
	id := h.complain(stripesim.Complaint{Charge: charge, Amount: 5000})
	h.must(h.sim.Decide(t.Context(), id, "lost"))
	h.run()
	want := map[payments.Account]payments.Cents{}
	for _, a := range []payments.Account{payments.Disputed, payments.Contribution, payments.Loss, payments.Costs, payments.ClientBack(h.client.Client)} {
		got, err := h.Balances(t.Context(), h.coordinator, a)
		h.must(err)
		want[a] = got[a]
	}
	if want[payments.ClientBack(h.client.Client)] != 5000 {
		t.Fatalf("lost: %v", want)
	}
	var events []string
	rows, err := h.db.Query(t.Context(), `SELECT id FROM payments.event WHERE kind LIKE 'charge.%' OR kind LIKE 'refund.%'`)
	h.must(err)
	for rows.Next() {
		var e string
		h.must(rows.Scan(&e))
		events = append(events, e)
	}
	if len(events) < 3 {
		t.Fatalf("events %q", events)
	}
	shuffle := rand.New(rand.NewPCG(1, 2))
	for range 4 {
		shuffle.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		_, err := h.db.Exec(t.Context(), `DELETE FROM payments.event`) // as if none had come
		h.must(err)
		h.must(h.sim.Resend(t.Context(), append(events, events[0])...))
		h.run()
		h.has(t, want)
		h.same(t)
	}
}

// TestUnrulyDispute: all events doubled and shuffled, also with that of the payment.
func TestUnrulyDispute(t *testing.T) {
	for _, end := range []string{"won", "lost"} {
		h := newHouse(t, func(c *stripesim.Config) { c.Unruly = true })
		_, charge := h.paid()
		id, err := h.sim.Complain(t.Context(), stripesim.Complaint{Charge: charge})
		h.must(err)
		h.must(h.sim.Decide(t.Context(), id, end)) // before we hear anything
		h.run()
		if d := h.dispute(); string(d.State) != end || d.Withdrawn != 7040 {
			t.Errorf("it is %+v", d)
		}
		h.same(t)
	}
}

// TestQuestion: a bank that only asks takes nothing; it ends, or becomes a dispute.
func TestQuestion(t *testing.T) {
	for _, end := range []string{"warning_closed", "escalate"} {
		h := newHouse(t, nil)
		bill, charge := h.paid()
		id := h.complain(stripesim.Complaint{Charge: charge, Asks: true})
		if d := h.dispute(); d.State != payments.DisputeWarning || d.Withdrawn != 0 {
			t.Fatalf("it is %+v", d)
		}
		h.has(t, map[payments.Account]payments.Cents{payments.Disputed: 0, payments.Contribution: 640})
		if _, err := h.refund(h.coordinator, bill, 40); err != nil {
			t.Errorf("a refund meanwhile: %v", err)
		}
		h.run()
		h.must(h.sim.Decide(t.Context(), id, end))
		h.run()
		h.same(t)
		switch d := h.dispute(); {
		case end == "escalate" && (d.State != payments.DisputeOpen || d.Withdrawn != 7000):
			t.Errorf("it became %+v", d)
		case end != "escalate" && (d.State != payments.DisputeClosed || d.Withdrawn != 0 || d.ClosedAt.IsZero()):
			t.Errorf("it ended as %+v", d)
		}
	}
}

// TestAnswerToBank: what leaves, what does not, and that it leaves once.
func TestAnswerToBank(t *testing.T) {
	h := newHouse(t, nil)
	_, charge := h.paid()
	h.complain(stripesim.Complaint{Charge: charge, Reason: "product_not_received"})
	d := h.dispute()
	const text = "winning_evidence"
	other := h.coordinator
	other.Cooperative = h.elsewhere.Cooperative
	for name, tt := range map[string]struct {
		by   members.Actor
		text string
		ok   func(error) bool
	}{
		"nothing":             {h.coordinator, " ", func(err error) bool { return hasProblem(err, "text", "missing") }},
		"too long":            {h.coordinator, strings.Repeat("a", payments.MostAnswer+1), func(err error) bool { return hasProblem(err, "text", "too_long") }},
		"the member by name":  {h.coordinator, "Het werk is gedaan door Anna, op 20 november.", func(err error) bool { return hasProblem(err, "text", "names_member") }},
		"a client":            {h.client, text, isNotFound},
		"another cooperative": {other, text, func(err error) bool { return err != nil }},
	} {
		if err := h.AnswerDispute(t.Context(), tt.by, d.ID, tt.text); !tt.ok(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.must(h.AnswerDispute(t.Context(), h.coordinator, d.ID, text))
	if err := h.AnswerDispute(t.Context(), h.coordinator, d.ID, text); !errors.Is(err, payments.ErrNoAnswer) {
		t.Errorf("twice: %v", err)
	}
	h.run()
	if d := h.dispute(); d.AnswerState != payments.SentSent || !d.Answered || d.AnswerName != "noor" || d.State != payments.DisputeOpen {
		t.Errorf("it is %+v", d)
	}
	var said string
	h.must(h.db.QueryRow(t.Context(), `SELECT evidence::text FROM stripesim.dispute`).Scan(&said))
	if !strings.Contains(said, text) {
		t.Errorf("the bank reads %q", said)
	}
	h.pass(10 * 24 * time.Hour) // the simulator's bank decides
	h.run()
	h.lookAgain()
	h.run()
	if d := h.dispute(); d.State != payments.DisputeWon {
		t.Errorf("it is %q", d.State)
	}
	h.same(t)
}

// TestAcceptDispute: at once up to the limit, above it two people; either may stop
// that.
func TestAcceptDispute(t *testing.T) {
	h := newHouse(t, nil)
	_, charge := h.paid()
	lot := h.secondOffice()
	_, err := h.db.Exec(t.Context(), `INSERT INTO payments.policy VALUES ($1, 1000, 1, 1, 1, 1)`, h.coordinator.Cooperative)
	h.must(err)
	h.complain(stripesim.Complaint{Charge: charge})
	d := h.dispute()
	accept := func(by members.Actor) error { return h.AcceptDispute(t.Context(), by, d.ID) }
	h.must(accept(h.coordinator))
	h.run()
	if got := h.dispute(); got.State != payments.DisputeOpen || got.AcceptState != payments.SentAsked {
		t.Fatalf("after one yes it is %+v", got)
	}
	if err := accept(h.coordinator); !errors.Is(err, payments.ErrOwnBack) {
		t.Errorf("one's own second yes: %v", err)
	}
	h.must(h.KeepDispute(t.Context(), lot, d.ID))
	if err := h.KeepDispute(t.Context(), lot, d.ID); !errors.Is(err, payments.ErrBackDecided) {
		t.Errorf("keeping what nobody gives away: %v", err)
	}
	h.must(accept(h.coordinator))
	h.must(accept(lot))
	h.run()
	if got := h.dispute(); got.State != payments.DisputeLost || got.AcceptState != payments.SentSent || got.AcceptSecond != "lot" {
		t.Errorf("after two it is %+v", got)
	}
	if err := accept(lot); !errors.Is(err, payments.ErrBackDecided) {
		t.Errorf("again: %v", err)
	}
	h.has(t, map[payments.Account]payments.Cents{payments.ClientBack(h.client.Client): 7040})
	h.same(t)
}

// TestForeignDispute: a charge that is no bill of ours, and an event of a member's
// account, move nothing.
func TestForeignDispute(t *testing.T) {
	h := newHouse(t, nil)
	page, err := h.gateway.OpenCheckout(t.Context(), "another shop's", payments.Checkout{
		Bill: "order-9", Lines: []payments.CheckoutLine{{Text: "Taart", Amount: 2500}}, Return: "https://meent.example", Locale: "nl",
	})
	h.must(err)
	h.fillIn(page.URL)
	h.run()
	var charge string
	h.must(h.db.QueryRow(t.Context(), `SELECT id FROM stripesim.charge`).Scan(&charge))
	id := h.complain(stripesim.Complaint{Charge: charge})
	h.must(h.sim.Decide(t.Context(), id, "lost"))
	h.run()
	if list, err := h.Disputes(t.Context(), h.coordinator); err != nil || len(list) > 0 {
		t.Errorf("Disputes = %+v, %v", list, err)
	}
	if h.ours() != 0 {
		t.Errorf("booked %v", h.ours())
	}
}

// TestBackCrashes: whatever ends in the middle, doubles or gets lost, each cent
// goes back once.
func TestBackCrashes(t *testing.T) {
	for seed := range uint64(3) {
		h := newHouse(t, func(c *stripesim.Config) { c.Unruly = true })
		bill, charge := h.paid()
		h.loseLuck(&luck{rnd: rand.New(rand.NewPCG(seed, 11))})
		r, err := h.refund(h.coordinator, bill, 1000)
		h.must(err)
		for again := 200; h.refundState(r) != "done"; again-- {
			if again == 0 {
				t.Fatalf("seed %d: the refund is %q", seed, h.refundState(r))
			}
			h.pass(20 * time.Minute)
			h.lookAgain()
			h.run()
		}
		id, err := h.sim.Complain(t.Context(), stripesim.Complaint{Charge: charge})
		h.must(err)
		h.must(h.sim.Decide(t.Context(), id, "lost"))
		for again := 200; ; again-- {
			if list, err := h.Disputes(t.Context(), h.coordinator); err == nil && len(list) == 1 && list[0].State == payments.DisputeLost {
				break
			} else if again == 0 {
				t.Fatalf("seed %d: %+v, %v", seed, list, err)
			}
			h.pass(20 * time.Minute)
			h.run()
		}
		h.has(t, map[payments.Account]payments.Cents{payments.ClientBack(h.client.Client): 7040, payments.Disputed: 0})
		h.same(t)
	}
}
