package demo

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"
)

// pastDays is how long before the demo's first day people came.
const pastDays = 7 * weeks

// House is what a demo with a past is made in.
type House struct {
	DB    *pgxpool.Pool
	Redis redis.UniversalClient
	Now   func() time.Time
	Seed  uint64
	Renew func(context.Context) error // drops everything and makes the empty tables again
}

// FillWithPast is Fill, and before it the past of the people: finished work,
// paid hours. Nobody else may work on the house meanwhile. It is not one
// transaction: a filling that was cut off begins anew at the next call, in
// emptied tables, as long as nobody has been in the house.
func FillWithPast(ctx context.Context, h House) (filled bool, err error) {
	err = alone(ctx, h.DB, func() error {
		begun, err := wasCutOff(ctx, h.DB)
		if err != nil {
			return err
		}
		if begun {
			if err := h.Renew(ctx); err != nil {
				return err
			}
		}
		filled, err = fillWithPast(ctx, h)
		return err
	})
	return filled && err == nil, err
}

func fillWithPast(ctx context.Context, house House) (filled bool, err error) {
	end := house.Now()
	h, err := newHouse(end, house.Seed)
	if err != nil {
		return false, err
	}
	db, err := hasty(ctx, house.DB)
	if err != nil {
		return false, err
	}
	defer db.Close()
	h.now, h.clock = end.AddDate(0, 0, -pastDays), &clock{at: end.AddDate(0, 0, -pastDays)}
	s, err := openStripe(db, h.clock.now, newIDs(house.Seed+1))
	if err != nil {
		return false, err
	}
	defer s.server.Close()
	h.services = newServices(db, s.gateway, h.clock.now, newIDs(house.Seed))
	s.payments = h.payments
	if filled, err = h.begin(ctx, house.DB); err != nil || !filled {
		return false, err
	}
	p, err := newPast(ctx, h, db, house.Redis, s, end, house.Seed)
	if err != nil {
		return false, err
	}
	if err := p.live(ctx); err != nil {
		return false, err
	}
	h.now = end
	return true, h.finish(ctx, house.DB)
}

// hasty is a pool for which no commit waits for the disk: after a power cut the
// demo begins anew anyway.
func hasty(ctx context.Context, db *pgxpool.Pool) (*pgxpool.Pool, error) {
	config := db.Config()
	config.ConnConfig.RuntimeParams["synchronous_commit"] = "off"
	return pgxpool.NewWithConfig(ctx, config)
}

// begin makes the people, and notes that their past begins.
func (h *house) begin(ctx context.Context, db *pgxpool.Pool) (filled bool, err error) {
	err = pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		if filled, err = h.members.EmptyTx(ctx, tx); err != nil || !filled {
			return err
		}
		if err := h.peopleTx(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO demo.past (begun_at) VALUES ($1)`, h.clock.now())
		return err
	})
	return filled && err == nil, err
}

// finish posts the work to come, and forgets that a past was under way. This
// commit waits for the disk, and with it all before.
func (h *house) finish(ctx context.Context, db *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		if err := h.gigsTx(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM demo.past`)
		return err
	})
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

// wasCutOff reports whether all that is there is a demo whose past was cut off.
// A house in which a person is, or was, is left as it is.
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
