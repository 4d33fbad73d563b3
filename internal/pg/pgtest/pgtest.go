package pgtest

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/pg"
)

// New makes a database with these schemas, in this order, and drops it when
// the test ends. Tests may run in parallel. Where Postgres is not installed
// the test fails with the sentence that says how to install it.
func New(t testing.TB, schemas ...pg.Schema) *pgxpool.Pool {
	t.Helper()
	ctx := context.Background()
	admin, err := shared.open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	template, err := admin.ensureTemplate(ctx, schemas)
	if err != nil {
		t.Fatalf("making the template: %v", err)
	}
	return cloned(t, admin, template)
}

// cloned is a database of the test's own, dropped when it ends.
func cloned(t testing.TB, admin *admin, template string) *pgxpool.Pool {
	t.Helper()
	ctx := context.Background()
	name := "test_" + strings.ToLower(rand.Text()[:16])
	if err := admin.clone(ctx, name, template); err != nil {
		t.Fatalf("cloning the template: %v", err)
	}
	pool, err := openSmall(ctx, withDatabase(admin.address, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		pool.Close()
		if _, err := admin.db.Exec(ctx, `DROP DATABASE IF EXISTS `+quote(name)+` WITH (FORCE)`); err != nil {
			t.Errorf("dropping the test's database: %v", err)
		}
	})
	return pool
}

// clone copies the template's files: in memory that costs half of what writing
// each of its pages down does.
func (a *admin) clone(ctx context.Context, name, template string) error {
	_, err := a.db.Exec(ctx, `CREATE DATABASE `+quote(name)+` TEMPLATE `+quote(template)+` STRATEGY file_copy`)
	return err
}

// openSmall keeps few connections, because many tests run at once.
func openSmall(ctx context.Context, address string) (*pgxpool.Pool, error) {
	return pg.Open(ctx, address+"&pool_max_conns=8")
}

func withDatabase(admin, name string) string {
	return strings.Replace(admin, "postgres:///meent?", "postgres:///"+name+"?", 1)
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
