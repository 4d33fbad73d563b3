package payments_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/internal/id"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/payments/stripegateway"
	"meent/payments/stripeshape"
	"meent/payments/stripesim"
)

const testKey = "sk_test_51MeentPayments"

// house is the domain with a Stripe of one's own behind real HTTP; time moves
// only when the test says so.
type house struct {
	*testing.T
	*payments.Service
	db      *pgxpool.Pool
	people  *members.Service
	queue   *tasks.Queue
	worker  *tasks.Worker
	sim     *stripesim.Simulator
	gateway *stripegateway.Gateway
	mu      sync.Mutex
	at      time.Time
	deaf    bool // events are refused
	told    []string

	begun
}

// begun is what is there when a test begins: the same in each house.
type begun struct {
	key                                           vault.Key
	client, rival, member, coordinator, elsewhere members.Actor
}

var beginning pgtest.World[begun]

// reference is what every database of the program begins with.
func reference(ctx context.Context, db *pgxpool.Pool) error {
	people := members.New(db, nil, time.Now, nil)
	return errors.Join(people.LoadReference(ctx), payments.New(db, nil, people, nil, time.Now, nil).LoadReference(ctx))
}

func newHouse(t *testing.T, change func(*stripesim.Config)) *house {
	t.Helper()
	h := &house{T: t, at: time.Now().Truncate(time.Second)} // Stripe's signatures go by the machine's clock
	h.db, h.begun = beginning.Clone(t, h.populate, tasks.Schema(), members.Schema(), coaching.Schema(), payments.Schema(), stripesim.Schema())
	hooks := httptest.NewServer(http.HandlerFunc(h.hook))
	t.Cleanup(hooks.Close)
	c := stripesim.Config{
		Key: testKey, Now: h.now, PayoutDelay: time.Hour,
		Platform: stripesim.Endpoint{URL: hooks.URL + "/platform", Secret: "whsec_platform"},
		Connect:  stripesim.Endpoint{URL: hooks.URL + "/connect", Secret: "whsec_connect"},
	}
	if change != nil {
		change(&c)
	}
	h.sim = stripesim.New(h.db, c)
	api := httptest.NewServer(stripeshape.Watch(t, h.sim.Handler()))
	t.Cleanup(api.Close)
	h.gateway = stripegateway.New(stripegateway.Config{Key: testKey, URL: api.URL, Now: h.now, Secrets: map[payments.Endpoint][]string{
		payments.PlatformEndpoint: {"whsec_platform"}, payments.ConnectEndpoint: {"whsec_connect"},
	}})
	h.queue = tasks.New(h.db, tasks.Config{Now: h.now, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	h.people = members.New(h.db, h.queue, h.now, nil, members.Keyring(h.key))
	h.Service = payments.New(h.db, h.queue, h.people, h.gateway, h.now, nil)
	h.work()
	return h
}

// populate makes the cooperatives in a database that each house is a clone of.
func (h *house) populate(db *pgxpool.Pool) begun {
	key, err := vault.NewKey(vault.NewSecret())
	h.must(err)
	h.must(reference(h.Context(), db))
	first := &house{T: h.T, db: db, begun: begun{key: key}}
	first.people = members.New(db, tasks.New(db, tasks.Config{Now: h.now}), h.now, nil, members.Keyring(key))
	first.settle()
	return first.begun
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

// pass lets time pass for everybody.
func (h *house) pass(d time.Duration) {
	h.Helper()
	h.mu.Lock()
	h.at = h.at.Add(d)
	h.mu.Unlock()
	h.must(h.sim.Advance(h.Context()))
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// hook is where events arrive.
func (h *house) hook(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	stripeshape.Event(h.T, body)
	h.mu.Lock()
	deaf := h.deaf
	h.mu.Unlock()
	if deaf {
		w.WriteHeader(http.StatusServiceUnavailable)
	} else if err := h.Receive(r.Context(), payments.Endpoint(r.URL.Path[1:]), body, r.Header.Get("Stripe-Signature")); err != nil {
		w.WriteHeader(http.StatusBadRequest)
	}
}

// work makes the worker; what others would do about money is left out.
func (h *house) work() {
	h.Helper()
	m := tasks.NewMux()
	tasks.Handle(m, h.FollowEvent, payments.Patience()...)
	tasks.Handle(m, h.LookAtCheckout, payments.Patience()...)
	tasks.Handle(m, h.MakeTransfer, payments.Patience()...)
	tasks.Handle(m, h.SendPayout, payments.Patience()...)
	tasks.Handle(m, h.LookAtPayout, payments.Patience()...)
	tasks.Handle(m, h.OpenPayee, payments.Patience()...)
	tasks.Handle(m, h.LookAtPayee, payments.Patience()...)
	tasks.HandleTx(m, h.PayRestedTx)
	tasks.HandleTx(m, h.LookAgainTx)
	tasks.Handle(m, h.LookAtDeposit, payments.Patience()...)
	tasks.Handle(m, h.ReturnDeposit, payments.Patience()...)
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.DepositMoved) error { return nil })
	tasks.HandleTx(m, h.SweepTx)
	h.workBack(m)
	tasks.Handle(m, h.FillGaps, payments.Patience()...)
	tasks.Handle(m, h.Reconcile, payments.Patience()...)
	tasks.HandleTx(m, h.WatchTx)
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.BillReady) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.PayMoved) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.PayTold) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.AdvanceTold) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.PayoutsHeld) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.PayWaits) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.BankTold) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, members.Moved) error { return nil })
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(h.T).Addr()})
	h.Cleanup(func() { client.Close() })
	worker, err := tasks.NewWorker(h.queue, client, m)
	h.must(err)
	h.worker = worker
}

