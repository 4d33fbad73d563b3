package main

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"meent/members"
	"meent/web"
	"meent/web/live"
)

// newWeb joins the pages to what stands behind them.
func (p *program) newWeb(b *backends, s *services, registry *prometheus.Registry, first web.FirstCode) (*web.Web, error) {
	return web.New(
		web.Settings{URL: p.config.url, Proxies: p.config.proxies, Demo: p.config.demo(), First: first, SecondFactor: p.config.secondFactor(), Texts: b.texter != nil, CheckoutOrigin: p.checkoutOrigin(b)},
		web.Parts{
			Inbox: s.payments, Members: s.members, Coaching: s.coaching, Payments: s.payments, Jobs: s.jobs, Matching: s.matching, Tasks: s.queue,
			Privacy:  privacy{b.db, s},
			Sessions: members.NewSessionStore(b.db), Mailbox: b.mailbox, Redis: b.redis, Hub: live.NewHub(b.redis), Index: b.index,
			Metrics: registry, Now: p.now, Log: p.log,
			Ready: []web.Check{
				{Name: "postgres", Ask: func(ctx context.Context) error { return b.db.Ping(ctx) }},
				{Name: "redis", Ask: func(ctx context.Context) error { return b.redis.Ping(ctx).Err() }},
			},
		})
}

// mailer is where mail goes: out, or into the mailbox.
func (b *backends) mailer() web.Mailer {
	if b.smtp != nil {
		return b.smtp
	}
	return b.mailbox
}
