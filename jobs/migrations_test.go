package jobs_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"meent/jobs"
	"meent/members"
)

// migrations are those of the house's own schema, to go back and forth.
func (h *house) migrations() *goose.Provider {
	h.t.Helper()
	db := stdlib.OpenDBFromPool(h.db)
	h.t.Cleanup(func() { _ = db.Close() })
	store, err := database.NewStore(database.DialectPostgres, "jobs.goose_version")
	if err != nil {
		h.t.Fatal(err)
	}
	p, err := goose.NewProvider("", db, jobs.Schema().Files, goose.WithStore(store), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// TestBackAndForth: a database with posted trials and work that was called off can
// go back to before that was known, and then seats can still be changed.
func TestBackAndForth(t *testing.T) {
	h := newHouse(t)
	trial := h.gig()
	trial.Form, trial.Rate = members.TrialPlacement, 0
	gig := h.post(h.client, trial)
	shift := h.shift(2*time.Hour, 3)
	if err := h.CallOffWork(h.ctx(), h.client, h.engagedOn(shift, h.member.Member), 1_000_000); err != nil {
		t.Fatal(err)
	}
	p := h.migrations()
	if _, err := p.DownTo(h.ctx(), 222); err != nil {
		t.Fatal(err)
	}
	if n := h.count(`SELECT rate_cents FROM jobs.gig WHERE id = $1`, gig); n != 1 {
		t.Errorf("the trial has a rate of %d", n)
	}
	if _, err := h.db.Exec(h.ctx(), `UPDATE jobs.shift SET seats = seats - 1 WHERE id = $1`, shift); err != nil {
		t.Errorf("fewer seats before calling off was known: %v", err)
	}
	if _, err := p.Up(h.ctx()); err != nil {
		t.Errorf("and up again: %v", err)
	}
}

// TestBackWithStoppedWork: work that was stopped at its very beginning leaves the time
// to other work, also in a database that goes back.
func TestBackWithStoppedWork(t *testing.T) {
	h := newHouse(t)
	first := h.stopped(0)
	h.sql(`UPDATE jobs.engagement SET starts_at = $2, ends_at = $3 WHERE id = $1`, h.engagedOn(h.shift(5*time.Hour, 1), h.member.Member), h.now, h.now.Add(4*time.Hour))
	alone := h.engagedOn(h.shift(24*time.Hour, 1), h.member.Member)
	h.now = h.now.Add(24 * time.Hour)
	h.allRight(h.CallOffWork(h.ctx(), h.client, alone, 1_000_000))
	p := h.migrations()
	if _, err := p.DownTo(h.ctx(), 361); err != nil {
		t.Fatal(err)
	}
	if n := h.count(`SELECT count(*) FROM jobs.engagement WHERE id = $1 AND called_off_by = 'client' AND state = 'cancelled'`, first); n != 1 {
		t.Error("what took no time is not called off")
	}
	if n := h.count(`SELECT count(*) FROM jobs.engagement WHERE id = $1 AND ends_at = starts_at + interval '1 minute' AND state = 'finished'`, alone); n != 1 {
		t.Error("what stood alone is not a minute long")
	}
	if _, err := p.Up(h.ctx()); err != nil {
		t.Errorf("and up again: %v", err)
	}
}
