package payments_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// checks lets a property that asks the database run fewer times, unless somebody
// asked for another number.
func checks(t *testing.T, n string) {
	t.Helper()
	was := flag.Lookup("rapid.checks")
	if was == nil || was.Value.String() != was.DefValue {
		return
	}
	if err := flag.Set("rapid.checks", n); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", was.DefValue) })
}

// places are some accounts of each sort: cold and hot, guarded and not.
func places() []payments.Account {
	return []payments.Account{"client:a", "client:a:back", "bill:b:held", "member:x:payable", "member:x:stripe", "member:x:advance",
		payments.Contribution, payments.Costs, payments.Fund, payments.GatewayFees}
}

// model is what the books of one cooperative should be.
type model struct {
	*figureHouse
	by       members.Actor
	balances map[payments.Account]payments.Cents
	entries  map[string]payments.Entry
}

// drawEntry makes one that may be good, wrong, or there already.
func (m *model) drawEntry(rt *rapid.T) payments.Entry {
	e := payments.Entry{Key: fmt.Sprint("k", rapid.IntRange(0, 25).Draw(rt, "key")), Cause: rapid.SampledFrom([]payments.Cause{"wage", "fee"}).Draw(rt, "cause")}
	if old, there := m.entries[e.Key]; there && rapid.Bool().Draw(rt, "again") {
		return old
	}
	for range rapid.IntRange(1, 3).Draw(rt, "postings") {
		p := payments.Posting{
			Source: rapid.SampledFrom(places()).Draw(rt, "from"), Destination: rapid.SampledFrom(places()).Draw(rt, "to"),
			Amount: payments.Cents(rapid.IntRange(1, 100).Draw(rt, "cents")),
		}
		switch rapid.IntRange(0, 40).Draw(rt, "wrong") {
		case 1:
			p.Amount = 0
		case 2:
			p.Amount = -p.Amount
		case 3:
			p.Destination = "somewhere"
		}
		e.Postings = append(e.Postings, p)
	}
	return e
}

// expect is what should become of a list of entries: whether it is accepted, and
// the balances then; or why not, where there is only one reason.
func (m *model) expect(list []payments.Entry) (balances map[payments.Account]payments.Cents, entries map[string]payments.Entry, ok bool, why error) {
	balances, entries = maps.Clone(m.balances), maps.Clone(m.entries)
	reasons := map[error]bool{}
	for _, e := range list {
		if old, there := entries[e.Key]; there {
			if old.Cause != e.Cause || !slices.Equal(old.Postings, e.Postings) {
				reasons[payments.ErrOtherPosting] = true
			}
			continue
		}
		entries[e.Key] = e
		for _, p := range e.Postings {
			balances[p.Source] -= p.Amount
			balances[p.Destination] += p.Amount
			if p.Amount <= 0 || p.Source == p.Destination || p.Destination == "somewhere" {
				reasons[nil] = true
			}
		}
	}
	for a, cents := range balances {
		if cents < 0 && !a.Hot() && !a.MayBeBelowZero() {
			reasons[payments.ErrOverdrawn] = true
		}
	}
	if len(reasons) == 1 {
		for why = range reasons {
		}
	}
	return balances, entries, len(reasons) == 0, why
}

// post books a list and holds the books against the model.
func (m *model) post(rt *rapid.T) {
	var list []payments.Entry
	for range rapid.IntRange(1, 4).Draw(rt, "entries") {
		list = append(list, m.drawEntry(rt))
	}
	balances, entries, ok, why := m.expect(list)
	ids, err := m.Post(m.Context(), m.by.Cooperative, list...)
	switch {
	case ok != (err == nil):
		rt.Fatalf("%+v gave %v, want it accepted: %v", list, err, ok)
	case why != nil && !errors.Is(err, why):
		rt.Fatalf("%+v gave %v, want %v", list, err, why)
	case ok && len(ids) != len(list):
		rt.Fatalf("%d entries are called %v", len(list), ids)
	case ok:
		m.balances, m.entries = balances, entries
	}
	if again, err := m.Post(m.Context(), m.by.Cooperative, list...); ok && (err != nil || !slices.Equal(again, ids)) {
		rt.Fatalf("the same again gave %v, %v, want %v", again, err, ids)
	}
}

// check reads the balances.
func (m *model) check(rt *rapid.T) {
	got, err := m.Balances(m.Context(), m.by, places()...)
	if err != nil {
		rt.Fatal(err)
	}
	for _, a := range places() {
		if got[a] != m.balances[a] {
			rt.Fatalf("%s has %v, want %v", a, got[a], m.balances[a])
		}
	}
}

// TestLedgerRules: whatever is posted, in whatever lists, the books are those of a
// map of numbers; what is refused changes nothing, and what is there moves nothing.
func TestLedgerRules(t *testing.T) {
	checks(t, "25")
	h := newFigureHouse(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		name := fmt.Sprint("rules", n)
		m := &model{figureHouse: h, by: h.found(name, name), balances: map[payments.Account]payments.Cents{}, entries: map[string]payments.Entry{}}
		rt.Repeat(map[string]func(*rapid.T){"post": m.post, "": m.check})
	})
	h.soundBut("overdrawn", "debt", "given_back", "held", "advance") // which no rule of posting keeps from hot accounts, debts, givings-back, bills and advances
}

