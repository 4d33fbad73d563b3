package tasks

import (
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// meters count what one worker does; Queue.Collector counts what waits.
type meters struct {
	seconds     *prometheus.HistogramVec
	inFlight    prometheus.Gauge
	redelivered prometheus.Counter
	lag         prometheus.Histogram
}

func newMeters() *meters {
	return &meters{
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "meent_task_seconds", Help: "How long tries took, by kind and end: done, failed or lost.",
			Buckets: []float64{.002, .01, .05, .2, 1, 5, 30, 120}}, []string{"kind", "end"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "meent_tasks_in_flight", Help: "Tries that this worker makes now."}),
		redelivered: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "meent_tasks_redelivered_total", Help: "Tasks delivered again, because a worker, a message or Redis vanished."}),
		lag: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "meent_tasks_relay_lag_seconds", Help: "From the moment a task is due until its message is in Redis.",
			Buckets: []float64{.001, .005, .02, .1, .5, 2, 10, 60}}),
	}
}

// begin starts the time of a try; the result ends it.
func (m *meters) begin(kind string) (end func(error)) {
	start := time.Now()
	m.inFlight.Inc()
	return func(err error) {
		m.inFlight.Dec()
		m.seconds.WithLabelValues(kind, endOf(err)).Observe(time.Since(start).Seconds())
	}
}

func endOf(err error) string {
	switch {
	case err == nil:
		return "done"
	case errors.Is(err, errLost):
		return "lost"
	default:
		return "failed"
	}
}

// Describe names the worker's metrics.
func (w *Worker) Describe(descs chan<- *prometheus.Desc) {
	for _, one := range w.meters.all() {
		one.Describe(descs)
	}
}

// Collect gives the worker's metrics to Prometheus.
func (w *Worker) Collect(metrics chan<- prometheus.Metric) {
	for _, one := range w.meters.all() {
		one.Collect(metrics)
	}
}

func (m *meters) all() []prometheus.Collector {
	return []prometheus.Collector{m.seconds, m.inFlight, m.redelivered, m.lag}
}
