package demo

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/internal/vault"
)

// House is what a demo with a past is made in.
type House struct {
	DB    *pgxpool.Pool
	Redis redis.UniversalClient
	Now   func() time.Time
	Seed  uint64
	Keys  []vault.Key                 // what people wrote is sealed with them
	Renew func(context.Context) error // drops all tables and makes empty ones
}

// FillWithPast is Fill, and between the people and the work to come it makes
// twelve weeks of finished work. Nobody else may do the house's tasks meanwhile.
// It is not one transaction: a filling that was cut off begins anew at the next
// call, in new tables, as long as nobody but the demo was in the house.
func FillWithPast(ctx context.Context, h House) (filled bool, err error) {
	err = alone(ctx, h.DB, func() error {
		cut, err := wasCutOff(ctx, h.DB)
		if err != nil {
			return err
		}
		if cut {
			if err := h.Renew(ctx); err != nil {
				return err
			}
		}
		if filled, err = isEmpty(ctx, h.DB); err == nil && filled {
			filled, err = fillWithPast(ctx, h)
		}
		return err
	})
	return filled && err == nil, err
}

func fillWithPast(ctx context.Context, h House) (filled bool, err error) {
	p, err := openPast(ctx, h)
	if err != nil {
		return false, err
	}
	defer p.close()
	if filled, err = p.begin(ctx); err != nil || !filled {
		return false, err
	}
	if err := p.live(ctx); err != nil {
		return false, err
	}
	return true, p.finish(ctx)
}

// fillLock is the key of the lock under which one at a time fills: "demo" in ASCII.
const fillLock = 0x64656d6f

// alone keeps others waiting that want to fill the same house.
func alone(ctx context.Context, db *pgxpool.Pool, do func() error) error {
	conn, err := db.Acquire(ctx)
	if err != nil {
		return err
	}
	guard := conn.Hijack() // the lock goes with its connection
	defer guard.Close(context.WithoutCancel(ctx))
	if _, err := guard.Exec(ctx, `SELECT pg_advisory_lock($1)`, fillLock); err != nil {
		return err
	}
	return do()
}

func isEmpty(ctx context.Context, db *pgxpool.Pool) (empty bool, err error) {
	err = db.QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM members.cooperative)`).Scan(&empty)
	return empty, err
}

// wasCutOff reports whether all that is there is a demo whose past was cut off.
// Where a person is, or ever signed in, nothing is the demo's alone.
func wasCutOff(ctx context.Context, db *pgxpool.Pool) (cut bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM demo.past)
			AND NOT EXISTS (SELECT FROM members.person WHERE email NOT LIKE '%@meent.example')
			AND NOT EXISTS (SELECT FROM members.cooperative WHERE name <> ALL ($1))
			AND NOT EXISTS (SELECT FROM members.sign_in) AND NOT EXISTS (SELECT FROM members.session)`
	var names []string
	for _, plan := range plans() {
		names = append(names, plan.name)
	}
	err = db.QueryRow(ctx, query, names).Scan(&cut)
	return cut, err
}

// Busy reports whether somebody does the tasks of this database: every worker
// listens for them.
func Busy(ctx context.Context, db *pgxpool.Pool) (busy bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND query = 'LISTEN tasks')`
	err = db.QueryRow(ctx, query).Scan(&busy)
	return busy, err
}
