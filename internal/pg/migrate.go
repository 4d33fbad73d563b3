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
	return locked(ctx, pool, func() error {
		return eachSchema(ctx, pool, schemas, func(p *goose.Provider) error {
			_, err := p.Up(ctx)
			return err
		})
	})
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
	have, err := storedVersion(ctx, pool, s)
	if err != nil {
		return err
	}
	want, err := s.version()
	switch {
	case err != nil:
		return err
	case have < want:
		return fmt.Errorf("schema %s: %w", s.Name, ErrOlder)
	case have > want:
		return fmt.Errorf("schema %s: %w", s.Name, ErrNewer)
	}
	return nil
}

// locked holds the advisory lock on a connection of its own while f runs.
func locked(ctx context.Context, pool *pgxpool.Pool, f func() error) error {
	return pool.AcquireFunc(ctx, func(c *pgxpool.Conn) error {
		if _, err := c.Exec(ctx, `SET statement_timeout = 0`); err != nil {
			return err
		}
		if _, err := c.Exec(ctx, `SELECT pg_advisory_lock($1)`, migrationLock); err != nil {
			return err
		}
		err := f()
		// The connection goes back to the pool, so the lock and the setting must not.
		_, unlock := c.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock_all()`)
		_, reset := c.Exec(context.WithoutCancel(ctx), `RESET statement_timeout`)
		return errors.Join(err, unlock, reset)
	})
}

// eachSchema looks at all versions first, so that a newer database is refused
// before anything changes.
func eachSchema(ctx context.Context, pool *pgxpool.Pool, schemas []Schema, up func(*goose.Provider) error) error {
	if err := Current(ctx, pool, schemas...); errors.Is(err, ErrNewer) {
		return err
	}
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	for _, schema := range schemas {
		if err := migrateSchema(ctx, db, schema, up); err != nil {
			return fmt.Errorf("migrating schema %s: %w", schema.Name, err)
		}
	}
	return nil
}

func migrateSchema(ctx context.Context, db *sql.DB, schema Schema, up func(*goose.Provider) error) error {
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
	return up(provider)
}

func (s Schema) versionTable() string { return s.Name + ".goose_version" }

// version is the number of the newest migration in the files.
func (s Schema) version() (int64, error) {
	names, err := fs.Glob(s.Files, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("schema %s has no migrations", s.Name)
	}
	return goose.NumericComponent(names[len(names)-1])
}

// storedVersion is the number of the newest migration in the database, 0 for none.
func storedVersion(ctx context.Context, pool *pgxpool.Pool, s Schema) (version int64, err error) {
	var table *string
	err = pool.QueryRow(ctx, `SELECT to_regclass($1)::text`, s.versionTable()).Scan(&table)
	if err != nil || table == nil {
		return 0, err
	}
	query := `SELECT coalesce(max(version_id), 0) FROM ` + pgx.Identifier{s.Name, "goose_version"}.Sanitize() + ` WHERE is_applied`
	err = pool.QueryRow(ctx, query).Scan(&version)
	return version, err
}
