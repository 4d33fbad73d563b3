package pg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/multitracer"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// ErrAddress is returned for an address that cannot be read. What was given is
// not repeated, because it may hold a password.
var ErrAddress = errors.New("not an address of Postgres, such as postgres://user:password@host:5432/meent")

// Open makes a pool for the database at this address and checks that it
// answers and is not older than this program can use. Others may watch what is
// asked of it.
func Open(ctx context.Context, address string, watchers ...pgx.QueryTracer) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, ErrAddress
	}
	set := config.ConnConfig.RuntimeParams
	set["timezone"] = "UTC"
	set["plan_cache_mode"] = "force_generic_plan" // each statement once a connection: planning took a quarter of the server's time
	set["jit"] = "off"                            // comparing the books spent seconds on compiling a query of a tenth of one
	set["application_name"] = "meent"
	set["statement_timeout"] = "30s"
	set["idle_in_transaction_session_timeout"] = "60s"
	config.MaxConns = max(config.MaxConns, 16) // handlers, readers and pages at once
	config.ConnConfig.ConnectTimeout = 5 * time.Second
	config.AfterConnect, config.ConnConfig.Tracer = watch, tracers(watchers)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if err := checkServer(ctx, pool); err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}

// tracers keeps the pool's own alone where nobody watches.
func tracers(watchers []pgx.QueryTracer) pgx.QueryTracer {
	if len(watchers) == 0 {
		return endings{}
	}
	return multitracer.New(append([]pgx.QueryTracer{endings{}}, watchers...)...)
}

func checkServer(ctx context.Context, pool *pgxpool.Pool) error {
	var version int
	err := pool.QueryRow(ctx, `SELECT current_setting('server_version_num')::int`).Scan(&version)
	if err != nil {
		return unreachable(err)
	}
	if version < minMajor*10000 {
		return fmt.Errorf("this Postgres is version %d, and Meent needs %d or newer", version/10000, minMajor)
	}
	return nil
}

// unreachable keeps user names and addresses out of the sentence.
func unreachable(err error) error {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return fmt.Errorf("the database refuses: %s", refused.Message)
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	return errors.New("no Postgres answers at this address")
}

// Unavailable reports an error that says nothing about the work itself: the
// server is away, ends, has no room on its disk, or no connection left.
func Unavailable(err error) bool {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		class := refused.Code[:min(2, len(refused.Code))]
		return class == "53" || class == "57" || class == "08"
	}
	var unreached *pgconn.ConnectError
	return errors.As(err, &unreached) || pgconn.SafeToRetry(err)
}
