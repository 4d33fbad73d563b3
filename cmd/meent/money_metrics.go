package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"meent/payments"
)

// moneyMetrics show whether money can leave, and whether Stripe's books and ours
// agree, as `meent doctor` does.
type moneyMetrics struct {
	health func(context.Context) (payments.Health, error)
	now    func() time.Time

	differences, oldest, stops, unknown, oldestUnknown *prometheus.Desc
}

func newMoneyMetrics(s *services, now func() time.Time) *moneyMetrics {
	desc := func(name, help string) *prometheus.Desc { return prometheus.NewDesc(name, help, nil, nil) }
	return &moneyMetrics{
		health:        func(ctx context.Context) (payments.Health, error) { return s.payments.Health(ctx) },
		now:           now,
		differences:   desc("meent_money_differences", "Differences between Stripe's books and ours that nobody explained."),
		oldest:        desc("meent_money_oldest_difference_seconds", "How old the oldest of them is."),
		stops:         desc("meent_money_stops", "Reasons for which no money leaves a cooperative."),
		unknown:       desc("meent_money_unknown_errands", "Calls to Stripe of which the answer is not known."),
		oldestUnknown: desc("meent_money_oldest_unknown_errand_seconds", "How old the oldest of them is."),
	}
}

// Describe names the metrics.
func (m *moneyMetrics) Describe(descs chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{m.differences, m.oldest, m.stops, m.unknown, m.oldestUnknown} {
		descs <- d
	}
}

// Collect counts, at most five seconds long. Where it could not, none is shown.
func (m *moneyMetrics) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	h, err := m.health(ctx)
	if err != nil {
		return
	}
	for _, one := range []struct {
		desc  *prometheus.Desc
		value float64
	}{
		{m.differences, float64(h.Differ)}, {m.oldest, m.age(h.OldestDiff)}, {m.stops, float64(h.Stops)},
		{m.unknown, float64(h.Unknown)}, {m.oldestUnknown, m.age(h.OldestAsk)},
	} {
		metrics <- prometheus.MustNewConstMetric(one.desc, prometheus.GaugeValue, one.value)
	}
}

// age is how long ago something began; 0 when nothing did.
func (m *moneyMetrics) age(since time.Time) float64 {
	if since.IsZero() {
		return 0
	}
	return m.now().Sub(since).Seconds()
}
