package tasks

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"meent/internal/id"
)

// The keys share a hash tag, so that a cluster keeps them on one node.
const (
	keyPrefix = "meent:{tasks}:"
	markKey   = keyPrefix + "mark"
	group     = "workers"
)

// longestStream trims a lane that nobody empties; what it loses is sent anew.
const longestStream = 100_000

// streams are the lanes in Redis, each a stream that the workers read as one
// consumer group. All that the package says to Redis is said here.
type streams struct {
	redis    redis.UniversalClient
	consumer string // this worker's name in the group
}

// message rings for one task.
type message struct {
	id   string // of the stream's entry; "" when it came without Redis
	lane Lane
	task ID
	kind string
}

// redisLimit bounds one call. A client whose options have ContextTimeoutEnabled
// keeps to it also where Redis hangs.
const redisLimit = 2 * time.Second

func limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, redisLimit)
}

func streamOf(lane Lane) string { return keyPrefix + lane.String() }

// add puts a message for each task into its lane, in this order.
func (s streams) add(ctx context.Context, list []sent) error {
	ctx, cancel := limit(ctx)
	defer cancel()
	_, err := s.redis.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for _, one := range list {
			pipe.XAdd(ctx, &redis.XAddArgs{Stream: streamOf(one.lane), MaxLen: longestStream, Approx: true,
				Values: []string{"id", one.id.String(), "kind", one.kind}})
		}
		return nil
	})
	return err
}

// read gives at most count new messages of each lane. It waits for the first
// one at most so long; a negative wait is none.
func (s streams) read(ctx context.Context, from []Lane, count int, wait time.Duration) ([]message, error) {
	ctx, cancel := context.WithTimeout(ctx, redisLimit+max(wait, 0))
	defer cancel()
	names := make([]string, 0, 2*len(from))
	for _, lane := range from {
		names = append(names, streamOf(lane))
	}
	for range from {
		names = append(names, ">")
	}
	answer, err := s.redis.XReadGroup(ctx, &redis.XReadGroupArgs{
		Group: group, Consumer: s.consumer, Streams: names, Count: int64(count), Block: wait,
	}).Result()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	var list []message
	for _, stream := range answer {
		list = append(list, messagesOf(laneOf(stream.Stream), stream.Messages)...)
	}
	return list, err
}

func laneOf(stream string) Lane {
	for _, lane := range lanes() {
		if stream == streamOf(lane) {
			return lane
		}
	}
	return Std
}

// messagesOf reads the entries. One that is not ours has no task: nobody takes
// it, and it is acknowledged.
func messagesOf(lane Lane, entries []redis.XMessage) []message {
	list := make([]message, len(entries))
	for i, entry := range entries {
		list[i] = message{id: entry.ID, lane: lane}
		task, _ := entry.Values["id"].(string)
		list[i].task, _ = id.Parse[Task](task)
		list[i].kind, _ = entry.Values["kind"].(string)
	}
	return list
}

// ack ends the messages: they are neither pending nor in the stream any more.
func (s streams) ack(ctx context.Context, list []message) error {
	ctx, cancel := limit(ctx)
	defer cancel()
	_, err := s.redis.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
		for lane, ids := range byLane(list) {
			pipe.XAck(ctx, streamOf(lane), group, ids...)
			pipe.XDel(ctx, streamOf(lane), ids...)
		}
		return nil
	})
	return err
}

func byLane(list []message) map[Lane][]string {
	ids := map[Lane][]string{}
	for _, one := range list {
		if one.id != "" {
			ids[one.lane] = append(ids[one.lane], one.id)
		}
	}
	return ids
}

// adopt takes over at most count messages of a lane whose reader has been
// silent for so long. The search goes on from a cursor; "" is the beginning.
func (s streams) adopt(ctx context.Context, lane Lane, silent time.Duration, from string, count int) (list []message, next string, err error) {
	ctx, cancel := limit(ctx)
	defer cancel()
	if from == "" {
		from = "0-0"
	}
	entries, next, err := s.redis.XAutoClaim(ctx, &redis.XAutoClaimArgs{
		Stream: streamOf(lane), Group: group, Consumer: s.consumer, MinIdle: silent, Start: from, Count: int64(count),
	}).Result()
	return messagesOf(lane, entries), next, err
}

