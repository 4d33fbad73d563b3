package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/internal/pg"
)

// What every peer gets.
const (
	handlers    = 50 // at once
	connections = 32 // to Postgres, for handlers and enqueuers together
)

// Each queue has a database of Redis to itself.
const (
	meentRedis  = 0
	asynqRedis  = 1
	streamRedis = 2
)

// room is an empty database and an empty Redis for one measurement.
type room struct {
	house *house
	name  string
	db    *pgxpool.Pool
}

// newRoom finds nothing left to write by earlier measurements: closing theirs
// wrote it out.
func (h *house) newRoom(ctx context.Context) (*room, error) { return h.newRoomOf(ctx, connections) }

// newRoomOf is newRoom with so many connections, for rooms that are open together.
func (h *house) newRoomOf(ctx context.Context, connections int) (*room, error) {
	h.rooms++
	r := &room{house: h, name: fmt.Sprintf("room%d", h.rooms)}
	if err := h.emptyRedis(ctx); err != nil {
		return nil, err
	}
	if err := h.command(ctx, "CREATE DATABASE "+r.name+" TEMPLATE meent"); err != nil {
		return nil, err
	}
	if err := r.open(ctx, connections); err != nil {
		return nil, errors.Join(err, r.close(ctx))
	}
	return r, nil
}

func (h *house) emptyRedis(ctx context.Context) error {
	if h.redis == nil {
		return nil
	}
	client := h.redis.Client()
	return errors.Join(client.FlushAll(ctx).Err(), client.Close())
}

func (r *room) open(ctx context.Context, connections int) error {
	address, err := r.house.database(r.name)
	if err != nil {
		return err
	}
	if r.db, err = pg.Open(ctx, fmt.Sprintf("%s&pool_max_conns=%d", address, connections)); err != nil {
		return err
	}
	return r.warm(ctx, connections)
}

// warm opens all connections, so that nobody waits for them later.
func (r *room) warm(ctx context.Context, connections int) error {
	open := make([]*pgxpool.Conn, 0, connections)
	for range connections {
		conn, err := r.db.Acquire(ctx)
		if err != nil {
			return err
		}
		defer conn.Release()
		open = append(open, conn)
	}
	return open[0].Ping(ctx)
}

// settle is called after a queue was filled: the database counts what it has
// and writes it out, as it does in time by itself.
func (r *room) settle(ctx context.Context) error {
	if _, err := r.db.Exec(ctx, "ANALYZE"); err != nil {
		return err
	}
	return r.house.command(ctx, "CHECKPOINT")
}

func (r *room) close(ctx context.Context) error {
	if r.db != nil {
		r.db.Close()
	}
	return r.house.command(context.WithoutCancel(ctx), "DROP DATABASE "+r.name+" WITH (FORCE)")
}

// redis opens a client of one of the Redis databases; its user closes it.
func (r *room) redis(number int) (*redis.Client, error) {
	options, err := redis.ParseURL(r.house.redis.URL())
	if err != nil {
		return nil, err
	}
	options.DB = number
	return redis.NewClient(options), nil
}
