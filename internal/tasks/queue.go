package tasks

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/retention"
)

// Config tunes a queue. Every zero value means something sensible.
type Config struct {
	Now    func() time.Time // time.Now
	Random io.Reader        // the system's secure source; otherwise safe for several goroutines
	Log    *slog.Logger     // no log

	Workers  int           // handlers at once in one worker, beside a quarter more for Hi alone: 8
	Poll     time.Duration // longest wait of an idle relay: 500 ms
	Upkeep   time.Duration // between sweeps: 3 s
	Hold     time.Duration // how long a silent worker, or a message, is waited for: 15 s
	Patience time.Duration // for running handlers at a stop: 20 s
	Keep     time.Duration // done tasks and their keys, at least MinKeep: what retention says
	Mute     []string      // kinds that are not queued, since nobody is to hear of them: none
}

// MinKeep is how long a done task's key refuses a second task at the least. It
// is longer than the longest schedule, so that no period comes twice.
const MinKeep = 8 * 24 * time.Hour

func (c Config) filled() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Workers = max(orElse(c.Workers, 8), 1)
	c.Poll = orElse(c.Poll, 500*time.Millisecond)
	c.Upkeep = orElse(c.Upkeep, 3*time.Second)
	c.Hold = orElse(c.Hold, 15*time.Second)
	c.Patience = orElse(c.Patience, 20*time.Second)
	c.Keep = max(orElse(c.Keep, retention.Of(retention.DoneTasks).Keep.Duration()), MinKeep)
	return c
}

func orElse[T comparable](value, instead T) T {
	var zero T
	if value == zero {
		return instead
	}
	return value
}

// Queue holds the tasks. It is safe for several goroutines.
type Queue struct {
	db     *pgxpool.Pool
	config Config
	waker  *waker
}

// New opens the queue in a database that has this package's Schema.
func New(db *pgxpool.Pool, config Config) *Queue {
	config = config.filled()
	return &Queue{db: db, config: config, waker: newWaker(db)}
}

func (q *Queue) now() time.Time { return q.config.Now() }

// EnqueueTx notes the task in the caller's transaction: it exists exactly when
// that commits. It reports false, and no error, when a task of this kind with
// this key is there already, whatever became of it; a done task's key is
// forgotten after Config.Keep. Two transactions that enqueue one new key wait
// for each other.
func (q *Queue) EnqueueTx(ctx context.Context, tx pgx.Tx, t Task, o Opts) (queued bool, err error) {
	if slices.Contains(q.config.Mute, t.Kind()) {
		return true, nil
	}
	payload, err := json.Marshal(t)
	if err != nil {
		return false, fmt.Errorf("tasks: %s: %w", t.Kind(), err)
	}
	now := q.now()
	r := row{
		id: id.New[Task](q.config.Random), cooperative: o.Cooperative, kind: t.Kind(), payload: payload,
		lane: o.Lane, key: o.Key, created: now, due: orElse(o.Due, now),
	}
	queued, err = insertTask(ctx, tx, r)
	if err != nil || !queued || r.due.After(now) {
		return queued, err
	}
	return queued, q.waker.afterTx(ctx, tx)
}
