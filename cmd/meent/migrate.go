package main

import (
	"context"
	"fmt"
)

// migrate is `meent migrate`.
func (p *program) migrate(ctx context.Context) error {
	return p.withServices(ctx, func(*backends, *services) error {
		_, err := fmt.Fprintln(p.out, "The database is up to date.")
		return err
	})
}

// seed is `meent seed`: demo data in a database that has no cooperative yet.
func (p *program) seed(ctx context.Context) error {
	return p.withServices(ctx, func(b *backends, s *services) error {
		filled, err := p.fillDemo(ctx, b, s)
		if err != nil {
			return err
		}
		if !filled {
			return fmt.Errorf("there is a cooperative already: demo data goes into an empty database only")
		}
		_, err = fmt.Fprintln(p.out, "Demo data is in. Two cooperatives are at work.")
		return err
	})
}

// reindex is `meent reindex`. Whoever does the background work has the index
// open, so it is asked for and not done here.
func (p *program) reindex(ctx context.Context) error {
	return p.withServices(ctx, func(_ *backends, s *services) error {
		if err := s.jobs.AskIndexFilled(ctx, true); err != nil {
			return err
		}
		_, err := fmt.Fprintln(p.out, "The Meent that does the background work fills the browse index anew.")
		return err
	})
}

// withServices opens the parts, migrates, runs f and closes the parts again.
func (p *program) withServices(ctx context.Context, f func(*backends, *services) error) (err error) {
	b, err := p.openBackends(ctx)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, b.close()) }()
	s := p.newServices(b)
	if err := migrateAll(ctx, b, s); err != nil {
		return err
	}
	return f(b, s)
}

func firstError(first, second error) error {
	if first != nil {
		return first
	}
	return second
}
