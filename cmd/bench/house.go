package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"meent/internal/pg"
	"meent/internal/redisd"
	"meent/internal/tasks"
)

// house holds a private Postgres and a private Redis, both as careful with data
// as in production, so that all peers run on the same two.
type house struct {
	folder   string
	postgres *pg.Server
	redis    *redisd.Server // nil where it is not installed
	rooms    int            // made so far
}

// openHouse starts the servers. Without redis-server there is none; without
// Postgres it returns an error.
func openHouse(ctx context.Context) (h *house, err error) {
	h = &house{}
	if h.folder, err = os.MkdirTemp("", "meent-bench-"); err != nil {
		return nil, err
	}
	if err := h.start(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *house) start(ctx context.Context) (err error) {
	if err := os.Chmod(h.folder, 0o755); err != nil { // Postgres' own user passes through it
		return err
	}
	if h.postgres, err = pg.StartServer(ctx, pg.ServerConfig{Dir: filepath.Join(h.folder, "pg")}); err != nil {
		return err
	}
	h.redis, err = redisd.Start("--appendonly", "yes", "--appendfsync", "everysec")
	if err != nil && !errors.Is(err, redisd.ErrNotInstalled) {
		return err
	}
	return h.furnish(ctx)
}

// furnish fills the database from which the rooms are copied.
func (h *house) furnish(ctx context.Context) error {
	db, err := pg.Open(ctx, h.postgres.URL())
	if err != nil {
		return err
	}
	defer db.Close()
	if err := pg.Migrate(ctx, db, tasks.Schema()); err != nil {
		return err
	}
	if err := migrateRiver(ctx, db); err != nil {
		return err
	}
	_, err = db.Exec(ctx, `CREATE TABLE effect (number bigint PRIMARY KEY)`)
	return err
}

func migrateRiver(ctx context.Context, db *pgxpool.Pool) error {
	migrator, err := rivermigrate.New(riverpgxv5.New(db), nil)
	if err != nil {
		return err
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// close stops what was started and removes the folder.
func (h *house) close() (err error) {
	if h.redis != nil {
		err = h.redis.Stop()
	}
	if h.postgres != nil {
		err = errors.Join(err, h.postgres.Stop())
	}
	return errors.Join(err, os.RemoveAll(h.folder))
}

// database is the address of one of the server's databases.
func (h *house) database(name string) (string, error) {
	address, err := url.Parse(h.postgres.URL())
	if err != nil {
		return "", err
	}
	address.Path = "/" + name
	return address.String(), nil
}

// command runs SQL that belongs to no room.
func (h *house) command(ctx context.Context, sql string) error {
	address, err := h.database("postgres")
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	if err != nil {
		err = fmt.Errorf("%s: %w", sql, err)
	}
	return errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
}
