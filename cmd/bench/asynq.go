package main

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/hibiken/asynq"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"
)

// asynqCheck is how often a fast asynq looks for tasks when it has none. Below
// that it does little else.
const asynqCheck = 5 * time.Millisecond

const asynqKind = "bench.effect"

type asynqQueue struct {
	db     *pgxpool.Pool
	redis  *redis.Client
	client *asynq.Client
	check  time.Duration
}

// openAsynq makes a queue with this TaskCheckInterval; zero means the default.
func openAsynq(check time.Duration) func(*room) (queue, error) {
	return func(r *room) (queue, error) { return newAsynq(r, check) }
}

func newAsynq(r *room, check time.Duration) (*asynqQueue, error) {
	client, err := r.redis(asynqRedis)
	if err != nil {
		return nil, err
	}
	return &asynqQueue{db: r.db, redis: client, client: asynq.NewClientFromRedisClient(client), check: check}, nil
}

func (q *asynqQueue) fill(ctx context.Context, n int) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(16)
	for number := range n {
		group.Go(func() error { return q.enqueue(ctx, number) })
	}
	return group.Wait()
}

func (q *asynqQueue) enqueue(ctx context.Context, number int) error {
	payload, err := json.Marshal(number)
	if err != nil {
		return err
	}
	task := asynq.NewTask(asynqKind, payload, asynq.TaskID(strconv.Itoa(number)))
	_, err = q.client.EnqueueContext(ctx, task)
	return err
}

// start cannot commit an effect together with the task's end: that lies in
// Redis. The effect's own number refuses a second one.
func (q *asynqQueue) start(_ context.Context, e *effects) (stop func() error, err error) {
	return q.serve(func(ctx context.Context, number int) error {
		return pgx.BeginFunc(ctx, q.db, func(tx pgx.Tx) error { return e.writeOnce(ctx, tx, number) })
	})
}

func (q *asynqQueue) serve(handle func(ctx context.Context, number int) error) (stop func() error, err error) {
	server := asynq.NewServerFromRedisClient(q.redis, asynq.Config{
		Concurrency: handlers, TaskCheckInterval: q.check, Logger: silence{}, LogLevel: asynq.FatalLevel})
	err = server.Start(asynq.HandlerFunc(func(ctx context.Context, task *asynq.Task) error {
		var number int
		if err := json.Unmarshal(task.Payload(), &number); err != nil {
			return err
		}
		return handle(ctx, number)
	}))
	return func() error { server.Shutdown(); return nil }, err
}

func (q *asynqQueue) left(context.Context) (int, error) {
	about, err := asynq.NewInspectorFromRedisClient(q.redis).GetQueueInfo("default")
	if errors.Is(err, asynq.ErrQueueNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return about.Size, nil
}

func (q *asynqQueue) close() error { return q.redis.Close() }

// silence is a log that keeps nothing; failed handlers are noted as effects.
type silence struct{}

func (silence) Debug(...any) {}
func (silence) Info(...any)  {}
func (silence) Warn(...any)  {}
func (silence) Error(...any) {}
func (silence) Fatal(...any) {}