// soundBut looks at all books of the house.
func (h *figureHouse) soundBut(names ...string) {
	h.Helper()
	faults, err := h.Audit(h.Context())
	h.must(err)
	maps.DeleteFunc(faults, func(name string, _ int) bool { return slices.Contains(names, name) })
	if len(faults) > 0 {
		h.Errorf("Audit = %v", faults)
	}
}

// TestManyPostAtOnce: on hot and cold accounts, with keys of their own and keys
// that all use, nobody waits in a circle and every cent is where it should be.
func TestManyPostAtOnce(t *testing.T) {
	h := newFigureHouse(t)
	c := h.noor.Cooperative
	cold := []payments.Account{"member:a:payable", "member:b:payable", "member:c:payable", "member:a:stripe", "member:b:stripe"}
	for _, a := range cold {
		h.post(c, "start:"+string(a), "client:x", a, 2_000)
	}
	const people, times, shared = 16, 30, 12
	var group errgroup.Group
	for n := range people {
		group.Go(func() error {
			r := rand.New(rand.NewPCG(uint64(n), 9))
			for i := range times {
				if err := h.several(r, c, cold, fmt.Sprintf("%d:%d", n, i), shared); err != nil && !errors.Is(err, payments.ErrOverdrawn) {
					return err
				}
			}
			return nil
		})
	}
	h.must(group.Wait())
	h.soundBut()
	var times12 int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.entry WHERE key LIKE 'shared:%'`).Scan(&times12))
	if times12 == 0 || times12 > shared {
		t.Errorf("%d keys that all use were posted, there are %d", times12, shared)
	}
	var shards int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.account WHERE address = 'coop:contribution'`).Scan(&shards))
	if shards < 10 || shards > 16 {
		t.Errorf("a hot account has %d rows", shards)
	}
}

// several posts some movements of one's own beside some that everybody posts.
func (h *figureHouse) several(r *rand.Rand, c id.Cooperative, cold []payments.Account, key string, shared int) error {
	var list []payments.Entry
	for i := range 1 + r.IntN(3) {
		from, to := cold[r.IntN(len(cold))], cold[r.IntN(len(cold))]
		if from == to {
			to = payments.Contribution
		}
		cents := payments.Cents(1 + r.IntN(300))
		list = append(list, payments.Entry{Key: fmt.Sprint(key, ":", i), Cause: payments.CauseWage, Postings: []payments.Posting{
			{Source: from, Destination: to, Amount: cents}, {Source: payments.Costs, Destination: payments.GatewayFees, Amount: 3}}})
	}
	for range r.IntN(3) {
		list = append(list, payments.Entry{Key: fmt.Sprint("shared:", r.IntN(shared)), Cause: payments.CauseFee,
			Postings: []payments.Posting{{Source: "client:x", Destination: payments.Contribution, Amount: 7}}})
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	_, err := h.Post(h.Context(), c, list...)
	return err
}

// post books one movement.
func (h *figureHouse) post(c id.Cooperative, key string, from, to payments.Account, cents payments.Cents) {
	h.Helper()
	_, err := h.Post(h.Context(), c, payments.Entry{Key: key, Cause: payments.CauseWage, Postings: []payments.Posting{{Source: from, Destination: to, Amount: cents}}})
	h.must(err)
}

// TestBooksAreApart: one key means something else in each cooperative, and so do
// all addresses.
func TestBooksAreApart(t *testing.T) {
	h := newFigureHouse(t)
	h.post(h.noor.Cooperative, "k", "client:x", "member:a:payable", 100)
	h.post(h.jan.Cooperative, "k", "client:x", "member:a:payable", 7)
	for by, want := range map[*members.Actor]payments.Cents{&h.noor: 100, &h.jan: 7} {
		if got, err := h.Balances(t.Context(), *by, "member:a:payable"); err != nil || got["member:a:payable"] != want {
			t.Errorf("%v, %v, want %v", got, err, want)
		}
	}
	_, err := h.Post(t.Context(), h.jan.Cooperative, payments.Entry{Key: "more", Cause: payments.CauseWage,
		Postings: []payments.Posting{{Source: "member:a:payable", Destination: "member:a:stripe", Amount: 50}}})
	if !errors.Is(err, payments.ErrOverdrawn) {
		t.Errorf("with the other's money: %v", err)
	}
	if _, err := h.Post(t.Context(), h.noor.Cooperative, payments.Entry{Key: "nothing", Cause: payments.CauseWage}); err == nil {
		t.Error("an entry without postings was booked")
	}
	if ids, err := h.Post(t.Context(), h.noor.Cooperative); err != nil || len(ids) > 0 {
		t.Errorf("no entries: %v, %v", ids, err)
	}
	h.soundBut()
}
