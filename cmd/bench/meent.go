package main

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/internal/id"
	"meent/internal/tasks"
)

type meentQueue struct {
	db    *pgxpool.Pool
	redis *redis.Client
	queue *tasks.Queue
}

func openMeent(r *room) (queue, error) {
	client, err := r.redis(meentRedis)
	if err != nil {
		return nil, err
	}
	return &meentQueue{r.db, client, tasks.New(r.db, tasks.Config{Workers: handlers})}, nil
}

// meentTask is a task of Meent's queue.
type meentTask struct{ Number int }

func (meentTask) Kind() string { return "bench.effect" }

func (q *meentQueue) fill(ctx context.Context, n int) error {
	return pgx.BeginFunc(ctx, q.db, func(tx pgx.Tx) error {
		for number := range n {
			if _, err := q.queue.EnqueueTx(ctx, tx, meentTask{number}, tasks.Opts{}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (q *meentQueue) enqueue(ctx context.Context, number int) error {
	return pgx.BeginFunc(ctx, q.db, func(tx pgx.Tx) error {
		_, err := q.queue.EnqueueTx(ctx, tx, meentTask{number}, tasks.Opts{})
		return err
	})
}

func (q *meentQueue) start(ctx context.Context, e *effects) (stop func() error, err error) {
	mux := tasks.NewMux()
	tasks.HandleTx(mux, func(ctx context.Context, tx pgx.Tx, t meentTask) error { return e.write(ctx, tx, t.Number) })
	worker, err := tasks.NewWorker(q.queue, q.redis, mux)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- worker.Run(ctx) }()
	return func() error { cancel(); return <-ended }, nil
}

func (q *meentQueue) left(ctx context.Context) (n int, err error) {
	counts, err := q.queue.Counts(ctx, id.Cooperative{})
	for _, lane := range counts {
		n += lane.Waiting + lane.Later + lane.Running + lane.Dead
	}
	return n, err
}

func (q *meentQueue) close() error { return q.redis.Close() }
