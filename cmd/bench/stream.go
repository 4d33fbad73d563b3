package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	streamName  = "bench"
	streamGroup = "readers"
	streamBatch = 64
)

// drainStream reads and acknowledges n bare messages of a Redis stream: the
// most that any queue on streams can reach, without a database.
func drainStream(ctx context.Context, r *room, n int) (_ []float64, err error) {
	client, err := r.redis(streamRedis)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, client.Close()) }()
	if err := fillStream(ctx, client, n); err != nil {
		return nil, err
	}
	begin := time.Now()
	for read := 0; read < n; {
		got, err := readStream(ctx, client)
		if err != nil {
			return nil, err
		}
		read += got
	}
	return []float64{float64(n) / time.Since(begin).Seconds()}, nil
}

func fillStream(ctx context.Context, client *redis.Client, n int) error {
	if err := client.XGroupCreateMkStream(ctx, streamName, streamGroup, "0").Err(); err != nil {
		return err
	}
	_, err := client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for number := range n {
			pipe.XAdd(ctx, &redis.XAddArgs{Stream: streamName, Values: []any{"number", number}})
		}
		return nil
	})
	return err
}

// readStream fails when nothing is left.
func readStream(ctx context.Context, client *redis.Client) (got int, err error) {
	streams, err := client.XReadGroup(ctx, &redis.XReadGroupArgs{
		Group: streamGroup, Consumer: "bench", Streams: []string{streamName, ">"}, Count: streamBatch, Block: -1,
	}).Result()
	if err != nil {
		return 0, err
	}
	var ids []string
	for _, message := range streams[0].Messages {
		ids = append(ids, message.ID)
	}
	_, err = client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		pipe.XAck(ctx, streamName, streamGroup, ids...)
		pipe.XDel(ctx, streamName, ids...)
		return nil
	})
	return len(ids), err
}

// drainAsynq lets asynq do n tasks that do nothing.
func drainAsynq(ctx context.Context, r *room, n int) (_ []float64, err error) {
	q, err := newAsynq(r, 0)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, q.close()) }()
	if err := q.fill(ctx, n); err != nil {
		return nil, err
	}
	all := make(chan struct{})
	begin := time.Now()
	stop, err := q.serve(closeAfter(n, all))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	select {
	case <-all:
		return []float64{float64(n) / time.Since(begin).Seconds()}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(longest):
		return nil, errors.New("tasks were never done")
	}
}

// closeAfter makes a handler that only counts.
func closeAfter(n int, all chan struct{}) func(context.Context, int) error {
	var done atomic.Int64
	return func(context.Context, int) error {
		if done.Add(1) == int64(n) {
			close(all)
		}
		return nil
	}
}
