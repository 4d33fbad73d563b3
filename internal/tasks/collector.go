package tasks

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"meent/internal/id"
)

// Collector shows Counts to Prometheus. When the database is away the metrics
// are absent, and the scrape reports why.
func (q *Queue) Collector() prometheus.Collector {
	return collector{
		queue:  q,
		tasks:  prometheus.NewDesc("meent_tasks", "Tasks in the queue.", []string{"lane", "state"}, nil),
		oldest: prometheus.NewDesc("meent_tasks_oldest_seconds", "How long the oldest waiting task has been due.", []string{"lane"}, nil),
	}
}

type collector struct {
	queue         *Queue
	tasks, oldest *prometheus.Desc
}

// Describe names the metrics.
func (c collector) Describe(descs chan<- *prometheus.Desc) {
	descs <- c.tasks
	descs <- c.oldest
}

// Collect counts at most two seconds long.
func (c collector) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	counts, err := c.queue.Counts(ctx, id.Cooperative{})
	if err != nil {
		metrics <- prometheus.NewInvalidMetric(c.tasks, err)
		return
	}
	for _, count := range counts {
		c.show(metrics, count)
	}
}

func (c collector) show(metrics chan<- prometheus.Metric, count Count) {
	lane := count.Lane.String()
	states := map[string]int{"waiting": count.Waiting, "later": count.Later, "running": count.Running, "dead": count.Dead}
	for state, n := range states {
		metrics <- prometheus.MustNewConstMetric(c.tasks, prometheus.GaugeValue, float64(n), lane, state)
	}
	metrics <- prometheus.MustNewConstMetric(c.oldest, prometheus.GaugeValue, count.Oldest.Seconds(), lane)
}
