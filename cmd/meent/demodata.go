package main

import (
	"context"
	"errors"
	"time"

	"meent/cmd/meent/demo"
	"meent/internal/pg"
)

// demoSeed makes the demo the same on every machine.
const demoSeed = 1

// fillDemo fills an empty house with demo data, and reports false for any other.
func (p *program) fillDemo(ctx context.Context, b *backends, s *services) (filled bool, err error) {
	filled, err = p.fillTables(ctx, b, s)
	if err != nil || !filled {
		return filled, err
	}
	return true, pg.Analyze(ctx, b.db)
}

func (p *program) fillTables(ctx context.Context, b *backends, s *services) (filled bool, err error) {
	past, err := p.givesPast(ctx, b)
	if err != nil {
		return false, err
	}
	if !past {
		return demo.Fill(ctx, b.db, p.now, demoSeed, b.keys...)
	}
	if len(b.keys) == 0 {
		return false, errors.New("MEENT_KEY is missing: what the demo people write is sealed with the key of the house that they live in")
	}
	begin := time.Now()
	filled, err = demo.FillWithPast(ctx, demo.House{
		DB: b.db, Redis: b.redis, Now: p.now, Seed: demoSeed, Keys: b.keys,
		Renew: func(ctx context.Context) error { return p.renew(ctx, b, s) },
	})
	if filled {
		p.log.Info("demo data", "weeks of work behind them", demo.Weeks, "took", time.Since(begin).Round(time.Millisecond))
	}
	return filled, err
}

// givesPast reports whether the people get finished work behind them. Its money
// moves in a simulator, so a real Stripe means none; and nobody else may do its
// tasks, whose mail would go out.
func (p *program) givesPast(ctx context.Context, b *backends) (bool, error) {
	if p.config.StripeKey != "" || p.config.Demo == demoPeople {
		return false, nil
	}
	busy, err := demo.Busy(ctx, b.db)
	return !busy, err
}

// renew makes all tables anew, for a demo that was cut off.
func (p *program) renew(ctx context.Context, b *backends, s *services) error {
	p.log.Warn("the demo data was cut off half way, and is made anew")
	if err := pg.Drop(ctx, b.db, schemas()...); err != nil {
		return err
	}
	return migrateAll(ctx, b, s)
}
