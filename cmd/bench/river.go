package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// What makes River fetch faster than its defaults, 100 ms and 1 s. Of 1, 2, 5,
// 10 and 20 ms the middle ones drain best here: less means smaller batches.
const (
	riverCooldown = 5 * time.Millisecond
	riverPoll     = 20 * time.Millisecond
)

type riverQueue struct {
	db       *pgxpool.Pool
	config   river.Config
	enqueuer *river.Client[pgx.Tx]
}

// openRiver makes a queue with these settings; zero means River's default.
func openRiver(cooldown, poll time.Duration) func(*room) (queue, error) {
	return func(r *room) (queue, error) {
		q := &riverQueue{db: r.db, config: river.Config{
			Logger: slog.New(slog.DiscardHandler), FetchCooldown: cooldown, FetchPollInterval: poll}}
		client, err := river.NewClient(riverpgxv5.New(r.db), &q.config)
		q.enqueuer = client
		return q, err
	}
}

// riverTask is a task of River's queue.
type riverTask struct {
	Number int `json:"number"`
}

func (riverTask) Kind() string { return "bench.effect" }

func (q *riverQueue) fill(ctx context.Context, n int) error {
	list := make([]river.InsertManyParams, n)
	for number := range list {
		list[number].Args = riverTask{number}
	}
	_, err := q.enqueuer.InsertManyFast(ctx, list)
	return err
}

func (q *riverQueue) enqueue(ctx context.Context, number int) error {
	return pgx.BeginFunc(ctx, q.db, func(tx pgx.Tx) error {
		_, err := q.enqueuer.InsertTx(ctx, tx, riverTask{number}, nil)
		return err
	})
}

func (q *riverQueue) start(ctx context.Context, e *effects) (stop func() error, err error) {
	config := q.config
	config.Queues = map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: handlers}}
	config.Workers = river.NewWorkers()
	if err := river.AddWorkerSafely(config.Workers, &riverWorker{db: q.db, effects: e}); err != nil {
		return nil, err
	}
	client, err := river.NewClient(riverpgxv5.New(q.db), &config)
	if err != nil {
		return nil, err
	}
	return func() error { return client.Stop(context.WithoutCancel(ctx)) }, client.Start(ctx)
}

// riverWorker commits the effect and the completion together.
type riverWorker struct {
	river.WorkerDefaults[riverTask]
	db      *pgxpool.Pool
	effects *effects
}

// Work does one task.
func (w *riverWorker) Work(ctx context.Context, job *river.Job[riverTask]) error {
	return pgx.BeginFunc(ctx, w.db, func(tx pgx.Tx) error {
		if err := w.effects.write(ctx, tx, job.Args.Number); err != nil {
			return err
		}
		_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		return err
	})
}

func (q *riverQueue) left(ctx context.Context) (n int, err error) {
	err = q.db.QueryRow(ctx, `SELECT count(*) FROM river_job WHERE state <> 'completed'`).Scan(&n)
	return n, err
}

func (q *riverQueue) close() error { return nil }