// run delivers events and does tasks until nothing is left that is due.
func (h *house) run() {
	h.Helper()
	for range 50 {
		sent, err := h.sim.Deliver(h.Context())
		h.must(err)
		done, err := h.worker.RunDue(h.Context())
		h.must(err)
		if sent+done == 0 {
			return
		}
	}
	h.Fatal("there is always more to do")
}

func (h *house) settle() {
	h.Helper()
	office, err := h.people.Found(h.Context(), members.NewCooperative{Name: "Waalkracht", Coordinator: person("noor")})
	h.must(err)
	other, err := h.people.Found(h.Context(), members.NewCooperative{Name: "Noorderhand", Coordinator: person("jan")})
	h.must(err)
	h.coordinator = h.actor("noor", members.NewRole{Cooperative: office.ID, Kind: members.RoleCoordinator})
	h.client, h.rival = h.contact(office.ID, "piet"), h.contact(office.ID, "kees")
	h.elsewhere = h.contact(other.ID, "hans")
	h.member = h.newMember(office.ID, "anna")
}

func person(name string) members.NewPerson {
	return members.NewPerson{Name: name, Email: name + "@meent.example", Locale: members.Dutch}
}

func (h *house) tx(f func(pgx.Tx) error) {
	h.Helper()
	h.must(pgx.BeginFunc(h.Context(), h.db, f))
}

func (h *house) actor(name string, role members.NewRole) (a members.Actor) {
	h.Helper()
	h.tx(func(tx pgx.Tx) (err error) {
		if role.Person, err = h.people.EnsurePersonTx(h.Context(), tx, person(name)); err == nil && role.Kind != members.RoleCoordinator {
			_, err = h.people.AddRoleTx(h.Context(), tx, role)
		}
		return err
	})
	a, err := h.people.Actor(h.Context(), role.Person, members.RoleID{})
	h.must(err)
	return a
}

