package payments_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/payments"
)

// slowPages is a gateway of the shared account that needs a while for each page, and has one
// thing on each. What is asked for is kept.
type slowPages struct {
	payments.Gateway
	asked []string // after what
}

const slowPage = 200 * time.Millisecond

func (s *slowPages) Events(ctx context.Context, account string, since time.Time, after string) ([]payments.Event, bool, error) {
	if account != "" {
		return s.Gateway.Events(ctx, account, since, after)
	}
	s.ask(after)
	list, _, err := s.Gateway.Events(ctx, account, since, "")
	at := slices.IndexFunc(list, func(e payments.Event) bool { return e.ID == after }) + 1
	return list[at:min(at+1, len(list))], at+1 < len(list), err
}

func (s *slowPages) BalanceChanges(ctx context.Context, account string, since time.Time, after string) ([]payments.BalanceChange, bool, error) {
	s.ask(after)
	list, _, err := s.Gateway.BalanceChanges(ctx, account, since, "")
	at := slices.IndexFunc(list, func(c payments.BalanceChange) bool { return c.ID == after }) + 1
	return list[at:min(at+1, len(list))], at+1 < len(list), err
}

func (s *slowPages) ask(after string) {
	s.asked = append(s.asked, after)
	time.Sleep(slowPage)
}

// inStints plays a task, and those that go on where it ended, each with time for a few
// pages. Between the first and the second something happens.
func inStints[T interface{ Kind() string }](h *house, task T, handle func(context.Context, string, T) (func(context.Context, pgx.Tx) error, error), meanwhile func()) (stints int) {
	h.Helper()
	for {
		short, end := context.WithTimeout(h.Context(), 2*4*slowPage)
		finish, err := handle(short, "", task)
		end()
		h.must(err)
		if stints++; finish == nil {
			return stints
		}
		h.tx(func(tx pgx.Tx) error { return finish(h.Context(), tx) })
		var payload []byte
		const next = `DELETE FROM tasks.task WHERE kind = $1 AND due_at <= $2 RETURNING payload`
		if err := h.db.QueryRow(h.Context(), next, task.Kind(), h.now()).Scan(&payload); err == pgx.ErrNoRows {
			return stints
		} else {
			h.must(err)
		}
		var rest T
		h.must(json.Unmarshal(payload, &rest))
		if task = rest; stints == 1 {
			meanwhile()
		}
	}
}

// TestEventsInStints: of the shared account each event is asked for once, however often
// another task goes on; what happens meanwhile is for the next that begins.
func TestEventsInStints(t *testing.T) {
	h := newHouse(t, nil)
	h.paidFor("work-1")
	slow := &slowPages{Gateway: h.gateway}
	service := payments.New(h.db, h.queue, h.people, slow, h.now, nil)
	there := h.eventsThere()
	h.sql(`DELETE FROM payments.event`)
	stints := inStints(h, payments.FillGaps{}, service.FillGaps, func() {
		h.paidFor("work-2")
		h.sql(`DELETE FROM payments.event WHERE NOT id = ANY ($1)`, there)
		h.pass(2 * time.Hour)
	})
	if all := slices.Clone(slow.asked); stints < 2 || len(all) < 5 || len(slices.Compact(slices.Sorted(slices.Values(all)))) != len(all) {
		t.Errorf("in %d stints it was asked after %q", stints, all)
	}
	if got := h.eventsKept(); len(there) == 0 || !slices.Equal(got, there) {
		t.Errorf("%q were kept, of %q", got, there)
	}
	all := h.eventsThere()
	if inStints(h, payments.FillGaps{}, service.FillGaps, func() {}); len(all) <= len(there) || !slices.Equal(h.eventsKept(), all) {
		t.Errorf("%q were kept, of %q, when more had happened", h.eventsKept(), all)
	}
}

// eventsKept are those of the shared account in the inbox, in order.
func (h *house) eventsKept() []string {
	h.Helper()
	rows, err := h.db.Query(h.Context(), `SELECT id FROM payments.event WHERE account IS NULL OR account = '' ORDER BY id`)
	h.must(err)
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	h.must(err)
	return ids
}

// eventsThere are those of the shared account that are wanted, in order.
func (h *house) eventsThere() (ids []string) {
	h.Helper()
	list, _, err := h.gateway.Events(h.Context(), "", time.Time{}, "")
	h.must(err)
	for _, e := range list {
		if payments.Wanted(e.Kind) {
			ids = append(ids, e.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// TestChangesInStints: each change is read once, however often another task goes on; what
// happens meanwhile is read before books are compared.
func TestChangesInStints(t *testing.T) {
	h := newHouse(t, nil)
	for _, work := range []string{"work-1", "work-2", "work-3"} {
		h.paidFor(payments.Reference(work))
	}
	slow := &slowPages{Gateway: h.gateway}
	service := payments.New(h.db, h.queue, h.people, slow, h.now, nil)
	before := 0
	stints := inStints(h, payments.Reconcile{}, service.Reconcile, func() {
		before = len(slow.asked)
		h.paidFor("work-4")
	})
	if stints < 2 || before == 0 || before > 4 {
		t.Errorf("in %d stints it was asked after %q", stints, slow.asked)
	}
	var read, there int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.balance_change`).Scan(&read))
	list, _, err := h.gateway.BalanceChanges(t.Context(), "", time.Time{}, "")
	h.must(err)
	if there = len(list); read != there || len(slow.asked) > there+2 {
		t.Errorf("%d of %d changes were read, asked after %q", read, there, slow.asked)
	}
	h.differences()
}
