package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"meent/internal/pg"
	"meent/payments/stripesim"
)

const (
	platformHook = "/hooks/stripe"
	connectHook  = "/hooks/stripe/connect"
)

// practiseDelay is how long a payout of the simulator is on its way, and what
// else takes days in life: long enough to be seen, short enough to wait for.
const practiseDelay = 3 * time.Second

// simulator is a running stripesim: where it listens and where browsers find it.
type simulator struct {
	*stripesim.Simulator
	listener net.Listener
	url      string
	watch    func(http.Handler) http.Handler // nil: nobody does
}

// holdSimulator takes the port early, before anything slow, and only for the
// house: a command beside it must not take the port from it.
func (p *program) holdSimulator(_ context.Context, b *backends) error {
	if p.front == nil || p.config.StripeKey != "" {
		return nil
	}
	listener, err := p.listenStripesim()
	if err != nil {
		return err
	}
	b.onClose(func() error { listener.Close(); return nil }) // the server may have closed it
	b.simulator = &simulator{listener: listener, url: p.simulatorURL(listener), watch: p.watch}
	return nil
}

func (p *program) listenStripesim() (net.Listener, error) {
	listener, err := net.Listen("tcp", p.config.StripesimAddr)
	if err != nil {
		return nil, fmt.Errorf("MEENT_STRIPESIM_ADDR: the payment simulator cannot listen on %s: %w", p.config.StripesimAddr, reason(err))
	}
	return listener, nil
}

// simulatorURL is the address by which browsers find it: its own name, or
// Meent's when it listens on all networks.
func (p *program) simulatorURL(listener net.Listener) string {
	host, _, _ := net.SplitHostPort(p.config.StripesimAddr)
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	if addr, err := netip.ParseAddr(host); host == "" || err == nil && addr.IsUnspecified() {
		host = p.config.url.Hostname()
	}
	return "http://" + net.JoinHostPort(host, port)
}

// embeddedStripe is the simulator of the house. It reaches the house at its own
// door, whatever name the house has outside. Members tell it their bank themselves.
func (p *program) embeddedStripe(b *backends, key, platform, connect string) *stripesim.Simulator {
	base := "http://" + p.config.url.Host
	c := p.simulatorConfig(key, base, platform, connect)
	c.URL, c.Client, c.Onboard = b.simulator.url, clientTo(p.front), onboards()
	return stripesim.New(b.db, c)
}

func (p *program) simulatorConfig(key, base, platform, connect string) stripesim.Config {
	return stripesim.Config{
		Key: key, Unruly: unruly(), Now: p.now, Log: p.log,
		PayoutDelay: practiseDelay, DebitDelay: practiseDelay, RefundDelay: practiseDelay, DisputeDelay: practiseDelay,
		Platform: stripesim.Endpoint{URL: base + platformHook, Secret: platform},
		Connect:  stripesim.Endpoint{URL: base + connectHook, Secret: connect},
	}
}

// clientTo calls one address, whatever a request names.
func clientTo(address net.Addr) *http.Client {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, address.Network(), address.String())
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DialContext: dial}, CheckRedirect: stay}
}

// watched is the simulator's handler, or what a test put around it.
func (s *simulator) watched() http.Handler {
	if s.watch == nil {
		return s.Handler()
	}
	return s.watch(s.Handler())
}

// run answers, delivers and lets time pass until the context ends.
func (s *simulator) run(ctx context.Context) error {
	server := &http.Server{Handler: s.watched(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 90 * time.Second}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.Run(ctx) })
	group.Go(func() error { <-ctx.Done(); return shutDown(server) })
	group.Go(func() error {
		if err := server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	return group.Wait()
}

// stripesim is `meent stripesim`: the simulator alone, for a Meent that runs in
// parts, or in a drill: its flags say what goes wrong. STRIPE_URL, if set, is its
// own address as browsers see it. Two webhook secrets sign both.
func (p *program) stripesim(ctx context.Context) error {
	wish, err := readStripesim(p.args, p.out)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err == nil {
		err = p.config.practises()
	}
	if err != nil {
		return err
	}
	listener, err := p.listenStripesim()
	if err != nil {
		return err
	}
	defer listener.Close()
	b := &backends{}
	err = p.openPostgres(ctx, b)
	if err == nil {
		err = p.simulateOn(ctx, b.db, listener, wish)
	}
	return firstError(err, b.close())
}

func (p *program) simulateOn(ctx context.Context, db *pgxpool.Pool, listener net.Listener, wish stripesimWish) error {
	if err := pg.Migrate(ctx, db, stripesim.Schema()); err != nil {
		return err
	}
	base := p.config.url.String()
	c := p.simulatorConfig(p.config.StripeKey, base, p.config.StripeSecrets[0], p.config.StripeConnectSecrets[0])
	c.URL = p.config.StripeURL
	c.Platform.Previous, c.Connect.Previous = previous(p.config.StripeSecrets), previous(p.config.StripeConnectSecrets)
	if err := wish.apply(&c); err != nil {
		return err
	}
	s := &simulator{Simulator: stripesim.New(db, c), listener: listener}
	s.Later(wish.ahead)
	p.log.Info("simulating Stripe", "address", listener.Addr().String(), "events", base+platformHook)
	return s.run(ctx)
}

// previous is the secret before the current one, if it still counts.
func previous(secrets []string) string {
	if len(secrets) < 2 {
		return ""
	}
	return secrets[1]
}

// practises asks for a key that can move no real money.
func (c *Config) practises() error {
	const test = "sk_test_"
	if len(c.StripeKey) <= len(test) || c.StripeKey[:len(test)] != test {
		return errors.New("STRIPE_KEY must begin with sk_test_: the simulator opens with it, and takes no live key")
	}
	return nil
}
