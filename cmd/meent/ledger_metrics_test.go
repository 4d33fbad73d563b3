package main

import (
	"context"
	"errors"
	"maps"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"meent/payments"
)

// TestLedgerMetrics: every view has its figure, the books are read once in a
// while, and a look that failed does not pass for a good one.
func TestLedgerMetrics(t *testing.T) {
	looks, now := 0, time.Unix(1_800_000_000, 0)
	var fails error
	m := newLedgerMetrics(nil, func() time.Time { return now })
	m.examine = func(context.Context) (payments.Faults, error) {
		looks++
		return payments.Faults{"sum": 0, "balance": looks}, fails
	}
	expect := func(balance, checked float64) {
		t.Helper()
		want := map[string]float64{"sum": 0, "balance": balance, "": checked}
		if got := gathered(t, m); !maps.Equal(got, want) {
			t.Errorf("the metrics are %v, want %v", got, want)
		}
	}
	expect(1, 1_800_000_000)
	now = now.Add(examineEach - time.Second)
	expect(1, 1_800_000_000)
	now, fails = now.Add(time.Second), errors.New("no database")
	expect(1, 1_800_000_000)
	now, fails = now.Add(examineEach), nil
	expect(3, 1_800_000_600)
}

// gathered gives the figures by their view, and the one without by "".
func gathered(t *testing.T, c prometheus.Collector) map[string]float64 {
	t.Helper()
	registry := prometheus.NewRegistry()
	registry.MustRegister(c)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	figures := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			view := ""
			for _, label := range metric.GetLabel() {
				view = label.GetValue()
			}
			figures[view] = metric.GetGauge().GetValue()
		}
	}
	return figures
}
