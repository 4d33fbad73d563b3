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
	admin, err := adminURL(ctx)
	if err != nil {
		t.Fatal(err)
	}
	template, err := ensureTemplate(ctx, admin, schemas)
	if err != nil {
		t.Fatalf("making the template: %v", err)
	}
	name := "test_" + strings.ToLower(rand.Text()[:16])
	if err := clone(ctx, admin, name, template); err != nil {
		t.Fatalf("cloning the template: %v", err)
	}
	pool, err := openSmall(ctx, withDatabase(admin, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		pool.Close()
		if err := execute(ctx, admin, `DROP DATABASE IF EXISTS `+quote(name)+` WITH (FORCE)`); err != nil {
			t.Errorf("dropping the test's database: %v", err)
		}
	})
	return pool
}

func clone(ctx context.Context, admin, name, template string) error {
	return execute(ctx, admin, `CREATE DATABASE `+quote(name)+` TEMPLATE `+quote(template)+` STRATEGY wal_log`)
}

// openSmall keeps few connections, because many tests run at once.
func openSmall(ctx context.Context, address string) (*pgxpool.Pool, error) {
	return pg.Open(ctx, address+"&pool_max_conns=8")
}

func withDatabase(admin, name string) string {
	return strings.Replace(admin, "postgres:///meent?", "postgres:///"+name+"?", 1)
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }

// execute runs one statement on a connection of its own: CREATE DATABASE allows
// no transaction, and a template allows no guests.
func execute(ctx context.Context, address, statement string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}
