package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"meent/matching"
)

// matchingMetrics show how the engine of this process is, and how long gigs wait until
// they are filled. How long it takes to choose the matcher itself shows.
type matchingMetrics struct {
	health func(context.Context) (matching.EngineHealth, error)
	waits  func(context.Context) (matching.Waits, error)

	state, members, looked, drift, faults, warm, behind, age, filled, open *prometheus.Desc
}

func newMatchingMetrics(s *services) *matchingMetrics {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("meent_matching_"+name, help, labels, nil)
	}
	return &matchingMetrics{
		health:  func(ctx context.Context) (matching.EngineHealth, error) { return s.matching.EngineHealth(ctx) },
		waits:   func(ctx context.Context) (matching.Waits, error) { return s.matching.Waits(ctx) },
		state:   desc("engine", "1 for how the engine of this process is: kept, or loading or behind, when the tables choose.", "state"),
		members: desc("engine_members", "Members that it keeps."),
		looked:  desc("drift_looked_total", "Members at whom it looked again, since the start."),
		drift:   desc("drift_rows_total", "Those of them who were not as the tables say, since the start. It must stay 0."),
		faults:  desc("engine_faults_total", "How often it could not load or follow, or broke, since the start."),
		warm:    desc("engine_warm", "1 where it began with its file."),
		behind:  desc("feed_behind_rows", "Changes that it did not follow yet."),
		age:     desc("feed_age_seconds", "How old the oldest of them is."),
		filled:  desc("filled_seconds", "How long gigs of the last four weeks waited until every seat was taken.", "quantile"),
		open:    desc("unfilled_oldest_seconds", "How long the gig waits that waits longest for its people."),
	}
}

// Describe names the metrics.
func (m *matchingMetrics) Describe(descs chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{m.state, m.members, m.looked, m.drift, m.faults, m.warm, m.behind, m.age, m.filled, m.open} {
		descs <- d
	}
}

// Collect asks at most five seconds long. Where it could not, none is shown.
func (m *matchingMetrics) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if h, err := m.health(ctx); err == nil && h.State != matching.EngineNone {
		m.showEngine(metrics, h)
	}
	w, err := m.waits(ctx)
	if err != nil {
		return
	}
	metrics <- prometheus.MustNewConstMetric(m.open, prometheus.GaugeValue, w.Oldest.Seconds())
	if w.Filled > 0 {
		metrics <- prometheus.MustNewConstMetric(m.filled, prometheus.GaugeValue, w.Half.Seconds(), "0.5")
		metrics <- prometheus.MustNewConstMetric(m.filled, prometheus.GaugeValue, w.Most.Seconds(), "0.9")
	}
}

func (m *matchingMetrics) showEngine(metrics chan<- prometheus.Metric, h matching.EngineHealth) {
	for _, state := range matching.EngineStates() {
		metrics <- prometheus.MustNewConstMetric(m.state, prometheus.GaugeValue, one(state == h.State), string(state))
	}
	for _, c := range []struct {
		desc  *prometheus.Desc
		kind  prometheus.ValueType
		value float64
	}{
		{m.members, prometheus.GaugeValue, float64(h.Members)}, {m.looked, prometheus.CounterValue, float64(h.Looked)},
		{m.drift, prometheus.CounterValue, float64(h.Wrong)}, {m.faults, prometheus.CounterValue, float64(h.Faults)},
		{m.warm, prometheus.GaugeValue, one(h.Warm)}, {m.behind, prometheus.GaugeValue, float64(h.Behind)}, {m.age, prometheus.GaugeValue, h.Age.Seconds()},
	} {
		metrics <- prometheus.MustNewConstMetric(c.desc, c.kind, c.value)
	}
}

func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
