package tasks

import (
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"meent/internal/id"
	"meent/internal/pg/pgtest"
)

// bench is a worker that is led by hand.
type bench struct {
	*testing.T
	*Worker
	now time.Time
}

func newBench(t *testing.T, config Config) *bench {
	t.Helper()
	b := &bench{T: t, now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	config.Now = func() time.Time { return b.now }
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(t).Addr()})
	t.Cleanup(func() { client.Close() })
	m := NewMux()
	HandleTx(m, (&story{}).handle, Attempts(1))
	w, err := NewWorker(New(pgtest.New(t, Schema()), config), client, m)
	if err != nil {
		t.Fatal(err)
	}
	b.Worker = w
	b.must(w.streams.ensureGroups(t.Context()))
	return b
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) enqueue(o Opts) {
	b.Helper()
	b.must(pgx.BeginFunc(b.Context(), b.queue.db, func(tx pgx.Tx) error {
		_, err := b.queue.EnqueueTx(b.Context(), tx, step{"a"}, o)
		return err
	}))
}

// silence lets every hold be over.
func (b *bench) silence() {
	b.Helper()
	_, err := b.queue.db.Exec(b.Context(), `UPDATE tasks.task SET held_until = clock_timestamp() - interval '1 second' WHERE held_until IS NOT NULL`)
	b.must(err)
}

// take lets the relay send, and reads and claims what is there.
func (b *bench) take() []attempt {
	b.Helper()
	_, _, err := b.relay.turn(b.Context())
	b.must(err)
	messages, err := b.streams.read(b.Context(), lanes(), 10, -1)
	b.must(err)
	taken, err := b.claim(b.Context(), messages)
	b.must(err)
	return taken
}

// adopt does not wait for the next upkeep.
func (b *bench) adopt() ([]message, error) {
	b.readers[0].adopted = time.Time{}
	return b.readers[0].adopt(b.Context(), 10)
}

func (b *bench) counts() Count {
	b.Helper()
	counts, err := b.queue.Counts(b.Context(), id.Cooperative{})
	b.must(err)
	return counts[1]
}

// TestTaskThatEndsItsWorkersDies keeps one task from taking down one worker
// after the other; being lost is no failure all the same.
func TestTaskThatEndsItsWorkersDies(t *testing.T) {
	b := newBench(t, Config{})
	b.enqueue(Opts{})
	for i := range mostLost {
		if taken := b.take(); len(taken) != 1 || taken[0].failures != 0 {
			t.Fatalf("worker %d took %v", i, taken)
		}
		b.silence()
		b.must(b.sweep(t.Context()))
	}
	dead, err := b.queue.Dead(t.Context(), id.Cooperative{})
	if err != nil || len(dead) != 1 || dead[0].Problem != Vanished || dead[0].Lost != mostLost || dead[0].Failures != 0 {
		t.Errorf("Dead = %+v, %v; want one that vanished", dead, err)
	}
}

// TestUnclaimedMessageIsAdopted: its reader vanished before it took the task.
func TestUnclaimedMessageIsAdopted(t *testing.T) {
	b := newBench(t, Config{Hold: 30 * time.Millisecond})
	b.enqueue(Opts{})
	_, _, err := b.relay.turn(t.Context())
	b.must(err)
	vanished := b.streams
	vanished.consumer = "vanished"
	if read, err := vanished.read(t.Context(), lanes(), 10, -1); err != nil || len(read) != 1 {
		t.Fatalf("read %v, %v", read, err)
	}
	if adopted, err := b.adopt(); err != nil || len(adopted) != 0 {
		t.Fatalf("adopted %v, %v at once", adopted, err)
	}
	time.Sleep(40 * time.Millisecond) // Redis counts silence by its own clock
	adopted, err := b.adopt()
	if err != nil || len(adopted) != 1 {
		t.Fatalf("adopted %v, %v; want the message", adopted, err)
	}
	if done, err := b.doAll(t.Context(), adopted); err != nil || done != 1 {
		t.Errorf("did %d, %v", done, err)
	}
}

// TestLongTaskKeepsItsHold while its worker is alive, and not longer than its
// deadline allows.
func TestLongTaskKeepsItsHold(t *testing.T) {
	b := newBench(t, Config{})
	b.enqueue(Opts{})
	try := b.take()[0]
	begin := time.Now().Add(-time.Minute)
	b.held.add(hold{attempt: try, since: begin, most: begin.Add(time.Hour)})
	b.silence()
	b.must(b.holdOn(t.Context()))
	b.must(b.sweep(t.Context()))
	if got := b.counts(); got.Running != 1 {
		t.Fatalf("the task is %+v, want running", got)
	}
	b.held.add(hold{attempt: try, since: begin, most: time.Now()}) // from now on nobody waits for it
	b.silence()
	b.must(b.holdOn(t.Context()))
	b.must(b.sweep(t.Context()))
	if got := b.counts(); got.Running != 0 || got.Waiting != 1 {
		t.Errorf("the task is %+v, want waiting", got)
	}
}

