package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// browseMetrics show how this program's pages did with the browse index, and how
// that differed from the gigs at the last check of whichever program did it.
type browseMetrics struct {
	services                         *services
	asked, drift, repaired, checkAge *prometheus.Desc
}

func newBrowseMetrics(s *services) browseMetrics {
	return browseMetrics{
		services: s,
		asked:    prometheus.NewDesc("meent_browse_asked_total", "Searches by pages, by what the index did: it answered, was slow, failed, or rested after that.", []string{"index"}, nil),
		drift:    prometheus.NewDesc("meent_browse_drift", "Gigs that were wrong in the index at its last check, and were put right.", []string{"how"}, nil),
		repaired: prometheus.NewDesc("meent_browse_repaired_total", "Gigs that were put right in the index, since the first check.", nil, nil),
		checkAge: prometheus.NewDesc("meent_browse_checked_timestamp_seconds", "When the index was last checked.", nil, nil),
	}
}

// Describe names the metrics.
func (m browseMetrics) Describe(descs chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{m.asked, m.drift, m.repaired, m.checkAge} {
		descs <- d
	}
}

// Collect reads the last check at most two seconds long. Before the first there
// is nothing to show of it.
func (m browseMetrics) Collect(metrics chan<- prometheus.Metric) {
	use := m.services.jobs.IndexUse()
	for how, n := range map[string]int64{"answered": use.Answered, "slow": use.Slow, "failed": use.Failed, "rested": use.Rested} {
		metrics <- prometheus.MustNewConstMetric(m.asked, prometheus.CounterValue, float64(n), how)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	last, err := m.services.jobs.LastIndexCheck(ctx)
	if err != nil {
		metrics <- prometheus.NewInvalidMetric(m.drift, err)
		return
	}
	if last.At.IsZero() {
		return
	}
	for how, n := range map[string]int{"missing": last.Missing, "surplus": last.Surplus, "stale": last.Stale} {
		metrics <- prometheus.MustNewConstMetric(m.drift, prometheus.GaugeValue, float64(n), how)
	}
	metrics <- prometheus.MustNewConstMetric(m.repaired, prometheus.CounterValue, float64(last.Repaired))
	metrics <- prometheus.MustNewConstMetric(m.checkAge, prometheus.GaugeValue, float64(last.At.Unix()))
}
