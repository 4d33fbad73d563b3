package matching_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"meent/internal/id"
	"meent/internal/pg/pgtest"
	"meent/jobs"
	"meent/matching"
	"meent/matching/engine"
	"meent/members"
)

// plain is columns that anybody can read.
type plain map[members.MemberID]engine.Member

func (p plain) Put(list []engine.Member) {
	for _, m := range list {
		p[m.ID] = m
	}
}

func (p plain) Drop(list []members.MemberID) {
	for _, m := range list {
		delete(p, m)
	}
}

// plainShifts is open work that anybody can read.
type plainShifts map[jobs.ShiftID]engine.Work

func (p plainShifts) Put(list []engine.Work) {
	for _, w := range list {
		p[w.Shift] = w
	}
}

func (p plainShifts) Drop(list []jobs.ShiftID) {
	for _, s := range list {
		delete(p, s)
	}
}

// keeping is a world whose members and open work are kept.
type keeping struct {
	*wild
	*matching.Keeper
	shown map[id.Cooperative]plain
	open  map[id.Cooperative]plainShifts
	times int
}

func newKeeping(t *testing.T, seed uint64, people, gigs int) *keeping {
	k := &keeping{wild: newWild(t, seed, people, gigs), shown: map[id.Cooperative]plain{}, open: map[id.Cooperative]plainShifts{}}
	k.Keeper = k.Service.Keeper(func() matching.Engine { return matching.Engine{Members: plain{}, Open: plainShifts{}} }, func(c id.Cooperative, of matching.Engine) {
		k.shown[c], k.open[c] = of.Members.(plain), of.Open.(plainShifts)
		k.times++
	})
	k.must(k.Load(t.Context()))
	return k
}

func (k *keeping) follow() int {
	k.t.Helper()
	return k.catchUp(k.Keeper)
}

// catchUp lets one follow all that was committed, and says how many changes that were. The
// feed passes no transaction that is under way in any database of the server: those of
// other packages' tests are waited for.
func (h *house) catchUp(keeper *matching.Keeper) int {
	h.t.Helper()
	h.must(pgtest.Settled(h.t.Context(), h.db))
	n, err := keeper.Follow(h.t.Context())
	h.must(err)
	return n
}

// inStep: what is kept is what the tables say, to the last field.
func (k *keeping) inStep() {
	k.t.Helper()
	all, err := k.Service.Loader(k.client.Cooperative).All(k.t.Context())
	k.must(err)
	want := plain{}
	want.Put(all.Members)
	if diff := cmp.Diff(want, k.shown[k.client.Cooperative]); diff != "" {
		k.t.Errorf("kept (-tables +kept):\n%s", diff)
	}
	open := plainShifts{}
	open.Put(all.Work)
	if diff := cmp.Diff(open, k.open[k.client.Cooperative]); diff != "" {
		k.t.Errorf("open work (-tables +kept):\n%s", diff)
	}
}

func (k *keeping) drift(want int) {
	k.t.Helper()
	if wrong, err := k.Drift(k.t.Context()); err != nil || wrong != want {
		k.t.Errorf("%d members are wrong, %v; want %d", wrong, err, want)
	}
}