// TestTouchKeepsMessages from being adopted, too.
func TestTouchKeepsMessages(t *testing.T) {
	b := newBench(t, Config{Hold: 200 * time.Millisecond})
	b.enqueue(Opts{})
	try := b.take()[0]
	b.held.add(hold{attempt: try, since: time.Now().Add(-time.Minute), most: time.Now().Add(time.Hour)})
	time.Sleep(250 * time.Millisecond) // Redis counts silence by its own clock
	b.must(b.touch(t.Context()))
	if adopted, err := b.adopt(); err != nil || len(adopted) != 0 {
		t.Errorf("adopted %v, %v; want none", adopted, err)
	}
}

// TestRelayThatVanishedCostsNoTry: the row says sent, and there is no message.
func TestRelayThatVanishedCostsNoTry(t *testing.T) {
	b := newBench(t, Config{})
	b.take() // the relay meets this Redis
	b.enqueue(Opts{})
	list, err := b.relay.take(t.Context(), map[Lane]int{Std: 5})
	if err != nil || len(list) != 1 || len(b.take()) != 0 {
		t.Fatalf("took %v, %v", list, err)
	}
	b.silence()
	b.must(b.sweep(t.Context()))
	if taken := b.take(); len(taken) != 1 || taken[0].try != 1 || taken[0].failures != 0 {
		t.Errorf("took %+v, want a first try", taken)
	}
}

// TestFullLaneWaitsInPostgres, and the other lanes go on.
func TestFullLaneWaitsInPostgres(t *testing.T) {
	b := newBench(t, Config{})
	const insert = `
		INSERT INTO tasks.task (id, kind, payload, lane, state, created_at, due_at)
		SELECT gen_random_uuid(), 'test.step', '{}', 1, 'waiting', $1, $1 FROM generate_series(1, $2)`
	_, err := b.queue.db.Exec(t.Context(), insert, b.now, fullLane+7)
	b.must(err)
	moved, crowded, err := b.relay.turn(t.Context())
	if err != nil || moved != fullLane || !crowded {
		t.Fatalf("moved %d, crowded %v, %v", moved, crowded, err)
	}
	b.enqueue(Opts{Lane: Hi})
	if moved, crowded, err = b.relay.turn(t.Context()); err != nil || moved != 1 || !crowded {
		t.Errorf("then moved %d, crowded %v, %v; want the one of the other lane", moved, crowded, err)
	}
}

// TestVanishedWorkersAreForgotten by Redis, but none that has messages.
func TestVanishedWorkersAreForgotten(t *testing.T) {
	b := newBench(t, Config{})
	idle := b.streams
	idle.consumer = "idle"
	_, err := idle.read(t.Context(), lanes(), 1, -1)
	b.must(err)
	b.enqueue(Opts{})
	b.take() // pending at this worker
	b.must(b.streams.forget(t.Context(), func(redis.XInfoConsumer) bool { return true }))
	left, err := b.streams.redis.XInfoConsumers(t.Context(), streamOf(Std), group).Result()
	if err != nil || len(left) != 1 || left[0].Name != b.streams.consumer {
		t.Errorf("consumers %v, %v; want only the one with a message", left, err)
	}
}

// TestLowIsNotStarved: every eight reads each lane comes first at least once.
func TestLowIsNotStarved(t *testing.T) {
	first := map[Lane]int{}
	for n := range 8 {
		first[readingOrder(n)[0]]++
	}
	if first[Hi] != 5 || first[Std] != 2 || first[Low] != 1 {
		t.Errorf("of eight reads began %v", first)
	}
}

// TestLockedTaskKeepsItsMessage: a relay locks for a moment also rows that it
// then leaves as they are, so that a lock says nothing about the task.
func TestLockedTaskKeepsItsMessage(t *testing.T) {
	b := newBench(t, Config{Hold: 30 * time.Millisecond})
	b.enqueue(Opts{})
	_, _, err := b.relay.turn(t.Context())
	b.must(err)
	tx, err := b.queue.db.Begin(t.Context())
	b.must(err)
	_, err = tx.Exec(t.Context(), `SELECT FROM tasks.task FOR UPDATE`)
	b.must(err)
	if taken := b.take(); len(taken) != 0 {
		t.Fatalf("took %v, which is locked", taken)
	}
	b.must(tx.Rollback(t.Context()))
	b.acks.flush(t.Context())
	time.Sleep(40 * time.Millisecond)
	adopted, err := b.adopt()
	b.must(err)
	if done, err := b.doAll(t.Context(), adopted); err != nil || done != 1 {
		t.Errorf("did %d of %v, %v", done, adopted, err)
	}
}
