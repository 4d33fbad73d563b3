package pg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// ErrNewer is returned when the database was made by a newer program.
var ErrNewer = errors.New("the database was made by a newer version of Meent; start that one")

// ErrOlder is returned by Current when migrations are still to be done.
var ErrOlder = errors.New("the database is older than this program; `meent migrate` brings it up to date")

// migrationLock is the key of the one advisory lock: "meent" in ASCII.
const migrationLock = 0x6d65656e74

// Migrate brings the schemas up to date, in this order. Programs that do it at
// the same time wait for each other. It returns ErrNewer, and changes nothing
// then.
func Migrate(ctx context.Context, pool *pgxpool.Pool, schemas ...Schema) error {
	db := patient(pool)
	defer db.Close()
	guard, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer guard.Close() // the lock goes with its connection
	if _, err := guard.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, migrationLock); err != nil {
		return err
	}
	// All versions first, so that a newer database is refused before anything changes.
	if err := Current(ctx, pool, schemas...); !errors.Is(err, ErrOlder) {
		return err
	}
	return migrateAll(ctx, db, schemas)
}

// patient opens connections beside the pool's: a migration may take longer than
// a page may, and programs that wait for the lock must not empty the pool of
// the one that holds it.
func patient(pool *pgxpool.Pool) *sql.DB {
	config := pool.Config().ConnConfig
	config.RuntimeParams["statement_timeout"] = "0"
	return stdlib.OpenDB(*config)
}

// Current reports whether each schema is at the version of this program: nil,
// ErrNewer when one is newer, ErrOlder when one is older.
func Current(ctx context.Context, pool *pgxpool.Pool, schemas ...Schema) error {
	var older error
	for _, schema := range schemas {
		switch err := compare(ctx, pool, schema); {
		case errors.Is(err, ErrOlder):
			older = err
		case err != nil:
			return err
		}
	}
	return older
}

func compare(ctx context.Context, pool *pgxpool.Pool, s Schema) error {
	have, done, err := storedVersion(ctx, pool, s)
	if err != nil {
		return err
	}
	want, all, err := s.version()
	switch {
	case err != nil:
		return err
	case have < want, have == want && done < all: // one was added below the newest
		return fmt.Errorf("schema %s: %w", s.Name, ErrOlder)
	case have > want:
		return fmt.Errorf("schema %s: %w", s.Name, ErrNewer)
	}
	return nil
}

func migrateAll(ctx context.Context, db *sql.DB, schemas []Schema) error {
	for _, schema := range schemas {
		if err := migrateSchema(ctx, db, schema); err != nil {
			return fmt.Errorf("migrating schema %s: %w", schema.Name, err)
		}
	}
	return nil
}

func migrateSchema(ctx context.Context, db *sql.DB, schema Schema) error {
	name := pgx.Identifier{schema.Name}
	if _, err := db.ExecContext(ctx, `CREATE SCHEMA IF NOT EXISTS `+name.Sanitize()); err != nil {
		return err
	}
	store, err := database.NewStore(database.DialectPostgres, schema.versionTable())
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider("", db, schema.Files, goose.WithStore(store), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

func (s Schema) versionTable() string { return s.Name + ".goose_version" }

// version is the number of the newest migration in the files, and how many there are.
func (s Schema) version() (newest int64, all int, err error) {
	names, err := fs.Glob(s.Files, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, 0, fmt.Errorf("schema %s has no migrations", s.Name)
	}
	newest, err = goose.NumericComponent(names[len(names)-1])
	return newest, len(names), err
}

// storedVersion is the number of the newest migration in the database, 0 for none, and how
// many were done.
func storedVersion(ctx context.Context, pool *pgxpool.Pool, s Schema) (newest int64, done int, err error) {
	var table *string
	err = pool.QueryRow(ctx, `SELECT to_regclass($1)::text`, s.versionTable()).Scan(&table)
	if err != nil || table == nil {
		return 0, 0, err
	}
	query := `SELECT coalesce(max(version_id), 0), count(DISTINCT version_id) FROM ` + pgx.Identifier{s.Name, "goose_version"}.Sanitize() + ` WHERE is_applied AND version_id > 0`
	err = pool.QueryRow(ctx, query).Scan(&newest, &done)
	return newest, done, err
}
