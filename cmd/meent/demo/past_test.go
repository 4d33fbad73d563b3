package demo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/cmd/meent/demo"
	"meent/internal/pg"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/payments/stripesim"
)

func schemas() []pg.Schema {
	return []pg.Schema{tasks.Schema(), members.Schema(), coaching.Schema(), payments.Schema(), stripesim.Schema(),
		jobs.Schema(), matching.Schema(), demo.Schema()}
}

// pastHouse is an empty house that can be given people with a past.
func pastHouse(t *testing.T, now time.Time, seed uint64) demo.House {
	t.Helper()
	h := demo.House{DB: pgtest.New(t, schemas()...), Now: func() time.Time { return now }, Seed: seed}
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(t).Addr()})
	t.Cleanup(func() { client.Close() })
	h.Redis = client
	load := func(ctx context.Context) error {
		return errors.Join(members.New(h.DB, nil, h.Now, nil).LoadReference(ctx), payments.New(h.DB, nil, nil, h.Now, nil).LoadReference(ctx))
	}
	h.Renew = func(ctx context.Context) error {
		if err := pg.Drop(ctx, h.DB, schemas()...); err != nil {
			return err
		}
		if err := pg.Migrate(ctx, h.DB, schemas()...); err != nil {
			return err
		}
		return load(ctx)
	}
	if err := load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

func fillWithPast(t *testing.T, h demo.House) {
	t.Helper()
	begin := time.Now()
	filled, err := demo.FillWithPast(t.Context(), h)
	if err != nil || !filled {
		t.Fatalf("FillWithPast = %v, %v", filled, err)
	}
	t.Logf("filled with a past in %v", time.Since(begin).Round(time.Millisecond))
}

// number is the first column of a query.
func number(t *testing.T, db *pgxpool.Pool, query string, args ...any) (n int) {
	t.Helper()
	if err := db.QueryRow(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func lines(t *testing.T, db *pgxpool.Pool, query string, args ...any) (list []string) {
	t.Helper()
	rows, err := db.Query(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
	return list
}

func TestPastLook(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	h := pastHouse(t, now, 1)
	fillWithPast(t, h)
	for _, q := range []string{
		`SELECT 'engagement ' || state || ' ' || count(*) FROM jobs.engagement GROUP BY state`,
		`SELECT 'offer ' || state || ' ' || count(*) FROM matching.offer GROUP BY state`,
		`SELECT 'sheet ' || state || ' ' || count(*) FROM jobs.timesheet GROUP BY state`,
		`SELECT 'bill ' || state || ' ' || count(*) FROM payments.bill GROUP BY state`,
		`SELECT 'payout ' || state || ' ' || count(*) FROM payments.payout GROUP BY state`,
		`SELECT 'task ' || kind || ' ' || state || ' ' || count(*) || ' ' || coalesce(max(last_error), '') FROM tasks.task GROUP BY kind, state ORDER BY 1`,
		`SELECT 'member ' || cooperative_id || ' ' || member_id || ' ' || count(*) || ' ' || count(*) FILTER (WHERE state = 'paid') FROM jobs.engagement GROUP BY cooperative_id, member_id ORDER BY 1`,
		`SELECT 'shift without anybody ' || count(*) FROM jobs.shift s WHERE ends_at < '2026-11-24' AND NOT EXISTS (SELECT FROM jobs.engagement e WHERE e.shift_id = s.id)`,
	} {
		for _, l := range lines(t, h.DB, q) {
			t.Log(l)
		}
	}
}