func (h *house) contact(c id.Cooperative, name string) members.Actor {
	h.Helper()
	var client members.ClientID
	h.tx(func(tx pgx.Tx) (err error) {
		client, err = h.people.AddClientTx(h.Context(), tx, members.NewClient{Cooperative: c, Name: name, Kind: members.Organisation, PlaceCode: "nijmegen"})
		return err
	})
	return h.actor(name, members.NewRole{Cooperative: c, Kind: members.RoleClient, Client: client})
}

func (h *house) newMember(c id.Cooperative, name string) members.Actor {
	h.Helper()
	var who members.PersonID
	h.tx(func(tx pgx.Tx) (err error) {
		if who, err = h.people.EnsurePersonTx(h.Context(), tx, person(name)); err == nil {
			_, err = h.people.AddMemberTx(h.Context(), tx, members.NewMember{Person: who, Cooperative: c, PlaceCode: "nijmegen", ReachMetres: 5000, Travel: members.Bike})
		}
		return err
	})
	a, err := h.people.Actor(h.Context(), who, members.RoleID{})
	h.must(err)
	return a
}

// agreed is four hours of work at 16 euros.
func (h *house) agreed(ref payments.Reference) payments.Work {
	return payments.Work{Ref: ref, Client: h.client.Client, Member: h.member.Member, Title: "Ramen lappen", Language: members.Dutch,
		Day: "2026-11-20", Worked: 4 * time.Hour, Rate: 1600, Contribution: 640}
}

// billed gives the one bill for agreed work.
func (h *house) billed() payments.BillID {
	h.Helper()
	h.tx(func(tx pgx.Tx) error { return h.BillTx(h.Context(), tx, h.client.Cooperative, h.agreed("work-1")) })
	list, err := h.Bills(h.Context(), h.client)
	h.must(err)
	if len(list) != 1 {
		h.Fatalf("Bills = %+v, want one", list)
	}
	return list[0].ID
}

func (h *house) checkout(bill payments.BillID) string {
	h.Helper()
	address, err := h.Checkout(h.Context(), h.client, bill, "https://meent.example/bills/"+bill.String())
	h.must(err)
	return address
}

// fillIn pays at an address with a card that works, and gives the answer's status.
func (h *house) fillIn(address string) int {
	h.Helper()
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	w, err := browser.PostForm(address, url.Values{"card": {"4242 4242 4242 4242"}})
	h.must(err)
	w.Body.Close()
	return w.StatusCode
}

func (h *house) bill(bill payments.BillID) payments.Bill {
	h.Helper()
	b, _, err := h.Bill(h.Context(), h.client, bill)
	h.must(err)
	return b
}

func (h *house) stage(want payments.Stage) {
	h.Helper()
	e, err := h.Earning(h.Context(), h.member, "work-1")
	h.must(err)
	if e.Stage() != want || e.PaidAt.IsZero() == (want == payments.StagePaid) {
		h.Fatalf("the member reads %q (%+v), want %q", e.Stage(), e, want)
	}
}

// balanced holds the ledger against itself and against the simulator's book.
func (h *house) balanced(want stripesim.Book) {
	h.Helper()
	faults, err := h.Audit(h.Context())
	h.must(err)
	if len(faults) > 0 {
		h.Errorf("the books are wrong: %v", faults)
	}
	book, err := h.sim.Book(h.Context())
	h.must(err)
	if book.Charged != want.Charged || book.Fees != want.Fees || book.Transferred != want.Transferred || book.PaidOut != want.PaidOut || book.Platform != want.Platform {
		h.Errorf("the simulator's book is %+v, want %+v", book, want)
	}
	if own := h.ours(); own != payments.Cents(book.Platform) {
		h.Errorf("the ledger says that we have %v, Stripe %v", own, payments.Cents(book.Platform))
	}
}

// ours is what the ledger says is on the cooperative's own account at Stripe.
func (h *house) ours() (sum payments.Cents) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT coalesce(sum(balance_cents), 0) FROM payments.account
		WHERE NOT payments.outside(address)`).Scan(&sum))
	return sum
}
