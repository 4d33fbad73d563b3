package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/pg"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
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

	advance  payments.Cents // that the member asks of the wage
	asked    payments.AdvanceID
	patience time.Time // until when the client waits for the advance to leave

	card     string         // with which the client pays
	letGo    bool           // the client's bank may have what it asks back
	refund   payments.Cents // that the office gives back
	refunded bool           // and that was acknowledged
	back     payments.Cents // of the wage that two people ask back
	taken    bool           // and that was acknowledged
}

const (
	tillKey    = "sk_test_drill"
	tillSecret = "whsec_drill"
	joinSecret = "whsec_drill_connect"
	tillVault  = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
	goodCard   = "4242 4242 4242 4242"
	badCard    = "4000 0000 0000 0259" // whose owner says: that was not me
)

// seldomTidy lets a copy, whose life is short, use more memory and tidy it less often.
const seldomTidy = "GOGC=400"

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
	if err := errors.Join(t.startBook(ctx), r.spare(ctx, r.db, r.name == "postgres")); err != nil {
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

// spare saves a server that is never killed what a drill does not ask about. Its writes
// are left to the machine: what a program wrote before it was killed is there all the
// same. A drill is days in minutes, so tables are tidied as often; and its connections are
// short, so statements are planned as on those that last: once; and what the planner knows
// of a table is learned from fewer of its rows.
func (r *rig) spare(ctx context.Context, server *pgxpool.Pool, killed bool) error {
	if killed {
		return nil
	}
	for _, setting := range []string{"fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum_naptime = '5s'", "default_statistics_target = 10", "plan_cache_mode = force_generic_plan"} {
		if _, err := server.Exec(ctx, `ALTER SYSTEM SET `+setting); err != nil {
			return err
		}
	}
	_, err := server.Exec(ctx, `SELECT pg_reload_conf()`)
	return err
}

func (t *till) addCopies(door string, size tillSize) {
	environ := append([]string{
		"MEENT_DEMO=no", "SMTP_URL=smtp://127.0.0.1:9", "STRIPE_KEY=" + tillKey, "STRIPE_WEBHOOK_SECRET=" + tillSecret, "STRIPE_CONNECT_WEBHOOK_SECRET=" + joinSecret,
		"STRIPE_URL=" + t.sim, "MEENT_KEY=" + tillVault,
		"MEENT_DRILL_MUTE=" + strings.Join(muted(), ","), "MEENT_DRILL_HOLD=2s", "MEENT_DRILL_CONNECTIONS=2", "MEENT_DRILL_ENGINE=no", seldomTidy,
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