// edits are changes of members, each of a table that is followed. $1 is the member,
// $2 any number.
func edits() []string {
	return []string{
		`UPDATE members.member SET reach_m = 500 + $2::int % 9000 WHERE id = $1`,
		`UPDATE members.member SET state = CASE WHEN $2::int % 2 = 0 THEN 'member' ELSE 'alumni' END WHERE id = $1`,
		`UPDATE members.member_profile SET rest_days = $2::int % 8, room_cents = $2::int, certificate = CASE WHEN $2::int % 2 = 0 THEN 'in_hand' END WHERE member_id = $1`,
		`DELETE FROM members.member_goal WHERE member_id = $1 AND $2::int % 2 = 0`,
		`INSERT INTO members.member_goal SELECT m.cooperative_id, m.id, s.code FROM members.member m, members.skill s WHERE m.id = $1 AND hashtext(s.code) % 40 = $2::int % 40 ON CONFLICT DO NOTHING`,
		`INSERT INTO members.member_ability SELECT m.cooperative_id, m.id, a.code, 'must' FROM members.member m, members.ability a WHERE m.id = $1 AND a.bit = $2::int % 20 ON CONFLICT DO NOTHING`,
		`DELETE FROM members.member_ability WHERE member_id = $1 AND $2::int % 2 = 0`,
		`UPDATE members.member_skill SET level = (ARRAY['learning', 'can', 'well'])[1 + $2::int % 3] WHERE member_id = $1`,
		`INSERT INTO members.member_day SELECT cooperative_id, id, '2026-12-01'::date + $2::int % 30, true, decode(repeat('00', 12), 'hex') FROM members.member WHERE id = $1 ON CONFLICT DO NOTHING`,
		`DELETE FROM members.member_day WHERE member_id = $1 AND $2::int % 3 = 0`,
		`UPDATE coaching.guard_rail SET state = CASE WHEN state = 'agreed' THEN 'ended' ELSE state END, closed_by = coalesce(closed_by, proposed_by), closed_at = coalesce(closed_at, answered_at) WHERE member_id = $1 AND $2::int % 3 = 0`,
		`UPDATE jobs.engagement SET state = CASE state WHEN 'confirmed' THEN 'started' ELSE 'agreed' END WHERE member_id = $1 AND state IN ('confirmed', 'started') AND $2::int % 2 = 0`,
		`UPDATE jobs.shift SET break_minutes = $2::int % 30 WHERE id IN (SELECT shift_id FROM jobs.engagement WHERE member_id = $1)`,
		`UPDATE matching.offer SET until = until + $2::int % 100 * interval '1 minute' WHERE member_id = $1`,
		`DELETE FROM matching.offer WHERE member_id = $1 AND $2::int % 5 = 0`,
		`DELETE FROM members.client_block WHERE member_id = $1 AND $2::int % 2 = 0`,
		`UPDATE members.client_refusal SET until = until + 1 + $2::int % 2 WHERE member_id = $1`,
		`DELETE FROM jobs.trial_placed WHERE member_id = $1 AND $2::int % 2 = 0`,
	}
}

