package main

import (
	"io"
	"strings"
	"testing"
	"time"

	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
)

// TestSeedWithAPast is the command as people use it: finished work, books that
// agree, no old mail, and nothing that waits since the past.
func TestSeedWithAPast(t *testing.T) {
	empty := pgtest.New(t, schemas()...)
	environ := []string{"DATABASE_URL=" + empty.Config().ConnString(), "MEENT_DEMO=yes", "MEENT_DATA=" + t.TempDir()}
	if err := run(t.Context(), []string{"seed"}, environ, t.Output(), t.Output()); err == nil || !strings.Contains(err.Error(), "MEENT_KEY is missing") {
		t.Fatalf("seed without a key gave %v", err)
	}
	db, environ := seeded(t)
	h := &testHouse{program: &program{now: time.Now}, db: db}
	h.expectBooksInOrder(t)
	var paid, mail, late int
	const query = `
		SELECT (SELECT count(*) FROM jobs.engagement WHERE state = 'paid'), (SELECT count(*) FROM mail.message),
			(SELECT count(*) FROM tasks.task WHERE state <> 'done' AND created_at < now() - interval '1 hour' AND due_at < now() - interval '1 hour')`
	if err := db.QueryRow(t.Context(), query).Scan(&paid, &mail, &late); err != nil || paid < 50 || mail > 0 || late > 0 {
		t.Errorf("%d pieces of work are paid, %d mails, %d late tasks, %v", paid, mail, late, err)
	}
	if err := run(t.Context(), []string{"doctor"}, environ, io.Discard, io.Discard); err != nil {
		t.Errorf("doctor: %v", err)
	}
}

// TestNoPast where a real Stripe is, where people are enough, and where somebody
// does the tasks.
func TestNoPast(t *testing.T) {
	db := pgtest.New(t, tasks.Schema())
	b := &backends{db: db}
	for name, tt := range map[string]struct {
		config Config
		past   bool
	}{
		"the simulator": {Config{Demo: "auto"}, true},
		"a Stripe":      {Config{Demo: "yes", StripeKey: "sk_test_x"}, false},
		"people only":   {Config{Demo: demoPeople}, false},
	} {
		p := &program{config: tt.config}
		if past, err := p.givesPast(t.Context(), b); past != tt.past || err != nil {
			t.Errorf("%s: %v, %v", name, past, err)
		}
	}
	listener, err := db.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Release()
	if _, err := listener.Exec(t.Context(), `LISTEN tasks`); err != nil {
		t.Fatal(err)
	}
	if past, err := (&program{}).givesPast(t.Context(), b); past || err != nil {
		t.Errorf("beside a worker: %v, %v", past, err)
	}
}
