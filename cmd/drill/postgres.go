package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"meent/internal/pg"
)

// playPostgres kills the database again and again while clients are billed and
// pay; what it acknowledged must be there.
func (r *rig) playPostgres(ctx context.Context) (v verdict, err error) {
	if r.plant == lose {
		if err := r.forgetful(ctx); err != nil {
			return v, err
		}
	}
	t, err := r.openTill(ctx, tillSize{workers: 1, coops: 1, members: 12})
	if err != nil {
		return v, err
	}
	r.phase("open")
	writing, stop := context.WithCancel(ctx)
	defer stop()
	var group errgroup.Group
	for i := range tillClients {
		random := rand.New(rand.NewPCG(r.seed, uint64(i+10)))
		group.Go(func() error { return t.write(writing, ctx, random) })
	}
	for range r.kills {
		if err = r.rest(ctx, time.Duration(200+r.random.IntN(600))*time.Millisecond); err == nil {
			err = r.killPostgres(ctx)
		}
		if err != nil {
			break
		}
	}
	stop()
	if err := errors.Join(err, group.Wait()); err != nil {
		return v, err
	}
	r.phase("calm")
	if err := t.calmDown(ctx); err != nil {
		return v, err
	}
	r.say(&v, r.tally["kills of Postgres"] >= r.kills, "%d kills of Postgres", r.tally["kills of Postgres"])
	return v, t.judge(ctx, &v)
}

// write bills, and lets one client in eight pay.
func (t *till) write(until, ctx context.Context, random *rand.Rand) error {
	for until.Err() == nil {
		j := t.newJob(random, t.members[random.IntN(len(t.members))])
		j.owed = random.IntN(8) > 0
		if err := t.bring(ctx, j); err != nil {
			return err
		}
	}
	return nil
}

// killPostgres ends the server without warning and starts it again on its data.
func (r *rig) killPostgres(ctx context.Context) (err error) {
	if err := syscall.Kill(r.postgres.PID(), syscall.SIGKILL); err != nil {
		return err
	}
	r.count("kills of Postgres")
	if err := r.postgres.Stop(); err != nil { // what is left of it
		return err
	}
	return r.postgresAgain(ctx)
}

// postgresAgain starts the server that ended on its data.
func (r *rig) postgresAgain(ctx context.Context) error {
	for late := time.Now().Add(20 * time.Second); ; { // its orphans may still hold the data
		server, err := pg.StartServer(ctx, pg.ServerConfig{Dir: filepath.Join(r.folder, "postgres"), Binaries: os.Getenv("PG_BIN")})
		if err == nil {
			r.postgres = server
			return nil
		}
		if time.Now().After(late) {
			return err
		}
		if err := r.rest(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

// forgetful is the planted bug of a database that acknowledges before it has
// written anything down.
func (r *rig) forgetful(ctx context.Context) error {
	for _, query := range []string{`ALTER SYSTEM SET synchronous_commit = off`, `ALTER SYSTEM SET wal_writer_delay = '10s'`, `SELECT pg_reload_conf()`} {
		if _, err := r.db.Exec(ctx, query); err != nil {
			return err
		}
	}
	return nil
}
