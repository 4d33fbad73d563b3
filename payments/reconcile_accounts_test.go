package payments_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/payments"
	"meent/payments/stripesim"
)

// manyAccounts are members with an account at the gateway, whose numbers are in order.
func (h *house) manyAccounts(n int) {
	h.Helper()
	for i := range n {
		m := h.newMember(h.client.Cooperative, fmt.Sprintf("lid%d", i))
		h.sql(`INSERT INTO payments.payee (cooperative_id, member_id, account, changed_at) VALUES ($1, $2, $3, $4)`, m.Cooperative, m.Member, fmt.Sprintf("acct_%03d", i), h.now())
	}
}

// TestBooksOfManyOnASlowGateway: there is no time for all members' accounts at once. Those
// that were asked are compared, the others by the next task, and none twice; the books are
// called compared when all are.
func TestBooksOfManyOnASlowGateway(t *testing.T) {
	const many = 30
	h := newHouse(t, nil)
	h.manyAccounts(many)
	h.sql(`INSERT INTO payments.difference (id, cooperative_id, kind, thing, about, subject, outside, ours_cents, theirs_cents, found_at, seen_at, confirmed_at)
		SELECT gen_random_uuid(), cooperative_id, 'account', 'account:' || member_id, 'member', member_id, account, 5, 0, $1, $1, $1
		FROM payments.payee WHERE account = 'acct_029'`, h.now()) // it is the last, and over
	h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: "/v1/balance", Reads: true, Rates: map[stripesim.Fault]float64{stripesim.Slow: 1}, Slow: 200 * time.Millisecond}))
	short, end := context.WithTimeout(t.Context(), 7900*time.Millisecond) // half of it is less than twenty take
	defer end()
	finish, err := h.Reconcile(short, "", payments.Reconcile{Whole: true})
	h.must(err)
	h.tx(func(tx pgx.Tx) error { return finish(t.Context(), tx) })
	asked := func() int64 { return h.sim.Fell()[stripesim.Slow] }
	if n := asked(); n >= many {
		t.Fatalf("%d balances were asked for at once: there was time for all", n)
	}
	h.differences("account member 5 0")
	board := func() payments.Board {
		b, err := h.Board(t.Context(), h.coordinator)
		h.must(err)
		return b
	}
	if b := board(); !b.WholeAt.IsZero() || !b.LookedAt.IsZero() {
		t.Errorf("the books are called compared: %+v", b)
	}
	began := h.now()
	h.pass(time.Second)
	h.run()
	h.differences()
	if b := board(); !b.WholeAt.Equal(began) || !b.LookedAt.Equal(began) {
		t.Errorf("the books were compared at %v, of which all at %v; want when it began", b.LookedAt, b.WholeAt)
	}
	if n := asked(); n > many+10 { // the shared account, and what changed it, are not members'
		t.Errorf("%d balances were asked for, of %d members", n, many)
	}
}

// TestBooksOfAnAccountThatIsGone: the gateway says nothing of it any more, and nobody
// else's books wait for that. What our books have there is a difference.
func TestBooksOfAnAccountThatIsGone(t *testing.T) {
	h := paidOut(t)
	h.must(h.sim.Leave(t.Context(), h.account()))
	h.run()
	finish, err := h.FillGaps(t.Context(), "", payments.FillGaps{})
	h.must(err)
	if finish != nil {
		h.tx(func(tx pgx.Tx) error { return finish(t.Context(), tx) })
	}
	h.look(true)
	h.pass(20 * time.Minute)
	h.look(true)
	h.differences()
	_, err = h.Post(t.Context(), h.client.Cooperative, payments.Entry{Key: "left there", Cause: "other", Postings: []payments.Posting{
		{Source: payments.CoopBank, Destination: payments.MemberAccount(h.member.Member, payments.AtGateway), Amount: 700}}})
	h.must(err)
	h.lookTwice()
	h.differences("account member 700 0")
}