// touch tells the others that the readers of these messages are alive.
func (s streams) touch(ctx context.Context, list []message) error {
	ctx, cancel := limit(ctx)
	defer cancel()
	_, err := s.redis.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for lane, ids := range byLane(list) {
			pipe.XClaimJustID(ctx, &redis.XClaimArgs{Stream: streamOf(lane), Group: group, Consumer: s.consumer, Messages: ids})
		}
		return nil
	})
	return err
}

// lengths counts what lies in each lane, read or not.
func (s streams) lengths(ctx context.Context) (map[Lane]int, error) {
	ctx, cancel := limit(ctx)
	defer cancel()
	lengths := map[Lane]*redis.IntCmd{}
	_, err := s.redis.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for _, lane := range lanes() {
			lengths[lane] = pipe.XLen(ctx, streamOf(lane))
		}
		return nil
	})
	counts := map[Lane]int{}
	for lane, n := range lengths {
		counts[lane] = int(n.Val())
	}
	return counts, err
}

// ensureGroups makes streams and groups that are not there. A group begins with
// the oldest message.
func (s streams) ensureGroups(ctx context.Context) error {
	ctx, cancel := limit(ctx)
	defer cancel()
	for _, lane := range lanes() {
		err := s.redis.XGroupCreateMkStream(ctx, streamOf(lane), group, "0").Err()
		if err != nil && !redis.HasErrorPrefix(err, "BUSYGROUP") {
			return err
		}
	}
	return nil
}

// isNoGroup reports that Redis was emptied: the group is gone.
func isNoGroup(err error) bool {
	return redis.HasErrorPrefix(err, "NOGROUP") || redis.HasErrorPrefix(err, "UNBLOCKED")
}

// mark tells this Redis apart from another one, and from itself before it was
// emptied or restarted. It never draws from the queue's own source: how often we
// look is a matter of real time, and a seeded source must not depend on that.
func (s streams) mark(ctx context.Context) (string, error) {
	ctx, cancel := limit(ctx)
	defer cancel()
	if err := s.redis.SetNX(ctx, markKey, rand.Text(), 0).Err(); err != nil {
		return "", err
	}
	drawn, err := s.redis.Get(ctx, markKey).Result()
	if err != nil {
		return "", err
	}
	run, err := s.runID(ctx)
	return run + " " + drawn, err
}

// runID changes when the server restarts; an embedded one has none.
func (s streams) runID(ctx context.Context) (string, error) {
	info, err := s.redis.Info(ctx, "server").Result()
	var refused redis.Error
	if errors.As(err, &refused) {
		return "", nil
	}
	for line := range strings.Lines(info) {
		if run, ok := strings.CutPrefix(line, "run_id:"); ok {
			return strings.TrimSpace(run), err
		}
	}
	return "", err
}

// leave takes the worker out of the groups when it has nothing pending.
func (s streams) leave(ctx context.Context) error {
	return s.forget(ctx, func(c redis.XInfoConsumer) bool { return c.Name == s.consumer })
}

// forget removes consumers that have nothing pending and that gone names.
func (s streams) forget(ctx context.Context, gone func(redis.XInfoConsumer) bool) error {
	ctx, cancel := limit(ctx)
	defer cancel()
	for _, lane := range lanes() {
		list, err := s.redis.XInfoConsumers(ctx, streamOf(lane), group).Result()
		if err != nil {
			return err
		}
		for _, consumer := range list {
			if consumer.Pending > 0 || !gone(consumer) {
				continue
			}
			if err := s.redis.XGroupDelConsumer(ctx, streamOf(lane), group, consumer.Name).Err(); err != nil {
				return err
			}
		}
	}
	return nil
}
