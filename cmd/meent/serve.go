package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"
)

// stopTime is how long running requests and tasks may take to end.
const stopTime = 2 * time.Second

// serve is `meent serve`: the web pages alone; several may run.
func (p *program) serve(ctx context.Context) error {
	if err := p.config.apart(); err != nil {
		return err
	}
	listener, err := p.listen()
	if err != nil {
		return err
	}
	defer listener.Close()
	return p.withServices(ctx, func(b *backends, s *services) error {
		return p.serveOn(ctx, b, s, listener, newRegistry(s))
	})
}

// work is `meent work`: the background work alone; several may run.
func (p *program) work(ctx context.Context) error {
	if err := p.config.apart(); err != nil {
		return err
	}
	return p.withServices(ctx, func(b *backends, s *services) error {
		worker, err := p.newWorker(b, s)
		if err != nil {
			return err
		}
		if err := s.payments.ComeHome(ctx); err != nil { // before any task: it may be a database of yesterday
			return err
		}
		if err := s.jobs.AskIndexFilled(ctx, false); err != nil {
			return err
		}
		group, ctx := errgroup.WithContext(ctx)
		group.Go(func() error { return worker.Run(ctx) })
		group.Go(func() error { return p.keepEngine(ctx, s) })
		group.Go(func() error { return p.serveMetrics(ctx, newRegistry(s, worker)) })
		return group.Wait()
	})
}

// runTogether serves and works until the context ends or one of them fails.
func (p *program) runTogether(ctx context.Context, b *backends, s *services, listener net.Listener) error {
	worker, err := p.newWorker(b, s)
	if err != nil {
		return err
	}
	if err := s.payments.ComeHome(ctx); err != nil {
		return err
	}
	if err := s.jobs.AskIndexFilled(ctx, true); err != nil { // a crash may have kept the newest changes from the disk
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return worker.Run(ctx) })
	group.Go(func() error { return p.keepEngine(ctx, s) })
	group.Go(func() error { return p.serveOn(ctx, b, s, listener, newRegistry(s, worker)) })
	if b.simulator != nil {
		group.Go(func() error { return b.simulator.run(ctx) })
	}
	return group.Wait()
}

// keepEngine keeps the engine of this process, from which its tasks choose who is
// asked, until the context ends. It never ends the program: without it the tables
// choose. Pages choose nobody, so `meent serve` keeps no copy of what people told.
func (p *program) keepEngine(ctx context.Context, s *services) error {
	if !keeps() {
		return nil
	}
	keeper := s.matching.EngineKeeper()
	keeper.SaveIn(p.config.Data)
	keeper.Run(ctx, p.log)
	return nil
}

func (p *program) serveOn(ctx context.Context, b *backends, s *services, listener net.Listener, registry *prometheus.Registry) error {
	first, err := p.firstCode(ctx, s)
	if err != nil {
		return err
	}
	pages, err := p.newWeb(b, s, registry, first)
	if err != nil {
		return err
	}
	server := pages.Server()
	server.BaseContext = func(net.Listener) context.Context { return ctx } // live streams end with the program
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() { stopped <- shutDown(server) })
	defer stop()
	p.log.Info("serving", "address", p.config.URL)
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	err = <-stopped
	p.log.Info("stopped serving")
	return err
}

func shutDown(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return server.Close()
	}
	return nil
}

// reason takes the innermost word of a network error: "address already in use".
func reason(err error) error {
	var system *os.SyscallError
	var number syscall.Errno
	switch {
	case errors.As(err, &number):
		return number
	case errors.As(err, &system):
		return system.Err
	}
	return err
}
