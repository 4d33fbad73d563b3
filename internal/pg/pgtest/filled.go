package pgtest

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/pg"
)

// Filled is New with what fill puts in. It fills once, for the first test that asks
// for this name, and clones that for all: fill must leave no connection open, and
// nothing that it makes may be of the test alone.
func Filled(t testing.TB, name string, fill func(address string) error, schemas ...pg.Schema) *pgxpool.Pool {
	t.Helper()
	ctx := context.Background()
	admin, err := shared.open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	template, err := admin.ensureFilled(ctx, name, fill, schemas)
	if err != nil {
		t.Fatalf("filling %s: %v", name, err)
	}
	return cloned(t, admin, template)
}

// Loaded is Filled with what load writes: for what each test of a package starts from.
func Loaded(t testing.TB, load func(context.Context, *pgxpool.Pool) error, schemas ...pg.Schema) *pgxpool.Pool {
	t.Helper()
	return Filled(t, "loaded", func(address string) error {
		ctx := context.Background()
		db, err := openSmall(ctx, address)
		if err != nil {
			return err
		}
		defer db.Close()
		return load(ctx, db)
	}, schemas...)
}

// World is where each test of a package begins, and what a test must know of it. A
// package has one.
type World[W any] struct{ known W }

// Clone gives the test a database of its own with the world in it, which settle makes
// for the first test that asks. What is known is the same for all: nobody writes to it.
func (w *World[W]) Clone(t testing.TB, settle func(*pgxpool.Pool) W, schemas ...pg.Schema) (*pgxpool.Pool, W) {
	t.Helper()
	db := Filled(t, "world", func(address string) error {
		db, err := openSmall(context.Background(), address)
		if err != nil {
			return err
		}
		defer db.Close()
		w.known = settle(db)
		return nil
	}, schemas...)
	return db, w.known
}

// ensureFilled makes the template unless this test binary has made it.
func (a *admin) ensureFilled(ctx context.Context, name string, fill func(string) error, schemas []pg.Schema) (string, error) {
	empty, err := a.ensureTemplate(ctx, schemas)
	if err != nil {
		return "", err
	}
	a.filling.Lock()
	defer a.filling.Unlock()
	filled := fmt.Sprintf("%s_%s_%d", empty, name, os.Getpid())
	if _, made := a.made.Load(filled); made {
		return filled, nil
	}
	// A test that failed while it filled left half of it.
	if _, err := a.db.Exec(ctx, `DROP DATABASE IF EXISTS `+quote(filled)+` WITH (FORCE)`); err != nil {
		return "", err
	}
	if err := a.clone(ctx, filled, empty); err != nil {
		return "", err
	}
	if err := fill(withDatabase(a.address, filled)); err != nil {
		return "", err // the next test tries again
	}
	a.made.Store(filled, true)
	return filled, nil
}
