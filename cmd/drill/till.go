package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
	"meent/payments/stripegateway"
	"meent/payments/stripesim"
)

// till is what all drills about money stand on: a simulator with a database of
// its own, copies of the program that move money there, and a driver in this
// process that bills, pays, and remembers every answer that it was given.
type till struct {
	rig   *rig
	book  *pg.Server // the simulator's
	there *pgxpool.Pool
	hooks string // where the simulator's events go

	stripe   *programCopy
	sim      string // its address
	door     *house // the copy that has pages, and takes events
	clock    atomic.Int64
	payments *payments.Service
	people   *members.Service
	queue    *tasks.Queue

	clients []members.Actor
	members []members.Actor
	office  []members.Actor
	second  []members.Actor // one more in each office

	mu   sync.Mutex
	jobs []*job
	kept atomic.Int64 // of jobs that are done

	number atomic.Int64 // of the last job
}

// job is one piece of work, and what was acknowledged of it.
type job struct {
	ref    string
	client members.Actor
	member members.Actor
	work   payments.Work
	total  payments.Cents
	bill   payments.BillID // zero until it was acknowledged
	paid   bool            // the simulator's page said so
	owed   bool            // the client only gets the bill, and does not pay it here

	deposit   payments.Cents // that the client pays before the work
	depositID payments.DepositID
	put       bool // and the simulator's page said so
	ended     bool // the work is over: what no bill took goes back

	advance payments.Cents // that the member asks of the wage
	asked   payments.AdvanceID
	waits   int // how often the client waited for the advance to leave

	card     string         // with which the client pays
	refund   payments.Cents // that the office gives back
	refunded bool           // and that was acknowledged
}

const (
	tillKey    = "sk_test_drill"
	tillSecret = "whsec_drill"
	joinSecret = "whsec_drill_connect"
	goodCard   = "4242 4242 4242 4242"
	badCard    = "4000 0000 0000 0259" // whose owner says: that was not me
)

// muted are tasks that tell people, and what comes at night: here nobody is told.
func muted() []string {
	return []string{"payments.tidy", "payments.bill_ready", "payments.bill_told", "payments.back_told", "payments.clawback_told", "payments.advance_told", "payments.pay_told", "payments.pay_waits",
		"payments.pay_rested", "payments.bank_told", "payments.deposit_moved", "payments.pay_moved", "members.moved"}
}

// tillSize says how much of everything there is.
type tillSize struct {
	workers int           // beside the copy with pages
	members int           // of each cooperative
	coops   int           // cooperatives
	sim     []string      // further flags of the simulator
	hooks   string        // where events go; "": to the program itself
	payout  time.Duration // how long a payout takes
	environ []string      // of the copies
}

// openTill starts everything and fills the cooperatives.
func (r *rig) openTill(ctx context.Context, size tillSize) (*till, error) {
	t := &till{rig: r}
	door, err := freeAddress()
	if err != nil {
		return nil, err
	}
	sim, err := freeAddress()
	if err != nil {
		return nil, err
	}
	t.sim, t.hooks = "http://"+sim, "http://"+door
	if size.hooks != "" {
		t.hooks = size.hooks
	}
	if err := errors.Join(t.startBook(ctx), r.spareDisk(ctx, r.db, r.name == "postgres")); err != nil {
		return nil, err
	}
	r.phase("book")
	if err := t.startStripe(ctx, sim, size); err != nil {
		return nil, err
	}
	r.phase("stripe")
	t.addCopies(door, size)
	if err := t.door.goOn(ctx); err != nil { // it migrates
		return nil, err
	}
	r.phase("door")
	if err := t.openOffice(ctx, size); err != nil {
		return nil, err
	}
	return t, t.startWorkers()
}

// startBook gives the simulator a server of its own: nothing that happens to
// Meent's happens to it.
func (t *till) startBook(ctx context.Context) (err error) {
	t.book, err = pg.StartServer(ctx, pg.ServerConfig{Dir: filepath.Join(t.rig.folder, "book"), Binaries: os.Getenv("PG_BIN")})
	if err != nil {
		return err
	}
	t.rig.onClose(t.book.Stop)
	if t.there, err = pg.Open(ctx, t.book.URL()); err != nil {
		return err
	}
	t.rig.onClose(func() error { t.there.Close(); return nil })
	return t.rig.spareDisk(ctx, t.there, false)
}

