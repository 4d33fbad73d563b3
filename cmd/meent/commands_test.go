package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/payments"
)

// meent runs a command on a database and gives what it prints.
func meent(t *testing.T, address string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), args, []string{"DATABASE_URL=" + address, "MEENT_DEMO=people"}, &out, io.Discard)
	return out.String(), err
}

func TestCommandsFromAnEmptyDatabaseOn(t *testing.T) {
	address := pgtest.New(t).Config().ConnString()
	if out, err := meent(t, address, "doctor"); err == nil || !strings.Contains(out, "meent migrate") {
		t.Errorf("doctor on an empty database gave %v and said:\n%s", err, out)
	}
	for range 2 {
		if out, err := meent(t, address, "migrate"); err != nil || !strings.Contains(out, "up to date") {
			t.Errorf("migrate gave %v, %s", err, out)
		}
	}
	if out, err := meent(t, address, "doctor"); err != nil || !strings.Contains(out, "no cooperative yet") {
		t.Errorf("doctor after migrate gave %v and said:\n%s", err, out)
	}
	if out, err := meent(t, address, "seed"); err != nil || !strings.Contains(out, "Demo data is in") {
		t.Errorf("seed gave %v, %s", err, out)
	}
	if _, err := meent(t, address, "seed"); err == nil || !strings.Contains(err.Error(), "empty database only") {
		t.Errorf("the second seed gave %v", err)
	}
	out, err := meent(t, address, "doctor")
	if err != nil || strings.Count(out, "\n") != 16 || !strings.Contains(out, "2 cooperatives") || strings.Contains(out, "ill:") {
		t.Errorf("doctor at the end gave %v and said:\n%s", err, out)
	}
}

func TestCoopCreate(t *testing.T) {
	db := pgtest.New(t, schemas()...)
	address := db.Config().ConnString()
	good := []string{"coop", "create", "-name", "Maasland", "-coordinator", "Jet Bos", "-email", "jet@meent.example"}
	if out, err := meent(t, address, good...); err != nil || !strings.Contains(out, "Maasland exists. Jet Bos can sign in") {
		t.Fatalf("coop create gave %v, %s", err, out)
	}
	var beforehand string
	if err := db.QueryRow(t.Context(), `SELECT deposit FROM payments.policy`).Scan(&beforehand); err != nil || beforehand != string(payments.HouseholdsAndNew) {
		t.Errorf("it asks %q beforehand, %v", beforehand, err)
	}
	tests := []struct {
		name string
		args []string
		says string
	}{
		{"the same name", good, "-name: another cooperative has this name"},
		{"nothing", []string{"coop"}, "say who founds it"},
		{"another verb", []string{"coop", "delete"}, "say who founds it"},
		{"an unknown flag", append(good, "-colour", "red"), "say who founds it"},
		{"no name", []string{"coop", "create", "-coordinator", "Jet", "-email", "jet@meent.example"}, "-name: is missing"},
		{"no person", []string{"coop", "create", "-name", "X", "-email", "jet@meent.example"}, "-coordinator: is missing"},
		{"no address", []string{"coop", "create", "-name", "X", "-coordinator", "Jet", "-email", "jet"}, "-email: is not an e-mail address"},
		{"a strange language", append(good, "-language", "fr"), "-language: must be nl or en"},
	}
	for _, tt := range tests {
		if _, err := meent(t, address, tt.args...); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s gave %v, want %q", tt.name, err, tt.says)
		}
	}
}

// TestEmbeddedRedisForgetsInTime: miniredis' own clock stands still.
func TestEmbeddedRedisForgetsInTime(t *testing.T) {
	server := miniredis.RunT(t)
	stop := advance(server, 5*time.Millisecond)
	defer stop()
	if err := server.Set("key", "value"); err != nil {
		t.Fatal(err)
	}
	server.SetTTL("key", 50*time.Millisecond)
	for deadline := time.Now().Add(10 * time.Second); server.Exists("key"); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the key lives for ever")
		}
	}
}

// TestEmbeddedRedisAsksForAPassword, since everybody on the machine can reach it.
func TestEmbeddedRedisAsksForAPassword(t *testing.T) {
	p := &program{log: slog.New(slog.DiscardHandler)}
	b := &backends{}
	options, err := p.embeddedRedis(b)
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	if !strings.HasPrefix(options.Addr, "127.0.0.1:") || len(options.Password) < 20 {
		t.Errorf("it listens on %s with a password of %d characters", options.Addr, len(options.Password))
	}
}

// TestEveryTaskHasItsHandler: the map of tasks is whole, and names no kind twice.
func TestEveryTaskHasItsHandler(t *testing.T) {
	db := pgtest.New(t, schemas()...)
	c, err := readConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &program{config: c, log: slog.New(slog.DiscardHandler), now: time.Now}
	b := &backends{db: db}
	var worker *tasks.Worker
	if worker, err = p.newWorker(b, p.newServices(b)); err != nil || worker == nil {
		t.Errorf("newWorker gave %v", err)
	}
}

// TestWorkShowsMetrics: a worker has no pages, and Prometheus asks it all the same.
func TestWorkShowsMetrics(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	environ := []string{"DATABASE_URL=" + pgtest.New(t, schemas()...).Config().ConnString(), "MEENT_DEMO=yes",
		"REDIS_URL=redis://" + miniredis.RunT(t).Addr(), "MEENT_METRICS=" + freeAddr(t), "MEILI_URL=none"}
	environ = append(environ, "MEENT_KEY="+vault.Encode(vault.NewSecret()), "STRIPE_KEY=sk_test_x", "STRIPE_WEBHOOK_SECRET=whsec_x", "STRIPE_CONNECT_WEBHOOK_SECRET=whsec_x", "STRIPE_URL=http://127.0.0.1:9")
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"work"}, environ, io.Discard, t.Output()) }()
	address := strings.TrimPrefix(environ[3], "MEENT_METRICS=")
	text := ""
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(text, "meent_task_seconds_count"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("no finished task in the metrics:\n%s", text)
		}
		if answer, err := http.Get("http://" + address + "/metrics"); err == nil {
			body, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			text = string(body)
		}
	}
	for _, name := range []string{"meent_tasks{", "meent_tasks_oldest_seconds", "meent_browse_asked_total{", "meent_tasks_in_flight", "meent_tasks_redelivered_total", "meent_tasks_relay_lag_seconds_count"} {
		if !strings.Contains(text, name) {
			t.Errorf("no %s in the metrics", name)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("work ended with %v", err)
	}
}
