package web

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics handles GET /metrics.
func metrics(r *request) error {
	promhttp.HandlerFor(r.web.Metrics, promhttp.HandlerOpts{}).ServeHTTP(r.Writer, r.Request)
	return nil
}

// requestMetrics counts requests by route pattern.
type requestMetrics struct {
	total   *prometheus.CounterVec
	seconds *prometheus.HistogramVec
}

func newRequestMetrics(registry *prometheus.Registry) *requestMetrics {
	make := promauto.With(registry)
	return &requestMetrics{
		total: make.NewCounterVec(prometheus.CounterOpts{
			Name: "meent_http_requests_total", Help: "Answered requests."}, []string{"method", "route", "status"}),
		seconds: make.NewHistogramVec(prometheus.HistogramOpts{
			Name: "meent_http_request_seconds", Help: "Time to answer.",
			Buckets: []float64{.005, .02, .05, .1, .3, 1, 3, 10}}, []string{"method", "route"}),
	}
}

// route notes which pattern answers; "" is a path that leads nowhere.
func (m *requestMetrics) route(ctx context.Context, pattern string) {
	if s, ok := ctx.Value(sightKey{}).(*sight); ok {
		s.pattern = pattern
	}
}

func (m *requestMetrics) count(name string, s *sight, took time.Duration) {
	m.total.WithLabelValues(method(name), s.pattern, http.StatusText(s.status)).Inc()
	m.seconds.WithLabelValues(method(name), s.pattern).Observe(took.Seconds())
}
