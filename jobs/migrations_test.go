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
