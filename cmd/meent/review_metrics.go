package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"meent/members"
)

// reviewMetrics show the second looks that somebody waits for.
type reviewMetrics struct {
	open func(context.Context) (members.OpenReviews, error)
	now  func() time.Time

	reviews, late, oldest *prometheus.Desc
}

func newReviewMetrics(s *services, now func() time.Time) *reviewMetrics {
	return &reviewMetrics{
		open:    func(ctx context.Context) (members.OpenReviews, error) { return s.members.OpenReviews(ctx) },
		now:     now,
		reviews: prometheus.NewDesc("meent_reviews_open", "Reviews of decisions that were asked and are not answered.", nil, nil),
		late:    prometheus.NewDesc("meent_reviews_late", "Those of them that should have been answered.", nil, nil),
		oldest:  prometheus.NewDesc("meent_reviews_oldest_seconds", "How long ago the oldest of them was asked.", nil, nil),
	}
}

// Describe names the metrics.
func (m *reviewMetrics) Describe(descs chan<- *prometheus.Desc) {
	descs <- m.reviews
	descs <- m.late
	descs <- m.oldest
}

// Collect counts, at most two seconds long. Where it could not, none is shown.
func (m *reviewMetrics) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	open, err := m.open(ctx)
	if err != nil {
		return
	}
	age := time.Duration(0)
	if open.Count > 0 {
		age = m.now().Sub(open.Oldest)
	}
	metrics <- prometheus.MustNewConstMetric(m.reviews, prometheus.GaugeValue, float64(open.Count))
	metrics <- prometheus.MustNewConstMetric(m.late, prometheus.GaugeValue, float64(open.Late))
	metrics <- prometheus.MustNewConstMetric(m.oldest, prometheus.GaugeValue, age.Seconds())
}
