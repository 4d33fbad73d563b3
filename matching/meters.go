package matching

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Who chose: the engine proposed and the tables judged, or the tables alone.
const (
	byEngine = "engine"
	byTables = "tables"
)

// meters count what the matcher of this process does.
type meters struct{ seconds, candidates *prometheus.HistogramVec }

func newMeters() *meters {
	m := &meters{
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "meent_matching_query_seconds", Help: "How long it took to choose who is asked for a shift, by who chose: the engine, or the tables alone.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, 1, 5}}, []string{"by"}),
		candidates: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "meent_matching_candidates", Help: "At how many members the tables looked for that.",
			Buckets: []float64{0, 5, 25, 50, 100, 1000, 10_000}}, []string{"by"}),
	}
	for _, by := range []string{byEngine, byTables} { // shown from the start
		m.seconds.WithLabelValues(by)
		m.candidates.WithLabelValues(by)
	}
	return m
}

func (m *meters) ranked(by string, took time.Duration, candidates int) {
	m.seconds.WithLabelValues(by).Observe(took.Seconds())
	m.candidates.WithLabelValues(by).Observe(float64(candidates))
}

// Describe names the metrics of choosing.
func (s *Service) Describe(descs chan<- *prometheus.Desc) {
	s.engines.meters.seconds.Describe(descs)
	s.engines.meters.candidates.Describe(descs)
}

// Collect gives them to Prometheus.
func (s *Service) Collect(metrics chan<- prometheus.Metric) {
	s.engines.meters.seconds.Collect(metrics)
	s.engines.meters.candidates.Collect(metrics)
}
