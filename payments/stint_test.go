package payments_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
		if stints > 50 {
			h.Fatal("it goes on for ever")
		}
		h.tx(func(tx pgx.Tx) error { return finish(h.Context(), tx) })
		const next = `DELETE FROM tasks.task WHERE kind = $1 AND due_at <= $2 RETURNING payload`
		rows, err := h.db.Query(h.Context(), next, task.Kind(), h.now())
		h.must(err)
		payloads, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
		h.must(err)
		if len(payloads) == 0 {
			return stints
		}
		if len(payloads) > 1 {
			h.Fatalf("it goes on as %s", payloads)
		}
		var rest T
		h.must(json.Unmarshal(payloads[0], &rest))
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

// slowTransfers is a gateway that needs a while to look for a transfer, and does not answer
// when it is first asked about the one that is deaf. What is looked for is kept.
type slowTransfers struct {
	payments.Gateway
	deaf   payments.Reference
	looked []payments.Reference
}

func (s *slowTransfers) FindTransfer(ctx context.Context, account string, ref payments.Reference) (string, bool, error) {
	first := !slices.Contains(s.looked, ref)
	s.looked = append(s.looked, ref)
	time.Sleep(slowPage)
	if first && ref == s.deaf {
		return "", false, errors.New("no answer")
	}
	return s.Gateway.FindTransfer(ctx, account, ref)
}

// TestAdoptedInStints: of a database that was put back each wage is looked for once,
// whether it left or not and however often another task goes on; one of which there was no
// answer once more; and all that left is found.
func TestAdoptedInStints(t *testing.T) {
	for name, play := range map[string]func(*house, *payments.Service) int{
		"Reconcile": func(h *house, s *payments.Service) int {
			return inStints(h, payments.Reconcile{}, s.Reconcile, func() {})
		},
		"FillGaps": func(h *house, s *payments.Service) int {
			return inStints(h, payments.FillGaps{Restored: true}, s.FillGaps, func() {})
		},
	} {
		for _, deaf := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " deaf ", deaf), func(t *testing.T) {
				t.Parallel()
				h := newHouse(t, nil)
				h.must(h.ComeHome(t.Context()))
				looked, left := h.forgottenWages(9)
				slow := &slowTransfers{Gateway: h.gateway}
				if deaf {
					slow.deaf = left[0]
					looked = append(looked, slow.deaf)
					slices.Sort(looked)
				}
				stints := play(h, payments.New(h.db, h.queue, h.people, slow, h.now, nil))
				if slices.Sort(slow.looked); stints < 2 || !slices.Equal(slow.looked, looked) {
					t.Errorf("in %d stints it looked for %q, of %q", stints, slow.looked, looked)
				}
				var found int
				h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.payout WHERE transfer_id IS NOT NULL`).Scan(&found))
				if list, err := h.StopsOf(t.Context(), h.coordinator); err != nil || found != len(left) || list[0].Adopted != 2*found {
					t.Errorf("%d of %d were found; %+v, %v; want the transfer and the payout of each", found, len(left), list, err)
				}
			})
		}
	}
}

// forgottenWages are so many, in order, of which every other one left; a database that was
// put back knows only that they were held.
func (h *house) forgottenWages(n int) (all, left []payments.Reference) {
	h.Helper()
	p := payments.DefaultPolicy()
	p.Payout = 6399
	h.policy(p)
	for i := range n {
		h.paidFor(payments.Reference(fmt.Sprint("work-", i)))
	}
	h.remember()
	list, err := h.HeldPayouts(h.Context(), h.coordinator)
	h.must(err)
	for i, held := range list {
		if all = append(all, payments.Reference(held.ID.String())); i%2 == 0 {
			left = append(left, all[i])
			_, err := h.ReleasePayout(h.Context(), h.coordinator, held.ID)
			h.must(err)
		}
	}
	h.run()
	h.putBack()
	h.must(h.Quarantine(h.Context()))
	h.sql(`DELETE FROM tasks.task WHERE kind = $1`, payments.FillGaps{}.Kind()) // it has one that begins
	slices.Sort(all)
	return all, left
}
