package feed_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/feed"
	"meent/internal/id"
	"meent/internal/pg/pgtest"
	"meent/internal/retention"
)

// house is a feed with one who follows it.
type house struct {
	*testing.T
	db   *pgxpool.Pool
	coop id.Cooperative
	at   feed.Cursor
	read map[uuid.UUID]int // how often each was given
}

func newHouse(t *testing.T) *house {
	h := &house{T: t, db: pgtest.New(t, feed.Schema()), coop: id.NewCooperative(nil), read: map[uuid.UUID]int{}}
	h.must(feed.Settle(t.Context(), h.db))
	h.begins()
	return h
}

// begins takes the cursor of now.
func (h *house) begins() {
	h.Helper()
	var err error
	h.at, err = feed.Now(h.Context(), h.db)
	h.must(err)
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) begin() pgx.Tx {
	h.Helper()
	tx, err := h.db.Begin(h.Context())
	h.must(err)
	h.Cleanup(func() { _ = tx.Rollback(context.WithoutCancel(h.Context())) })
	return tx
}

func appendTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, kind string, entities ...uuid.UUID) error {
	_, err := tx.Exec(ctx, `SELECT feed.append($1, $2, e) FROM unnest($3::uuid[]) e`, c, kind, entities)
	return err
}

func (h *house) append(tx pgx.Tx, entities ...uuid.UUID) {
	h.Helper()
	h.must(appendTx(h.Context(), tx, h.coop, "member", entities...))
}

func (h *house) commit(tx pgx.Tx) { h.Helper(); h.must(tx.Commit(h.Context())) }

// follow reads what there is, so many at a time.
func (h *house) follow(most int) (now []uuid.UUID) {
	h.Helper()
	for {
		changes, next, err := feed.Read(h.Context(), h.db, h.at, most)
		h.must(err)
		h.at = next
		for _, c := range changes {
			if c.Cooperative != h.coop || c.Kind != "member" {
				h.Fatalf("%+v", c)
			}
			h.read[c.Entity]++
			now = append(now, c.Entity)
		}
		if len(changes) < most {
			return now
		}
	}
}

// expect waits for transactions of other tests on the same server, which hold up what
// is read too.
func (h *house) expect(want ...uuid.UUID) {
	h.Helper()
	got := h.follow(1)
	for late := time.Now().Add(30 * time.Second); len(got) < len(want) && time.Now().Before(late); time.Sleep(10 * time.Millisecond) {
		got = append(got, h.follow(1)...)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		h.Errorf("read (-want +got):\n%s", diff)
	}
}

// TestSlowCommit: who committed later than a younger transaction is read, and only once.
func TestSlowCommit(t *testing.T) {
	h := newHouse(t)
	slow, quick := uuid.New(), uuid.New()
	first := h.begin()
	h.append(first, slow)
	second := h.begin()
	h.append(second, quick)
	h.expect()
	h.commit(second)
	h.expect() // the first may still come before it
	ahead, err := feed.Ahead(h.Context(), h.db, h.at)
	h.must(err)
	if diff := cmp.Diff([]feed.Change{{Cooperative: h.coop, Kind: "member", Entity: quick}}, ahead); diff != "" {
		h.Errorf("ahead (-want +got):\n%s", diff)
	}
	h.commit(first)
	h.expect(slow, quick)
	h.expect()
}

