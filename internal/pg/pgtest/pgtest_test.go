package pgtest_test

import (
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/pg"
	"meent/internal/pg/pgtest"
)

func herd(table string) pg.Schema {
	sql := "-- +goose Up\nCREATE TABLE herd." + table + " (name text PRIMARY KEY);\n"
	return pg.Schema{Name: "herd", Files: fstest.MapFS{"0001_herd.sql": {Data: []byte(sql)}}}
}

func TestDatabasesAreApart(t *testing.T) {
	first, second := pgtest.New(t, herd("sheep")), pgtest.New(t, herd("sheep"))
	if _, err := first.Exec(t.Context(), `INSERT INTO herd.sheep VALUES ('Dolly')`); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := second.QueryRow(t.Context(), `SELECT count(*) FROM herd.sheep`).Scan(&n); err != nil || n != 0 {
		t.Errorf("the second database has %d sheep, %v; want none", n, err)
	}
}

// TestFilledOnce: each test changes what is its own, and nobody fills again.
func TestFilledOnce(t *testing.T) {
	fills := 0
	fill := func(address string) error {
		fills++
		conn, err := pgx.Connect(t.Context(), address)
		if err != nil {
			return err
		}
		_, err = conn.Exec(t.Context(), `INSERT INTO herd.sheep VALUES ('Dolly')`)
		return errors.Join(err, conn.Close(t.Context()))
	}
	for range 3 {
		db := pgtest.Filled(t, "dolly", fill, herd("sheep"))
		var n int
		if err := db.QueryRow(t.Context(), `INSERT INTO herd.sheep VALUES ('Molly') RETURNING (SELECT count(*) FROM herd.sheep)`).Scan(&n); err != nil || n != 1 {
			t.Errorf("there were %d sheep, %v; want Dolly", n, err)
		}
	}
	if fills != 1 {
		t.Errorf("filled %d times", fills)
	}
}

// TestWorldIsMadeOnce: what the first test that succeeds found is known to all.
func TestWorldIsMadeOnce(t *testing.T) {
	var world pgtest.World[int]
	settled := 0
	settle := func(db *pgxpool.Pool) (n int) {
		settled++
		if err := db.QueryRow(t.Context(), `INSERT INTO herd.sheep SELECT 'Polly ' || n FROM generate_series(1, 7) n RETURNING (SELECT 42)`).Scan(&n); err != nil {
			t.Error(err)
		}
		return n
	}
	for range 3 {
		db, known := world.Clone(t, settle, herd("sheep"))
		var n int
		if err := db.QueryRow(t.Context(), `INSERT INTO herd.sheep VALUES ('Molly') RETURNING (SELECT count(*) FROM herd.sheep)`).Scan(&n); err != nil || n != 7 || known != 42 {
			t.Errorf("there were %d sheep, %v, and %d is known; want 7 and 42", n, err, known)
		}
	}
	if settled != 1 {
		t.Errorf("settled %d times", settled)
	}
}

func TestOtherMigrationsMakeAnotherTemplate(t *testing.T) {
	pgtest.New(t, herd("sheep"))
	goats := pgtest.New(t, herd("goat"))
	if _, err := goats.Exec(t.Context(), `INSERT INTO herd.goat VALUES ('Heidi')`); err != nil {
		t.Error(err)
	}
}

func TestDatabaseIsDroppedAtTheEnd(t *testing.T) {
	var name string
	t.Run("inner", func(t *testing.T) {
		db := pgtest.New(t, herd("sheep"))
		if err := db.QueryRow(t.Context(), `SELECT current_database()`).Scan(&name); err != nil {
			t.Fatal(err)
		}
	})
	var there bool
	db := pgtest.New(t, herd("sheep"))
	err := db.QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, name).Scan(&there)
	if err != nil || there {
		t.Errorf("the database %s is there: %v, %v", name, there, err)
	}
}

func TestParallelTestsShareTheServer(t *testing.T) {
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			if err := pgtest.New(t, herd("sheep")).Ping(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestCloneIsQuick takes the best of five, because the machine may be busy.
func TestCloneIsQuick(t *testing.T) {
	pgtest.New(t, herd("sheep")) // the server and the template
	best := time.Hour
	for range 5 {
		begin := time.Now()
		pgtest.New(t, herd("sheep"))
		best = min(best, time.Since(begin))
	}
	t.Logf("a database in %v", best.Round(time.Millisecond))
	if best > 300*time.Millisecond {
		t.Errorf("a database took %v at best, want at most 300 ms", best)
	}
}

// TestSettled: who waits is kept by a transaction in another database, until it ends.
func TestSettled(t *testing.T) {
	here, there := pgtest.New(t, herd("sheep")), pgtest.New(t, herd("sheep"))
	tx, err := there.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `INSERT INTO herd.sheep VALUES ('Dolly')`); err != nil {
		t.Fatal(err)
	}
	settled := make(chan error, 1)
	go func() { settled <- pgtest.Settled(t.Context(), here) }()
	select {
	case err := <-settled:
		t.Fatalf("settled while a transaction was under way: %v", err)
	case <-time.After(100 * time.Millisecond):
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-settled; err != nil {
		t.Error(err)
	}
}