// TestBooksOfSomeAtATime: a difference of one is found, and stays one, whichever of many
// it is; nobody else's is closed by that.
func TestBooksOfSomeAtATime(t *testing.T) {
	h := newHouse(t, nil)
	h.manyAccounts(41)
	owe := func(account string, cents payments.Cents) {
		t.Helper()
		var m string
		h.must(h.db.QueryRow(t.Context(), `SELECT member_id::text FROM payments.payee WHERE account = $1`, account).Scan(&m))
		_, err := h.Post(t.Context(), h.client.Cooperative, payments.Entry{Key: account + fmt.Sprint(cents), Cause: "other", Postings: []payments.Posting{
			{Source: payments.CoopBank, Destination: payments.Account("member:" + m + ":stripe"), Amount: cents}}})
		h.must(err)
	}
	owe("acct_000", 1)
	owe("acct_020", 2)
	owe("acct_040", 3)
	h.look(true)
	h.pass(20 * time.Minute)
	h.look(true)
	h.differences("account member 1 0", "account member 2 0", "account member 3 0")
	h.look(false) // those that differ are looked at each time
	h.differences("account member 1 0", "account member 2 0", "account member 3 0")
	h.sql(`DELETE FROM payments.payee WHERE account = 'acct_020'`) // they left long ago
	h.look(false)
	h.differences("account member 1 0", "account member 3 0")
}

// underWay is a member who was paid, and so many others for whom something is under way
// on accounts of which the gateway knows none.
func (h *house) underWay(many int) {
	h.Helper()
	h.paidFor("work-1")
	h.manyAccounts(many)
	h.sql(`WITH line AS (
			INSERT INTO payments.bill_line (id, cooperative_id, bill_id, member_id, kind, cents)
			SELECT gen_random_uuid(), l.cooperative_id, l.bill_id, e.member_id, 'wage', 1 FROM payments.payee e, payments.bill_line l
			WHERE e.account LIKE 'acct_0%' AND l.kind = 'wage' RETURNING *)
		INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at)
		SELECT gen_random_uuid(), cooperative_id, id, member_id, cents, 'due', $1 FROM line`, h.now())
}

// next ends a task that asks for events, and gives the one that goes on.
func (h *house) next(finish func(context.Context, pgx.Tx) error, task *payments.FillGaps) {
	h.Helper()
	h.tx(func(tx pgx.Tx) error { return finish(h.Context(), tx) })
	var payload []byte
	h.must(h.db.QueryRow(h.Context(), `DELETE FROM tasks.task WHERE kind = $1 RETURNING payload`, task.Kind()).Scan(&payload))
	h.must(json.Unmarshal(payload, task))
}

// TestGapsOfManyOnASlowGateway: there is no time for the events of all members' accounts
// at once. The next task goes on and asks nobody twice, also where a clock is behind.
func TestGapsOfManyOnASlowGateway(t *testing.T) {
	const many = 12
	h := newHouse(t, nil)
	h.underWay(many)
	h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: "/v1/events", Reads: true, Rates: map[stripesim.Fault]float64{stripesim.Slow: 1}, Slow: 200 * time.Millisecond}))
	asked := func() int64 { return h.sim.Fell()[stripesim.Slow] }
	short, end := context.WithTimeout(t.Context(), 2900*time.Millisecond) // half of it is less than eight take
	defer end()
	next := payments.FillGaps{}
	goOn := func(ctx context.Context) (more bool) {
		t.Helper()
		finish, err := h.FillGaps(ctx, "", next)
		h.must(err)
		if finish == nil {
			return false
		}
		h.next(finish, &next)
		return true
	}
	if !goOn(short) || asked() > many {
		t.Fatalf("%d accounts were asked at once: there was time for all", asked())
	}
	h.pass(-time.Minute)
	for goOn(t.Context()) {
	}
	if n := asked(); n != many+2 { // the shared account and that of the member who was paid
		t.Errorf("%d accounts were asked, of %d", n, many+2)
	}
}
