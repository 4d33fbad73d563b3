package payments_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/payments"
)

// bookByHand posts so many things that the gateway knows nothing of.
func (h *house) bookByHand(name string, n int) {
	h.Helper()
	list := make([]payments.Entry, n)
	for i := range list {
		list[i] = payments.Entry{Key: fmt.Sprint("manual:", name, i), Cause: "other",
			Postings: []payments.Posting{{Source: payments.CoopBank, Destination: payments.Costs, Amount: 700}}}
	}
	_, err := h.Post(h.Context(), h.client.Cooperative, list...)
	h.must(err)
}

// notedThings is how many differ, sure or not.
func (h *house) notedThings() (n int) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT count(*) FROM payments.difference WHERE closed_at IS NULL AND thing LIKE 'ours:%'`).Scan(&n))
	return n
}

// hurried plays a task that is kept waiting for longer than its stint is by another one
// that compares, and gives back what it left.
func (h *house) hurried(task payments.Reconcile) payments.Reconcile {
	h.Helper()
	const stint = time.Second
	holder, err := h.db.Begin(h.Context())
	h.must(err)
	defer holder.Rollback(context.Background())
	_, err = holder.Exec(h.Context(), `SELECT pg_advisory_xact_lock(hashtext('payments.reconcile'))`)
	h.must(err)
	let := time.AfterFunc(stint+100*time.Millisecond, func() { holder.Rollback(context.Background()) })
	defer let.Stop()
	ctx, end := context.WithTimeout(h.Context(), 2*stint)
	defer end()
	finish, err := h.Reconcile(ctx, "", task)
	h.must(err)
	h.tx(func(tx pgx.Tx) error { return finish(h.Context(), tx) })
	var rest payments.Reconcile
	h.must(h.db.QueryRow(h.Context(), `SELECT payload FROM tasks.task WHERE kind = $1 AND due_at <= $2`, task.Kind(), h.now()).Scan(&rest))
	return rest
}

// TestBooksOfSomeThingsAtATime: there is no time to compare all things of ours at once.
// Those that were compared are noted, the others by the next task, and none twice; what is
// posted meanwhile is compared too.
func TestBooksOfSomeThingsAtATime(t *testing.T) {
	t.Parallel()
	const all, late = 230, 3
	h := newHouse(t, nil)
	h.bookByHand("early", all)
	h.pass(5 * time.Minute)
	rest := h.hurried(payments.Reconcile{Whole: true})
	first := h.notedThings()
	if first == 0 || first > all/2 || rest.Thing == "" {
		t.Fatalf("%d of %d were compared, and it goes on after %q", first, all, rest.Thing)
	}
	h.sql(`DELETE FROM payments.difference`)
	h.bookByHand("late", late)
	finish, err := h.Reconcile(t.Context(), "", rest)
	h.must(err)
	h.tx(func(tx pgx.Tx) error { return finish(t.Context(), tx) })
	if n := h.notedThings(); n != all-first+late {
		t.Errorf("%d differ at the end; want the %d that were left, and %d that came", n, all-first, late)
	}
	h.pass(20 * time.Minute)
	h.look(true)
	h.look(true)
	if n := h.notedThings(); n != all+late {
		t.Errorf("%d differ after one more look, want %d", n, all+late)
	}
}
