package main

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"meent/internal/pg/pgtest"
	"meent/payments"
)

// TestMoneyCommands: an operator stops all payouts, and they go on only when the
// books were compared.
func TestMoneyCommands(t *testing.T) {
	db := pgtest.New(t, schemas()...)
	address := db.Config().ConnString()
	if out, err := meent(t, address, "coop", "create", "-name", "Maasland", "-coordinator", "Jet Bos", "-email", "jet@meent.example"); err != nil {
		t.Fatalf("%v, %s", err, out)
	}
	for _, args := range [][]string{{"quarantine", "x"}, {"reconcile", "all"}, {"resume", "x"}} {
		if _, err := meent(t, address, args...); err == nil || !strings.Contains(err.Error(), "say ") {
			t.Errorf("%q gave %v", args, err)
		}
	}
	if out, err := meent(t, address, "resume"); err != nil || !strings.Contains(out, "Maasland: nothing was stopped") {
		t.Errorf("resume gave %v, %s", err, out)
	}
	if out, err := meent(t, address, "quarantine"); err != nil || !strings.Contains(out, "All payouts are stopped") {
		t.Errorf("quarantine gave %v, %s", err, out)
	}
	if out, err := meent(t, address, "doctor"); err != nil || !strings.Contains(out, "stopped for 1 reason") {
		t.Errorf("doctor gave %v, %s", err, out)
	}
	if _, err := meent(t, address, "resume"); err == nil || !strings.Contains(err.Error(), "Maasland: the books were not compared yet") {
		t.Errorf("resume before a look gave %v", err)
	}
	if out, err := meent(t, address, "reconcile", "-whole"); err != nil || !strings.Contains(out, "compares the books") {
		t.Errorf("reconcile gave %v, %s", err, out)
	}
	var asked int
	if err := db.QueryRow(t.Context(), `SELECT count(*) FROM tasks.task WHERE kind = 'payments.reconcile'`).Scan(&asked); err != nil || asked < 2 {
		t.Errorf("%d looks are asked for, %v", asked, err)
	}
	if _, err := db.Exec(t.Context(), `INSERT INTO payments.cursor VALUES ('books', '', now() + interval '1 hour')`); err != nil {
		t.Fatal(err)
	}
	if out, err := meent(t, address, "resume"); err != nil || !strings.Contains(out, "Maasland: payouts go on") {
		t.Errorf("resume gave %v, %s", err, out)
	}
	const differs = `
		INSERT INTO payments.difference (id, cooperative_id, kind, thing, about, outside, ours_cents, theirs_cents, found_at, seen_at, confirmed_at)
		SELECT gen_random_uuid(), id, 'balance', 'balance', 'balance', '', 1, 2, now(), now(), now() FROM members.cooperative`
	if _, err := db.Exec(t.Context(), differs); err != nil {
		t.Fatal(err)
	}
	if out, err := meent(t, address, "doctor"); err == nil || !strings.Contains(out, "ill: the books of Stripe and ours differ 1 time") {
		t.Errorf("doctor gave %v, %s", err, out)
	}
}

// TestMoneyMetrics: each figure is that of Health, and none is shown that is not known.
func TestMoneyMetrics(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	h, fails := payments.Health{Differ: 2, OldestDiff: now.Add(-time.Minute), Stops: 1, Unknown: 3, OldestAsk: now.Add(-time.Hour)}, error(nil)
	m := newMoneyMetrics(nil, func() time.Time { return now })
	m.health = func(context.Context) (payments.Health, error) { return h, fails }
	want := map[string]float64{"meent_money_differences": 2, "meent_money_oldest_difference_seconds": 60, "meent_money_stops": 1,
		"meent_money_unknown_errands": 3, "meent_money_oldest_unknown_errand_seconds": 3600}
	if got := figures(t, m); !maps.Equal(got, want) {
		t.Errorf("the metrics are %v, want %v", got, want)
	}
	h = payments.Health{Home: true}
	if got := figures(t, m); len(got) != 5 || got["meent_money_oldest_difference_seconds"] != 0 {
		t.Errorf("of nothing the metrics are %v", got)
	}
	if fails = errors.New("no database"); len(figures(t, m)) != 0 {
		t.Error("figures that nobody counted")
	}
}

func figures(t *testing.T, c prometheus.Collector) map[string]float64 {
	t.Helper()
	registry := prometheus.NewRegistry()
	registry.MustRegister(c)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]float64{}
	for _, family := range families {
		list[family.GetName()] = family.GetMetric()[0].GetGauge().GetValue()
	}
	return list
}
