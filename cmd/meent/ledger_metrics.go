package main

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"meent/payments"
)

// examineEach is how often the books are read for metrics: it reads them whole.
const examineEach = 5 * time.Minute

// ledgerMetrics show what is wrong in the books, as `meent doctor` does. Each view
// that must be empty has its figure, also while it is.
type ledgerMetrics struct {
	examine        func(context.Context) (payments.Faults, error)
	now            func() time.Time
	wrong, checked *prometheus.Desc

	mu    sync.Mutex
	tried time.Time
	at    time.Time // zero: not yet
	found payments.Faults
}

func newLedgerMetrics(s *services, now func() time.Time) *ledgerMetrics {
	return &ledgerMetrics{
		examine: func(ctx context.Context) (payments.Faults, error) { return s.payments.Examine(ctx) },
		now:     now,
		wrong:   prometheus.NewDesc("meent_ledger_wrong", "Rows of what must never be in the books, by the name of the view.", []string{"view"}, nil),
		checked: prometheus.NewDesc("meent_ledger_checked_timestamp_seconds", "When the books were last read whole.", nil, nil),
	}
}

// Describe names the metrics.
func (m *ledgerMetrics) Describe(descs chan<- *prometheus.Desc) {
	descs <- m.wrong
	descs <- m.checked
}

// Collect shows the newest look, and takes one when that is old, at most ten
// seconds long. Where it could not look, the time of the last one stays.
func (m *ledgerMetrics) Collect(metrics chan<- prometheus.Metric) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now := m.now(); now.Sub(m.tried) >= examineEach {
		m.tried = now
		m.look()
	}
	if m.at.IsZero() {
		return
	}
	for view, n := range m.found {
		metrics <- prometheus.MustNewConstMetric(m.wrong, prometheus.GaugeValue, float64(n), view)
	}
	metrics <- prometheus.MustNewConstMetric(m.checked, prometheus.GaugeValue, float64(m.at.Unix()))
}

func (m *ledgerMetrics) look() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if found, err := m.examine(ctx); err == nil {
		m.found, m.at = found, m.tried
	}
}