// TestKeeperKeepsStep: a storm of changes, by several at once, some slow and some that
// come to nothing, while the Keeper follows and looks for what drifted: it finds
// nothing ever, and in the end holds what the tables say.
func TestKeeperKeepsStep(t *testing.T) {
	k := newKeeping(t, 21, 8, 8)
	k.inStep()
	const writers, each = 3, 60
	var all sync.WaitGroup
	over := make(chan struct{})
	for i := range writers {
		lot := rand.New(rand.NewPCG(3, uint64(i)))
		all.Go(func() {
			for range each {
				if err := k.edit(lot); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	go func() { all.Wait(); close(over) }()
	followed := 0
	for going := true; going; {
		select {
		case <-over:
			going = false
		default:
		}
		followed += k.follow()
		k.drift(0)
	}
	k.inStep()
	if s := k.Stats(); followed < writers*each/2 || s.Members != 8 && s.Members != 9 || s.Wrong != 0 || s.Looked == 0 {
		t.Errorf("%d changes followed, %+v", followed, s)
	}
}

var errUndone = errors.New("it comes to nothing")

// edit is one transaction of a few changes.
func (k *keeping) edit(lot *rand.Rand) error {
	list := edits()
	err := pgx.BeginFunc(k.t.Context(), k.db, func(tx pgx.Tx) error {
		m := k.members[lot.IntN(len(k.members))]
		for range 1 + lot.IntN(3) {
			if _, err := tx.Exec(k.t.Context(), list[lot.IntN(len(list))], m.Member, lot.IntN(1000)); err != nil {
				return fmt.Errorf("an edit: %w", err)
			}
			if _, err := tx.Exec(k.t.Context(), `SELECT pg_sleep($1)`, lot.Float64()/100); err != nil {
				return err
			}
		}
		if lot.IntN(5) == 0 {
			return errUndone
		}
		return nil
	})
	var broken *pgconn.PgError
	if errors.Is(err, errUndone) || errors.As(err, &broken) && broken.Code == "40P01" { // two wanted each other's rows
		return nil
	}
	return err
}

// TestDriftIsFound: what the feed does not name a look finds, and puts right, also who
// is new or gone; what only was not followed yet is not wrong.
func TestDriftIsFound(t *testing.T) {
	k := newKeeping(t, 22, 3, 2)
	k.exec(`UPDATE members.member SET reach_m = reach_m + 1 WHERE id = $1`, k.members[2].Member)
	k.drift(0)
	k.follow()
	k.inStep()
	k.silently(`ALTER TABLE members.member_profile DISABLE TRIGGER matching_follows`, `UPDATE members.member_profile SET rest_days = coalesce(rest_days, 0) + 1 WHERE member_id = $1`, k.members[0].Member)
	k.silently(`ALTER TABLE members.member_skill DISABLE TRIGGER matching_follows`, `INSERT INTO members.member_skill SELECT cooperative_id, id, 'baking' FROM members.member WHERE id = $1`, k.members[1].Member)
	k.follow()
	k.drift(2)
	k.drift(0)
	k.inStep()
	k.must(k.silentlyGone())
	k.follow()
	k.drift(1)
	k.inStep()
	if s := k.Stats(); s.Wrong != 3 {
		t.Errorf("%+v", s)
	}
}

// silently changes something of a member of which the feed hears nothing.
func (k *keeping) silently(deaf, change string, m members.MemberID) {
	k.t.Helper()
	k.exec(deaf)
	k.exec(change, m)
	k.exec(strings.Replace(deaf, "DISABLE", "ENABLE", 1))
}

// silentlyGone deletes somebody who did nothing yet.
func (k *keeping) silentlyGone() error {
	anew := k.member("new")
	k.follow()
	return pgx.BeginFunc(k.t.Context(), k.db, func(tx pgx.Tx) error {
		if err := k.forget(k.t.Context(), tx, anew.Member); err != nil {
			return err
		}
		_, err := tx.Exec(k.t.Context(), `DELETE FROM feed.change WHERE xid = pg_current_xact_id()`)
		return err
	})
}

// TestKeeperBeginsAnew: where changes were tidied before they were read, which is no
// drift, and on a new day; until the second the columns are the same.
func TestKeeperBeginsAnew(t *testing.T) {
	k := newKeeping(t, 23, 2, 2)
	k.exec(`UPDATE members.member SET reach_m = 777 WHERE id = $1`, k.members[0].Member)
	k.exec(`WITH gone AS (DELETE FROM feed.change RETURNING xid) UPDATE feed.taken SET upto = (SELECT max(xid) FROM gone)`)
	k.drift(0)
	if k.follow(); k.times != 2 {
		t.Errorf("shown %d times", k.times)
	}
	k.inStep()
	k.exec(`UPDATE feed.taken SET upto = '0'`)
	k.follow()
	k.now = k.now.Add(24 * time.Hour)
	if k.follow(); k.times != 3 {
		t.Errorf("shown %d times", k.times)
	}
	k.inStep()
}

// TestKeeperMissesNobody: somebody new is kept, and who goes goes.
func TestKeeperMissesNobody(t *testing.T) {
	k := newKeeping(t, 24, 1, 1)
	anew := k.member("new", "mopping")
	k.follow()
	k.inStep()
	if _, has := k.shown[anew.Cooperative][anew.Member]; !has {
		t.Error("who is new is not kept")
	}
	before := k.shown[anew.Cooperative]
	k.must(pgx.BeginFunc(t.Context(), k.db, func(tx pgx.Tx) error { return k.forget(t.Context(), tx, anew.Member) }))
	k.follow()
	if _, has := before[anew.Member]; has {
		t.Error("who is gone is kept")
	}
	k.inStep()
	k.drift(0)
}

// forget deletes a member who did nothing yet.
func (k *keeping) forget(ctx context.Context, tx pgx.Tx, m members.MemberID) error {
	rows, err := tx.Query(ctx, `SELECT DISTINCT conrelid::regclass::text FROM pg_constraint WHERE confrelid = 'members.member'::regclass AND contype = 'f'`)
	if err != nil {
		return err
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	for _, table := range append(tables, "members.member") {
		column := "member_id"
		if table == "members.member" {
			column = "id"
		}
		if err == nil && table != "coaching.buddy" && table != "coaching.buddy_message" {
			_, err = tx.Exec(ctx, `DELETE FROM `+table+` WHERE `+column+` = $1`, m)
		}
	}
	return err
}

// TestOpenWorkIsKept: whatever opens or closes work, what is kept is what is open; also
// when only the clock moves.
func TestOpenWorkIsKept(t *testing.T) {
	k := newKeeping(t, 26, 3, 8)
	k.inStep()
	open := func() int { return len(k.open[k.client.Cooperative]) }
	before := open()
	if before < 5 {
		t.Fatalf("only %d shifts are open", before)
	}
	for _, edit := range []string{
		`UPDATE jobs.gig SET state = 'paused' WHERE state = 'open' AND id IN (SELECT id FROM jobs.gig ORDER BY id LIMIT 4)`,
		`UPDATE jobs.gig SET state = 'open' WHERE state = 'paused'`,
		`UPDATE jobs.shift SET starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day'`,
		`UPDATE jobs.gig SET rate_cents = rate_cents + 100 WHERE rate_cents > 0`,
		`DELETE FROM jobs.gig_skill WHERE skill_code = 'mopping'`,
		`INSERT INTO jobs.gig_ability SELECT g.cooperative_id, g.id, a.code FROM jobs.gig g, members.ability a WHERE a.bit = 2`,
		`UPDATE jobs.gig_meeting SET remote = NOT remote`,
		`UPDATE jobs.shift SET seats = 1, buddy_seats = 0 WHERE NOT EXISTS (SELECT FROM jobs.engagement e WHERE e.shift_id = shift.id)`,
		`UPDATE jobs.engagement SET called_off_at = confirmed_at, called_off_by = 'member', called_off_role_id = (SELECT id FROM members.role LIMIT 1), state = 'cancelled' WHERE state = 'confirmed'`,
		`UPDATE jobs.worktime_rule SET minutes = 900`,
	} {
		k.exec(edit)
		k.follow()
		k.inStep()
	}
	k.now = k.now.Add(8 * time.Hour)
	k.follow()
	k.inStep()
	k.exec(`UPDATE jobs.gig SET state = 'done'`)
	if k.follow(); open() != 0 {
		t.Errorf("%d shifts of gigs that are done are open", open())
	}
}

// TestKeeperRuns: a commit is kept soon, by itself, and Run ends with its context.
func TestKeeperRuns(t *testing.T) {
	k := newKeeping(t, 25, 1, 1)
	ctx, cancel := context.WithCancel(t.Context())
	seen, ended := make(chan engine.Member, 100), make(chan bool)
	keeper := k.Service.Keeper(func() matching.Engine { return matching.Engine{Members: telling{plain{}, seen}, Open: plainShifts{}} }, func(id.Cooperative, matching.Engine) {})
	go func() { keeper.Run(ctx, slog.New(slog.DiscardHandler)); close(ended) }()
	<-seen // it is loaded
	k.exec(`UPDATE members.member SET reach_m = 4321 WHERE id = $1`, k.members[0].Member)
	late := time.After(20 * time.Second)
	for kept := false; !kept; {
		select {
		case m := <-seen:
			kept = m.Reach == 4321
		case <-late:
			t.Fatal("the change is not kept")
		}
	}
	cancel()
	<-ended
}

// telling tells what is put.
type telling struct {
	plain
	seen chan<- engine.Member
}

func (c telling) Put(list []engine.Member) {
	c.plain.Put(list)
	for _, m := range list {
		c.seen <- m
	}
}
