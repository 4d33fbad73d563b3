package main

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"meent/matching"
	"meent/members"
)

// TestMatchingMetrics: each figure is that of the engine of this process, and none is
// shown that is not known.
func TestMatchingMetrics(t *testing.T) {
	h, fails := matching.EngineHealth{State: matching.EngineKept, Behind: 3, Age: time.Minute}, error(nil)
	h.Members, h.Looked, h.Wrong, h.Faults = 7, 40, 1, 2
	m := newMatchingMetrics(nil)
	m.health = func(context.Context) (matching.EngineHealth, error) { return h, fails }
	m.waits = func(context.Context) (matching.Waits, error) {
		return matching.Waits{Filled: 2, Half: time.Hour, Most: 2 * time.Hour, Oldest: 3 * time.Hour}, fails
	}
	got := figures(t, m)
	for name, want := range map[string]float64{"engine_members": 7, "feed_behind_rows": 3, "feed_age_seconds": 60, "filled_seconds": 3600, "unfilled_oldest_seconds": 10800} {
		if got["meent_matching_"+name] != want {
			t.Errorf("%s is %g, want %g", name, got["meent_matching_"+name], want)
		}
	}
	if len(got) != 10 {
		t.Errorf("the metrics are %v", got)
	}
	if h.State = matching.EngineNone; len(figures(t, m)) != 2 {
		t.Error("figures of an engine that nobody keeps")
	}
	if fails = errors.New("no database"); len(figures(t, m)) != 0 {
		t.Error("figures that nobody counted")
	}
}

// TestReviewMetrics: the same of second looks, of each kind by itself.
func TestReviewMetrics(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	open, fails := members.OpenReviews{Count: 2, Late: 1, Oldest: now.Add(-time.Hour)}, error(nil)
	m := newReviewMetrics(nil, func() time.Time { return now })
	m.open["choice"] = func(context.Context) (members.OpenReviews, error) { return open, fails }
	m.open["decision"] = func(context.Context) (members.OpenReviews, error) {
		return members.OpenReviews{Count: 7, Late: 5, Oldest: now.Add(-time.Minute)}, nil
	}
	shows := func(choice ...float64) {
		t.Helper()
		want := map[string][]float64{"open": {7}, "late": {5}, "oldest_seconds": {60}} // choice comes before decision
		for i, name := range []string{"open", "late", "oldest_seconds"} {
			if len(choice) > 0 {
				want[name] = append([]float64{choice[i]}, want[name]...)
			}
			if got := series(t, m, "meent_reviews_"+name); !slices.Equal(got, want[name]) {
				t.Errorf("%s are %v, want %v", name, got, want[name])
			}
		}
	}
	shows(2, 1, 3600)
	open = members.OpenReviews{}
	shows(0, 0, 0)
	fails = errors.New("no database")
	shows()
}

// series are the figures of one name, by their labels.
func series(t *testing.T, c prometheus.Collector, name string) (list []float64) {
	t.Helper()
	registry := prometheus.NewRegistry()
	registry.MustRegister(c)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, one := range family.GetMetric() {
			if family.GetName() == name {
				list = append(list, one.GetGauge().GetValue())
			}
		}
	}
	return list
}