// TestSnapshotAndFeed: what is not seen in a snapshot comes after its cursor.
func TestSnapshotAndFeed(t *testing.T) {
	h := newHouse(t)
	under, done, later := uuid.New(), uuid.New(), uuid.New()
	slow := h.begin()
	h.append(slow, under)
	quick := h.begin()
	h.append(quick, done)
	h.commit(quick)
	snapshot, err := h.db.BeginTx(h.Context(), pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	h.must(err)
	defer snapshot.Rollback(h.Context())
	h.at, err = feed.Now(h.Context(), snapshot)
	h.must(err)
	h.commit(slow)
	last := h.begin()
	h.append(last, later)
	h.commit(last)
	h.expect(under, done, later) // done a second time, which does no harm
}

// TestRolledBack: what did not happen is not read, and holds up nobody.
func TestRolledBack(t *testing.T) {
	h := newHouse(t)
	crashed, after := h.begin(), uuid.New()
	h.append(crashed, uuid.New())
	h.must(crashed.Rollback(h.Context()))
	tx := h.begin()
	h.append(tx, after)
	h.commit(tx)
	h.expect(after)
}

// TestKilled: a connection that breaks before its commit leaves nothing, and what was
// committed meanwhile is read as soon as it is gone.
func TestKilled(t *testing.T) {
	h := newHouse(t)
	conn, err := h.db.Acquire(h.Context())
	h.must(err)
	tx, err := conn.Begin(h.Context())
	h.must(err)
	h.append(tx, uuid.New())
	other, after := h.begin(), uuid.New()
	h.append(other, after)
	h.commit(other)
	h.expect()
	pid := conn.Conn().PgConn().PID()
	var ended bool
	h.must(h.db.QueryRow(h.Context(), `SELECT pg_terminate_backend($1, 10000)`, pid).Scan(&ended))
	if !ended {
		t.Fatal("the connection lives on")
	}
	if err := tx.Commit(h.Context()); err == nil {
		t.Fatal("a dead connection committed")
	}
	conn.Release()
	h.expect(after)
}

// TestOnceInATransaction: the same change is there once in each transaction, and
// transactions that change the same do not wait for each other.
func TestOnceInATransaction(t *testing.T) {
	h := newHouse(t)
	one, two, same := h.begin(), h.begin(), uuid.New()
	h.append(one, same)
	h.append(one, same, same)
	h.append(two, same)
	h.commit(two)
	h.commit(one)
	h.expect(same, same)
}

// TestReaderCrashes: who begins again from an older cursor reads the rest again.
func TestReaderCrashes(t *testing.T) {
	h := newHouse(t)
	tx := h.begin()
	h.append(tx, uuid.New(), uuid.New(), uuid.New())
	h.commit(tx)
	before := h.at
	all := h.follow(2)
	h.at = before
	if diff := cmp.Diff(all, h.follow(1)); diff != "" || len(all) != 3 {
		t.Errorf("read again (-first +again):\n%s", diff)
	}
}

// TestTidied: what was read goes, and who comes too late hears it.
func TestTidied(t *testing.T) {
	h := newHouse(t)
	late := h.at
	tx := h.begin()
	h.append(tx, uuid.New())
	h.commit(tx)
	h.follow(10)
	tidy := func(before time.Time) {
		h.must(pgx.BeginFunc(h.Context(), h.db, func(tx pgx.Tx) error {
			more, err := feed.TidyTx(h.Context(), tx, retention.Cut{Before: before})
			if more {
				t.Error("there is more")
			}
			return err
		}))
	}
	tidy(time.Now().Add(-time.Hour))
	if changes, _, err := feed.Read(h.Context(), h.db, late, 10); err != nil || len(changes) != 1 {
		t.Errorf("what is young is gone: %v, %v", changes, err)
	}
	tidy(time.Now().Add(time.Hour))
	if _, next, err := feed.Read(h.Context(), h.db, late, 10); !errors.Is(err, feed.ErrGone) || next != late {
		t.Errorf("who is late hears %v", err)
	}
	if ahead, err := feed.Ahead(h.Context(), h.db, late); !errors.Is(err, feed.ErrGone) {
		t.Errorf("who looks ahead from there hears %v, %v", ahead, err)
	}
	h.expect() // who had read it goes on
	if _, err := feed.Ahead(h.Context(), h.db, h.at); err != nil {
		t.Errorf("who had read it looks ahead: %v", err)
	}
}

// TestListen: a commit rings, and nothing that is not committed does.
func TestListen(t *testing.T) {
	h := newHouse(t)
	ctx, cancel := context.WithCancel(h.Context())
	rang, ended := make(chan bool, 10), make(chan error)
	go func() { ended <- feed.Listen(ctx, h.db, func() { rang <- true }) }()
	<-rang // it listens
	crashed := h.begin()
	h.append(crashed, uuid.New())
	h.must(crashed.Rollback(h.Context()))
	tx := h.begin()
	h.append(tx, uuid.New())
	if len(rang) > 0 {
		t.Error("it rang before the commit")
	}
	h.commit(tx)
	select {
	case <-rang:
	case <-time.After(10 * time.Second):
		t.Error("nobody rang")
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestStorm: many transactions that take their time in different ways, some of which
// come to nothing, while somebody reads in small steps: each change that was committed
// is read exactly once, and no other.
func TestStorm(t *testing.T) {
	h := newHouse(t)
	const writers, each = 3, 150
	want, over := map[uuid.UUID]int{}, make(chan struct{})
	var mu sync.Mutex
	var all sync.WaitGroup
	for w := range writers {
		lot := rand.New(rand.NewPCG(9, uint64(w)))
		all.Go(func() {
			for range each {
				mine, keeps := make([]uuid.UUID, 1+lot.IntN(5)), lot.IntN(4) > 0
				if err := h.write(lot, mine, keeps); err != nil {
					t.Error(err)
					return
				}
				if keeps {
					mu.Lock()
					for _, e := range mine {
						want[e]++
					}
					mu.Unlock()
				}
			}
		})
	}
	go func() { all.Wait(); close(over) }()
	for going := true; going; {
		select {
		case <-over:
			going = false
		default:
		}
		h.follow(3)
	}
	if diff := cmp.Diff(want, h.read); diff != "" || len(want) < writers*each {
		t.Errorf("of %d changes (-committed +read):\n%s", len(want), diff)
	}
}

// write is one transaction: each change waits a little, in a savepoint or not.
func (h *house) write(lot *rand.Rand, mine []uuid.UUID, keeps bool) error {
	undone := errors.New("it comes to nothing")
	err := pgx.BeginFunc(h.Context(), h.db, func(tx pgx.Tx) error {
		for i := range mine {
			mine[i] = uuid.New()
			if lot.IntN(3) == 0 {
				if _, err := tx.Exec(h.Context(), `SAVEPOINT here`); err != nil {
					return err
				}
			}
			if err := appendTx(h.Context(), tx, h.coop, "member", mine[i]); err != nil {
				return err
			}
			if _, err := tx.Exec(h.Context(), `SELECT pg_sleep($1)`, lot.Float64()/200); err != nil {
				return err
			}
		}
		if !keeps {
			return undone
		}
		return nil
	})
	if errors.Is(err, undone) {
		return nil
	}
	return err
}
