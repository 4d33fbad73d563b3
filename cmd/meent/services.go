package main

import (
	"context"

	"meent/cmd/meent/demo"
	"meent/internal/feed"
	"meent/internal/mail"
	"meent/internal/pg"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/payments/stripesim"
)

// services are the domains, joined to each other in the direction of the
// import line.
type services struct {
	queue    *tasks.Queue
	members  *members.Service
	coaching *coaching.Service
	payments *payments.Service
	jobs     *jobs.Service
	matching *matching.Service
}

func (p *program) newServices(b *backends) *services {
	s := &services{queue: tasks.New(b.db, impatient(tasks.Config{Now: p.now, Log: p.log, Patience: stopTime}))}
	s.members = members.New(b.db, s.queue, p.now, nil, members.At(p.config.url), members.Keyring(b.keys...))
	s.coaching = coaching.New(b.db, s.queue, s.members, p.now, nil)
	s.payments = payments.New(b.db, s.queue, s.members, b.gateway, p.now, nil)
	s.jobs = jobs.New(b.db, s.queue, s.members, s.payments, p.now, nil)
	s.matching = matching.New(b.db, s.queue, s.jobs, p.now, nil)
	return s
}

// schemas lists what each part owns in the database, in import order. The
// simulator's is always there, so that every copy and every command agrees on
// what is current; with a real Stripe its tables stay empty.
func schemas() []pg.Schema {
	return []pg.Schema{
		tasks.Schema(), feed.Schema(), mail.Schema(),
		members.Schema(), coaching.Schema(), payments.Schema(), stripesim.Schema(), jobs.Schema(), matching.Schema(), demo.Schema(),
	}
}

// migrateAll brings the tables and the reference data up to date; several
// programs may do it at once.
func migrateAll(ctx context.Context, b *backends, s *services) error {
	if err := pg.Migrate(ctx, b.db, schemas()...); err != nil {
		return err
	}
	if err := s.members.LoadReference(ctx); err != nil {
		return err
	}
	return s.payments.LoadReference(ctx)
}