// spareDisk lets a server that is never killed leave its writes to the machine: what a
// program wrote before it was killed is there all the same.
func (r *rig) spareDisk(ctx context.Context, server *pgxpool.Pool, killed bool) error {
	if killed {
		return nil
	}
	for _, query := range []string{`ALTER SYSTEM SET fsync = off`, `ALTER SYSTEM SET synchronous_commit = off`, `SELECT pg_reload_conf()`} {
		if _, err := server.Exec(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

func (t *till) startStripe(ctx context.Context, address string, size tillSize) error {
	payout := size.payout
	if payout == 0 {
		payout = 100 * time.Millisecond
	}
	args := append([]string{"stripesim", "-control", filepath.Join(t.rig.folder, "token"), "-payout", payout.String(),
		"-refund", "200ms", "-dispute", "200ms", "-hang", "1s"}, size.sim...)
	t.stripe = &programCopy{rig: t.rig, name: "stripe", args: args, environ: []string{
		"DATABASE_URL=" + t.book.URL(), "MEENT_URL=" + t.hooks, "MEENT_STRIPESIM_ADDR=" + address, "STRIPE_URL=" + t.sim,
		"STRIPE_KEY=" + tillKey, "STRIPE_WEBHOOK_SECRET=" + tillSecret, "STRIPE_CONNECT_WEBHOOK_SECRET=" + joinSecret,
	}}
	t.rig.copies = append(t.rig.copies, t.stripe)
	return t.wakeStripe(ctx)
}

// wakeStripe starts the simulator and waits until it answers.
func (t *till) wakeStripe(ctx context.Context) error {
	if err := t.stripe.start(); err != nil {
		return err
	}
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); {
		if _, err := t.control(ctx, http.MethodGet, "/control/book", nil); err == nil {
			return nil
		}
		if err := t.rig.rest(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
	return fmt.Errorf("the simulator did not answer within 20 s:\n%s", t.stripe.lastWords())
}

func (t *till) addCopies(door string, size tillSize) {
	environ := append([]string{
		"MEENT_DEMO=no", "SMTP_URL=smtp://127.0.0.1:9", "STRIPE_KEY=" + tillKey, "STRIPE_WEBHOOK_SECRET=" + tillSecret, "STRIPE_CONNECT_WEBHOOK_SECRET=" + joinSecret,
		"STRIPE_URL=" + t.sim, "MEENT_KEY=" + strings.Repeat("A", 43) + "=",
		"MEENT_DRILL_MUTE=" + strings.Join(muted(), ","), "MEENT_DRILL_HOLD=2s",
	}, size.environ...)
	t.door = &house{url: "http://" + door, dead: true}
	t.door.programCopy = &programCopy{rig: t.rig, name: "door", args: []string{"serve"}, environ: append([]string{"MEENT_ADDR=" + door, "MEENT_URL=" + t.door.url}, environ...)}
	if size.workers == 0 { // all in one
		t.door.args = nil
	}
	t.rig.copies = append(t.rig.copies, t.door.programCopy)
	for i := range size.workers {
		t.rig.copies = append(t.rig.copies, &programCopy{rig: t.rig, name: fmt.Sprint("worker", i), args: []string{"work"},
			environ: append([]string{"MEENT_URL=" + t.door.url}, environ...)})
	}
}

// workers are the copies without pages.
func (t *till) workers() []*programCopy { return t.rig.copies[2:] }

func (t *till) startWorkers() error {
	for _, c := range t.workers() {
		if err := c.start(); err != nil {
			return err
		}
	}
	return nil
}

func (t *till) now() time.Time { return time.Now().Add(time.Duration(t.clock.Load())) }

// openOffice joins the domain in this process, as one more client of both
// databases, and fills the cooperatives.
func (t *till) openOffice(ctx context.Context, size tillSize) error {
	t.queue = tasks.New(t.rig.db, tasks.Config{Now: t.now, Mute: muted()})
	t.people = members.New(t.rig.db, t.queue, t.now, nil)
	t.payments = payments.New(t.rig.db, t.queue, t.people, stripegateway.New(stripegateway.Config{Key: tillKey, URL: t.sim, Now: t.now}), t.now, nil)
	for i := range size.coops {
		if err := t.found(ctx, i, size.members); err != nil {
			return err
		}
	}
	const policy = `
		INSERT INTO payments.policy (cooperative_id, four_eyes_cents, payout_cents, hour_cents, member_day_cents, advance_cents)
		SELECT id, 50000, 100000000, 1000000000000, 1000000000000, 1000000 FROM members.cooperative`
	_, err := t.rig.db.Exec(ctx, policy) // the breakers are tried elsewhere
	return err
}

// found makes a cooperative with a coordinator, its members and a client for
// every four of them.
func (t *till) found(ctx context.Context, i, many int) error {
	name := func(kind string, n int) members.NewPerson {
		return members.NewPerson{Name: kind, Email: fmt.Sprintf("%s-%d-%d@meent.example", kind, i, n), Locale: members.Dutch}
	}
	coop, err := t.people.Found(ctx, members.NewCooperative{Name: fmt.Sprint("Oefening ", i+1), Coordinator: name("noor", 0)})
	if err != nil {
		return err
	}
	office, err := t.actor(ctx, name("noor", 0))
	if err != nil {
		return err
	}
	t.office = append(t.office, office)
	if err := t.joinOffice(ctx, coop.ID, name("truus", 0)); err != nil {
		return err
	}
	for range many {
		if _, err := t.newMember(ctx, coop.ID); err != nil {
			return err
		}
	}
	for n := range max(1, many/4) {
		err := pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error {
			client, err := t.people.AddClientTx(ctx, tx, members.NewClient{Cooperative: coop.ID, Name: "Piet", Kind: members.Organisation, PlaceCode: "nijmegen"})
			if err != nil {
				return err
			}
			who, err := t.people.EnsurePersonTx(ctx, tx, name("piet", n))
			if err != nil {
				return err
			}
			_, err = t.people.AddRoleTx(ctx, tx, members.NewRole{Person: who, Cooperative: coop.ID, Kind: members.RoleClient, Client: client})
			return err
		})
		if err != nil {
			return err
		}
		client, err := t.actor(ctx, name("piet", n))
		if err != nil {
			return err
		}
		t.clients = append(t.clients, client)
	}
	return nil
}

// joinOffice adds the second of two people.
func (t *till) joinOffice(ctx context.Context, coop id.Cooperative, p members.NewPerson) error {
	err := pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error {
		who, err := t.people.EnsurePersonTx(ctx, tx, p)
		if err != nil {
			return err
		}
		_, err = t.people.AddRoleTx(ctx, tx, members.NewRole{Person: who, Cooperative: coop, Kind: members.RoleCoordinator})
		return err
	})
	if err != nil {
		return err
	}
	second, err := t.actor(ctx, p)
	t.second = append(t.second, second)
	return err
}

// newMember is somebody who was never paid.
func (t *till) newMember(ctx context.Context, coop id.Cooperative) (a members.Actor, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := members.NewPerson{Name: "anna", Email: fmt.Sprintf("anna-%d@meent.example", len(t.members)), Locale: members.Dutch}
	err = pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error {
		who, err := t.people.EnsurePersonTx(ctx, tx, p)
		if err != nil {
			return err
		}
		_, err = t.people.AddMemberTx(ctx, tx, members.NewMember{Person: who, Cooperative: coop, PlaceCode: "nijmegen", ReachMetres: 5000, Travel: members.Bike})
		return err
	})
	if err == nil {
		a, err = t.actor(ctx, p)
	}
	if err == nil {
		t.members = append(t.members, a)
	}
	return a, err
}

func (t *till) actor(ctx context.Context, p members.NewPerson) (a members.Actor, err error) {
	var who members.PersonID
	err = pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error {
		who, err = t.people.EnsurePersonTx(ctx, tx, p)
		return err
	})
	if err != nil {
		return a, err
	}
	return t.people.Actor(ctx, who, members.RoleID{})
}

