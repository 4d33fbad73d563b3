package pg_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/internal/pg/pgtest"
)

func herd(migrations ...string) pg.Schema {
	files := fstest.MapFS{}
	for i, sql := range migrations {
		files["000"+string(rune('1'+i))+"_herd.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + sql)}
	}
	return pg.Schema{Name: "herd", Files: files}
}

const (
	makeSheep = `CREATE TABLE herd.sheep (id uuid PRIMARY KEY, mother uuid);`
	makeGoat  = `CREATE TABLE herd.goat (id uuid PRIMARY KEY);`
)

func TestMigrateTwiceAndAtOnce(t *testing.T) {
	db := pgtest.New(t, herd(makeSheep)) // goose forgives those who meet at the first
	slow := herd(makeSheep, `SELECT pg_sleep(0.3);`+makeGoat)
	var all sync.WaitGroup
	for range 10 { // more than the pool has connections
		all.Go(func() {
			if err := pg.Migrate(t.Context(), db, slow); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := pg.Migrate(t.Context(), db, slow); err != nil {
		t.Errorf("a second time Migrate gave %v", err)
	}
	if err := pg.Current(t.Context(), db, slow); err != nil {
		t.Errorf("after Migrate Current gave %v", err)
	}
}

func TestOlderAndNewerDatabases(t *testing.T) {
	db := pgtest.New(t, herd(makeSheep))
	if err := pg.Current(t.Context(), db, herd(makeSheep, makeGoat)); !errors.Is(err, pg.ErrOlder) {
		t.Errorf("Current gave %v, want ErrOlder", err)
	}
	if err := pg.Migrate(t.Context(), db, herd(makeSheep, makeGoat)); err != nil {
		t.Fatal(err)
	}
	other := pg.Schema{Name: "barn", Files: herd(`CREATE TABLE barn.door ();`).Files}
	err := pg.Migrate(t.Context(), db, other, herd(makeSheep))
	if !errors.Is(err, pg.ErrNewer) || !strings.Contains(err.Error(), "herd") {
		t.Errorf("Migrate gave %v, want ErrNewer that names the schema", err)
	}
	if err := pg.Current(t.Context(), db, other); !errors.Is(err, pg.ErrOlder) {
		t.Errorf("a refused Migrate changed another schema: %v", err)
	}
}

// TestMigrationBelowTheNewest: one that was added below what a database already has is
// refused aloud, and never passed over.
func TestMigrationBelowTheNewest(t *testing.T) {
	whole := herd(makeSheep, makeGoat, `CREATE TABLE herd.dog ();`)
	without := fstest.MapFS{}
	for name, file := range whole.Files.(fstest.MapFS) {
		if name != "0002_herd.sql" {
			without[name] = file
		}
	}
	db := pgtest.New(t, pg.Schema{Name: "herd", Files: without})
	if err := pg.Current(t.Context(), db, whole); !errors.Is(err, pg.ErrOlder) {
		t.Errorf("Current gave %v, want ErrOlder", err)
	}
	if err := pg.Migrate(t.Context(), db, whole); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("Migrate gave %v", err)
	}
}

// TestMigrationMayTakeLong: a big table takes longer than a page may.
func TestMigrationMayTakeLong(t *testing.T) {
	db := pgtest.New(t, herd(`CREATE TABLE herd.seen AS SELECT current_setting('statement_timeout') AS timeout;`))
	var migration, page string
	err := db.QueryRow(t.Context(), `SELECT timeout, current_setting('statement_timeout') FROM herd.seen`).Scan(&migration, &page)
	if err != nil || migration != "0" || page == "0" {
		t.Errorf("a migration has %q and a page %q, %v; want 0 and a limit", migration, page, err)
	}
}

func TestBrokenMigrationLeavesNothing(t *testing.T) {
	db := pgtest.New(t)
	if err := pg.Migrate(t.Context(), db, herd(makeSheep+makeSheep)); err == nil {
		t.Fatal("a broken migration passed")
	}
	if err := pg.Migrate(t.Context(), db, herd(makeSheep)); err != nil {
		t.Errorf("the repaired migration gave %v", err)
	}
}

type sheep struct{}

func TestIDThroughTheDatabase(t *testing.T) {
	db := pgtest.New(t, herd(makeSheep))
	lamb, mother := id.New[sheep](nil), id.New[sheep](nil)
	const insert = `INSERT INTO herd.sheep (id, mother) VALUES ($1, $2), ($2, $3)`
	if _, err := db.Exec(t.Context(), insert, lamb, mother, id.Of[sheep]{}); err != nil {
		t.Fatal(err)
	}
	var got, gotMother, none id.Of[sheep]
	const query = `SELECT a.id, a.mother, b.mother FROM herd.sheep a JOIN herd.sheep b ON b.id = a.mother WHERE a.id = ANY($1)`
	err := db.QueryRow(t.Context(), query, []id.Of[sheep]{lamb}).Scan(&got, &gotMother, &none)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]id.Of[sheep]{lamb, mother, {}}, []id.Of[sheep]{got, gotMother, none}); diff != "" {
		t.Errorf("ids changed on their way (-want +got):\n%s", diff)
	}
}

func TestOpenNeverShowsThePassword(t *testing.T) {
	for _, address := range []string{"postgres://u:hunter2@db:port/meent", "postgres://u:hunter2@127.0.0.1:1/meent"} {
		_, err := pg.Open(t.Context(), address)
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Open gave %v", err)
		}
	}
}
