package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"meent/members"
)

// reviewMetrics show the second looks that somebody waits for, by what they are about:
// a decision of a person, or the choice of who is asked for work.
type reviewMetrics struct {
	open map[string]func(context.Context) (members.OpenReviews, error)
	now  func() time.Time

	reviews, late, oldest *prometheus.Desc
}

func newReviewMetrics(s *services, now func() time.Time) *reviewMetrics {
	about := []string{"about"}
	return &reviewMetrics{
		open: map[string]func(context.Context) (members.OpenReviews, error){
			"decision": func(ctx context.Context) (members.OpenReviews, error) { return s.members.OpenReviews(ctx) },
			"choice":   func(ctx context.Context) (members.OpenReviews, error) { return s.matching.OpenReviews(ctx) },
		},
		now:     now,
		reviews: prometheus.NewDesc("meent_reviews_open", "Reviews that were asked and are not answered.", about, nil),
		late:    prometheus.NewDesc("meent_reviews_late", "Those of them that should have been answered.", about, nil),
		oldest:  prometheus.NewDesc("meent_reviews_oldest_seconds", "How long ago the oldest of them was asked.", about, nil),
	}
}

// Describe names the metrics.
func (m *reviewMetrics) Describe(descs chan<- *prometheus.Desc) {
	descs <- m.reviews
	descs <- m.late
	descs <- m.oldest
}

// Collect counts, at most two seconds long. What it could not count is not shown.
func (m *reviewMetrics) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	for about, count := range m.open {
		if open, err := count(ctx); err == nil {
			m.show(metrics, about, open)
		}
	}
}

func (m *reviewMetrics) show(metrics chan<- prometheus.Metric, about string, open members.OpenReviews) {
	age := time.Duration(0)
	if open.Count > 0 {
		age = m.now().Sub(open.Oldest)
	}
	metrics <- prometheus.MustNewConstMetric(m.reviews, prometheus.GaugeValue, float64(open.Count), about)
	metrics <- prometheus.MustNewConstMetric(m.late, prometheus.GaugeValue, float64(open.Late), about)
	metrics <- prometheus.MustNewConstMetric(m.oldest, prometheus.GaugeValue, age.Seconds(), about)
}