// newJob is agreed work of somebody for somebody of the same cooperative.
func (t *till) newJob(random *rand.Rand, member members.Actor) *job {
	n := int(t.number.Add(1))
	var clients []members.Actor
	for _, c := range t.clients {
		if c.Cooperative == member.Cooperative {
			clients = append(clients, c)
		}
	}
	j := &job{ref: fmt.Sprintf("work-%06d", n), client: clients[random.IntN(len(clients))], member: member, card: goodCard}
	j.work = payments.Work{Ref: payments.Reference(j.ref), Client: j.client.Client, Member: member.Member, Title: "Ramen lappen", Language: members.Dutch,
		Day: "2026-11-20", Worked: time.Duration(15+random.IntN(105)) * time.Minute, Rate: payments.Cents(1600 + random.IntN(600))}
	j.work.Contribution = 100 + j.work.Wage()/5
	j.total = j.work.Wage() + j.work.Contribution
	t.mu.Lock()
	t.jobs = append(t.jobs, j)
	t.mu.Unlock()
	return j
}

// control asks the simulator what only those who judge may ask.
func (t *till) control(ctx context.Context, method, path string, form url.Values) ([]byte, error) {
	token, err := os.ReadFile(filepath.Join(t.rig.folder, "token"))
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, t.sim+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err == nil && w.StatusCode != http.StatusOK {
		err = fmt.Errorf("the simulator answers %s with %d: %s", path, w.StatusCode, body)
	}
	return body, err
}

// faults lets so much go wrong at the simulator from now on; none is none.
func (t *till) faults(ctx context.Context, rates map[stripesim.Fault]string, more url.Values) error {
	form := url.Values{"seed": {fmt.Sprint(t.rig.seed)}, "hang": {"1s"}, "slow": {"300ms"}}
	for name, rate := range rates {
		form.Set("rate["+string(name)+"]", rate)
	}
	for name, values := range more {
		form[name] = values
	}
	_, err := t.control(ctx, http.MethodPost, "/control/faults", form)
	return err
}

// fell counts the faults that fell since the simulator began.
func (t *till) fell(ctx context.Context) (sum int64, err error) {
	body, err := t.control(ctx, http.MethodGet, "/control/faults", nil)
	if err != nil {
		return 0, err
	}
	counts := map[stripesim.Fault]int64{}
	err = json.Unmarshal(body, &counts)
	for _, n := range counts {
		sum += n
	}
	return sum, err
}
