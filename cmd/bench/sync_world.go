package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"meent/internal/feed"
	"meent/internal/pg"
	"meent/internal/tasks"
	"meent/jobs"
	match "meent/matching" // the name is taken here
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

//go:embed sync_world.sql
var syncFill string

// syncWorld is a database with one cooperative, and what matches in it.
type syncWorld struct {
	*room
	matching *match.Service
	members  []members.MemberID
}

func newSyncWorld(ctx context.Context, r *room, n int) (*syncWorld, error) {
	if err := pg.Migrate(ctx, r.db, tasks.Schema(), feed.Schema(), members.Schema(), coaching.Schema(), payments.Schema(), jobs.Schema(), match.Schema()); err != nil {
		return nil, err
	}
	queue := tasks.New(r.db, tasks.Config{Now: time.Now})
	people := members.New(r.db, queue, time.Now, nil)
	money := payments.New(r.db, queue, people, nil, time.Now, nil)
	w := &syncWorld{room: r, matching: match.New(r.db, queue, jobs.New(r.db, queue, people, money, time.Now, nil), time.Now, nil)}
	if err := people.LoadReference(ctx); err != nil {
		return nil, err
	}
	err := pgx.BeginFunc(ctx, r.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT set_config('bench.members', $1, true)`, strconv.Itoa(n)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, syncFill)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("filling: %w", err)
	}
	if err := r.settle(ctx); err != nil {
		return nil, err
	}
	rows, err := r.db.Query(ctx, `SELECT id FROM members.member ORDER BY id`)
	if err != nil {
		return nil, err
	}
	w.members, err = pgx.CollectRows(rows, pgx.RowTo[members.MemberID])
	return w, err
}

// syncEdits are changes of a member ($1, of the cooperative $3) by any number ($2), of most tables that the
// engine is made of.
func syncEdits() []string {
	return []string{
		`UPDATE members.member SET reach_m = 500 + $2::int % 9000 WHERE cooperative_id = $3 AND id = $1`,
		`UPDATE members.member SET state = CASE WHEN $2::int % 2 = 0 THEN 'member' ELSE 'alumni' END WHERE cooperative_id = $3 AND id = $1`,
		`UPDATE members.member SET place_code = (SELECT code FROM members.place ORDER BY code OFFSET $2::int % 50 LIMIT 1) WHERE cooperative_id = $3 AND id = $1`,
		`UPDATE members.member_profile SET rest_days = $2::int % 8, room_cents = $2::int WHERE cooperative_id = $3 AND member_id = $1`,
		`UPDATE members.member_profile SET week = decode(repeat(lpad(to_hex($2::int % 256), 2, '0'), 84), 'hex') WHERE cooperative_id = $3 AND member_id = $1`,
		`DELETE FROM members.member_goal WHERE cooperative_id = $3 AND member_id = $1 AND $2::int % 2 = 0`,
		`INSERT INTO members.member_goal SELECT m.cooperative_id, m.id, s.code FROM members.member m, members.skill s WHERE m.cooperative_id = $3 AND m.id = $1 AND hashtext(s.code) % 40 = $2::int % 40 ON CONFLICT DO NOTHING`,
		`UPDATE members.member_skill SET level = (ARRAY['learning', 'can', 'well'])[1 + $2::int % 3] WHERE cooperative_id = $3 AND member_id = $1`,
		`INSERT INTO members.member_day SELECT cooperative_id, id, current_date + $2::int % 30, true, decode(repeat('00', 12), 'hex') FROM members.member WHERE cooperative_id = $3 AND id = $1 ON CONFLICT DO NOTHING`,
		`DELETE FROM members.member_day WHERE cooperative_id = $3 AND member_id = $1 AND $2::int % 3 = 0`,
		`DELETE FROM members.member_ability WHERE cooperative_id = $3 AND member_id = $1 AND $2::int % 2 = 0`,
		`UPDATE jobs.engagement SET state = CASE state WHEN 'confirmed' THEN 'started' ELSE 'agreed' END WHERE cooperative_id = $3 AND member_id = $1 AND state IN ('confirmed', 'started') AND $2::int % 2 = 0`,
		`UPDATE jobs.shift SET break_minutes = $2::int % 30 WHERE cooperative_id = $3 AND id IN (SELECT shift_id FROM jobs.engagement WHERE cooperative_id = $3 AND member_id = $1)`,
		`DELETE FROM members.client_block WHERE cooperative_id = $3 AND member_id = $1 AND $2::int % 2 = 0`,
	}
}

// edit is a transaction of one to three changes; one in five comes to nothing.
func (w *syncWorld) edit(ctx context.Context, lot *rand.Rand) error {
	undone, list := errors.New("it comes to nothing"), syncEdits()
	err := pgx.BeginFunc(ctx, w.db, func(tx pgx.Tx) error {
		m := w.members[lot.IntN(len(w.members)*9/10)] // the others are waited for
		for range 1 + lot.IntN(3) {
			if _, err := tx.Exec(ctx, list[lot.IntN(len(list))], m, lot.IntN(1000), syncCooperative()); err != nil {
				return err
			}
		}
		if lot.IntN(5) == 0 {
			return undone
		}
		return nil
	})
	var broken *pgconn.PgError
	if errors.Is(err, undone) || errors.As(err, &broken) && broken.Code == "40P01" { // two wanted each other's rows
		return nil
	}
	return err
}
