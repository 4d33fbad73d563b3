package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// newRegistry holds what Prometheus may ask of this process; parts join it.
func newRegistry(s *services, parts ...prometheus.Collector) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), s.queue.Collector(), newBrowseMetrics(s), newLedgerMetrics(s, time.Now), newMoneyMetrics(s, time.Now),
		s.matching, newMatchingMetrics(s), newReviewMetrics(s, time.Now))
	registry.MustRegister(parts...)
	return registry
}

// serveMetrics shows a worker's metrics until ctx ends: it has no pages.
func (p *program) serveMetrics(ctx context.Context, registry *prometheus.Registry) error {
	if p.config.Metrics == "" {
		<-ctx.Done()
		return nil
	}
	listener, err := net.Listen("tcp", p.config.Metrics)
	if err != nil {
		return fmt.Errorf("MEENT_METRICS: cannot listen on %s: %w", p.config.Metrics, reason(err))
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 15 * time.Second}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	p.log.Info("metrics", "address", listener.Addr().String())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
