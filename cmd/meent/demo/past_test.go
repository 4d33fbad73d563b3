package demo_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/cmd/meent/demo"
	"meent/internal/feed"
	"meent/internal/pg"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/payments/stripesim"
)

func schemas() []pg.Schema {
	return []pg.Schema{tasks.Schema(), feed.Schema(), members.Schema(), coaching.Schema(), payments.Schema(), stripesim.Schema(),
		jobs.Schema(), matching.Schema(), demo.Schema()}
}

// usual is when the past ends that more than one test looks at: in the middle of a
// Sunday night, a week after the clocks went back.
func usual() time.Time { return time.Date(2026, 11, 1, 2, 30, 0, 0, time.UTC) }

// usualHouse is filled with it, once for all.
func usualHouse(t *testing.T) demo.House {
	t.Helper()
	db := pgtest.Filled(t, "usual", func(address string) error {
		db, err := pgxpool.New(t.Context(), address)
		if err != nil {
			return err
		}
		defer db.Close()
		fillWithPast(t, houseOn(t, db, usual(), 1))
		return nil
	}, schemas()...)
	return demo.House{DB: db, Now: usual}
}

// pastHouse is an empty house that can be given people with a past.
func pastHouse(t *testing.T, now time.Time, seed uint64) demo.House {
	t.Helper()
	return houseOn(t, pgtest.New(t, schemas()...), now, seed)
}

func houseOn(t *testing.T, db *pgxpool.Pool, now time.Time, seed uint64) demo.House {
	t.Helper()
	key, err := vault.NewKey(vault.NewSecret())
	if err != nil {
		t.Fatal(err)
	}
	h := demo.House{DB: db, Now: func() time.Time { return now }, Seed: seed, Keys: []vault.Key{key}}
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(t).Addr()})
	t.Cleanup(func() { client.Close() })
	h.Redis = client
	load := func(ctx context.Context) error {
		return errors.Join(members.New(h.DB, nil, h.Now, nil).LoadReference(ctx), payments.New(h.DB, nil, nil, nil, h.Now, nil).LoadReference(ctx))
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

// TestPast looks at the usual past, and at one of a working day in winter, in a year
// for which no wage is known.
func TestPast(t *testing.T) {
	t.Run("usual", func(t *testing.T) { expectPast(t, usualHouse(t)) })
	t.Run("winter", func(t *testing.T) {
		h := pastHouse(t, time.Date(2027, 1, 20, 16, 0, 0, 0, time.UTC), 1)
		fillWithPast(t, h)
		expectPast(t, h)
	})
}

func expectPast(t *testing.T, h demo.House) {
	t.Helper()
	expectNone(t, h)
	expectSome(t, h)
	expectScenes(t, h)
	expectBooks(t, h)
}

// expectNone counts what must not be.
func expectNone(t *testing.T, h demo.House) {
	t.Helper()
	for name, query := range map[string]string{
		"old work that is not paid": `SELECT count(*) FROM jobs.engagement WHERE ends_at < $1::timestamptz - interval '14 days' AND state <> 'paid'`,
		"two shifts at once": `SELECT count(*) FROM jobs.engagement a JOIN jobs.engagement b ON a.member_id = b.member_id AND a.id < b.id
			AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at WHERE $1::timestamptz IS NOT NULL`,
		"wages below the floor": `SELECT count(*) FROM payments.bill b WHERE $1::timestamptz IS NOT NULL AND NOT EXISTS (
			SELECT FROM payments.legal_figure f WHERE f.kind = 'adult_minimum_wage' AND f.state = 'approved' AND b.worked_on BETWEEN f.valid_from AND f.valid_until
			AND b.rate_cents >= f.cents)`,
		"work at strange times": `SELECT count(*) FROM jobs.shift WHERE $1::timestamptz IS NOT NULL
			AND (starts_at AT TIME ZONE 'Europe/Amsterdam')::time NOT BETWEEN '07:00' AND '18:00'`,
		"work before anybody was there":          `SELECT count(*) FROM jobs.gig WHERE posted_at < $1::timestamptz - interval '85 days'`,
		"hours before the work":                  `SELECT count(*) FROM jobs.timesheet t JOIN jobs.engagement e ON e.id = t.engagement_id WHERE t.proposed_at < e.ends_at AND e.called_off_at IS NULL OR t.proposed_at > $1`,
		"tasks of the past":                      `SELECT count(*) FROM tasks.task WHERE state <> 'done' AND due_at < $1 AND created_at < $1::timestamptz - interval '1 second'`,
		"tasks that failed":                      `SELECT count(*) FROM tasks.task WHERE $1::timestamptz IS NOT NULL AND (failures > 0 OR state NOT IN ('done', 'waiting'))`,
		"mail":                                   `SELECT count(*) FROM tasks.task WHERE $1::timestamptz IS NOT NULL AND kind IN ('matching.offer_sent', 'matching.offer_decided', 'payments.bill_ready', 'payments.pay_told', 'payments.advance_told')`,
		"events that wait":                       `SELECT count(*) FROM stripesim.event WHERE $1::timestamptz IS NOT NULL AND due_at IS NOT NULL`,
		"checkouts that nobody can reach":        `SELECT count(*) FROM stripesim.session WHERE $1::timestamptz IS NOT NULL AND status = 'open'`,
		"marks of a past that is still made":     `SELECT count(*) FROM demo.past WHERE $1::timestamptz IS NOT NULL`,
		"things that have not happened yet":      `SELECT count(*) FROM payments.posting WHERE posted_at > $1`,
		"members with more than ten things done": `SELECT count(*) FROM (SELECT FROM jobs.engagement WHERE ends_at < $1 GROUP BY member_id HAVING count(*) > 10) x`,
	} {
		if n := number(t, h.DB, query, h.Now()); n > 0 {
			t.Errorf("%s: %d", name, n)
		}
	}
}

// expectSome counts what the demo shows: every state on the way.
func expectSome(t *testing.T, h demo.House) {
	t.Helper()
	for name, query := range map[string]string{
		"a note of each week":          `SELECT count(*) / 12 FROM (SELECT DISTINCT date_trunc('week', at) FROM coaching.contact WHERE at < $1) w`,
		"how a week was":               `SELECT count(*) FROM coaching.self_score WHERE given_at < $1`,
		"a goal that was met":          `SELECT count(*) FROM coaching.goal WHERE state = 'met' AND ended_at < $1`,
		"a statement signed by both":   `SELECT count(*) FROM coaching.statement WHERE state = 'signed' AND member_signed_at < $1`,
		"a statement that waits":       `SELECT count(*) FROM coaching.statement WHERE state = 'signed_once' AND coach_signed_at < $1`,
		"a guard rail":                 `SELECT count(*) FROM coaching.guard_rail WHERE state = 'agreed' AND answered_at < $1`,
		"a hand-over":                  `SELECT count(*) FROM coaching.handover WHERE state = 'done' AND closed_at < $1`,
		"who stands in":                `SELECT count(*) FROM coaching.stand_in WHERE begins > $1::timestamptz::date`,
		"a message of a buddy":         `SELECT count(*) FROM coaching.buddy_message WHERE sent_at < $1`,
		"somebody shown to a client":   `SELECT count(*) FROM coaching.release WHERE state = 'released' AND released_at < $1`,
		"a question that waits":        `SELECT count(*) FROM coaching.question WHERE state = 'asked' AND asked_at < $1`,
		"a bill to pay":                `SELECT count(*) FROM payments.bill WHERE state = 'due' AND billed_at < $1`,
		"a payout under way":           `SELECT count(*) FROM payments.payout o JOIN stripesim.payout p ON p.id = o.payout_id WHERE o.state = 'sent' AND p.due_at > $1`,
		"hours that wait for a client": `SELECT count(*) FROM jobs.timesheet WHERE state = 'member_proposed' AND proposed_at < $1`,
		"hours that wait for a member": `SELECT count(*) FROM jobs.timesheet WHERE state = 'client_proposed' AND proposed_at < $1`,
		"work to come":                 `SELECT count(*) FROM jobs.engagement WHERE state = 'confirmed' AND starts_at > $1`,
		"an offer that waits":          `SELECT count(*) FROM matching.offer WHERE state = 'sent' AND until > $1`,
		"a no for a reason":            `SELECT count(*) FROM matching.offer WHERE state = 'no' AND reason IS NOT NULL AND answered_at < $1`,
		"an offer without an answer":   `SELECT count(*) FROM matching.offer WHERE state = 'expired' AND decided_at < $1`,
		"other hours, and agreed":      `SELECT count(*) FROM jobs.timesheet WHERE state = 'agreed' AND reason IS NOT NULL AND agreed_at < $1`,
		"a card that was refused":      `SELECT count(*) FROM stripesim.charge WHERE status = 'failed' AND created_at < $1`,
		"a member who asks":            `SELECT count(*) FROM matching.offer WHERE state = 'asked' AND until > $1`,
		"windows that will close":      `SELECT count(*) FROM tasks.task WHERE state = 'waiting' AND kind = 'matching.fill' AND due_at > $1`,
	} {
		if n := number(t, h.DB, query, h.Now()); n == 0 {
			t.Errorf("%s: none", name)
		}
	}
	const busy = `
		SELECT count(*) FROM (SELECT FROM jobs.engagement WHERE ends_at < $1 AND cooperative_id = (
			SELECT id FROM members.cooperative ORDER BY name LIMIT 1 OFFSET $2) GROUP BY member_id HAVING count(*) >= 5) x`
	for c := range 2 {
		if n := number(t, h.DB, busy, h.Now(), c); n < 5 {
			t.Errorf("%d members of cooperative %d have a past, want at least 5", n, c)
		}
	}
}

// expectBooks: the ledger is sound, and agrees with the simulator's own book.
func expectBooks(t *testing.T, h demo.House) {
	t.Helper()
	faults, err := payments.New(h.DB, nil, nil, nil, h.Now, nil).Audit(t.Context())
	if err != nil || len(faults) > 0 {
		t.Errorf("the books: %v, %v", faults, err)
	}
	book, err := stripesim.New(h.DB, stripesim.Config{Now: h.Now}).Book(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const ours = `SELECT coalesce(sum(balance_cents), 0)::bigint FROM payments.account
		WHERE address LIKE 'bill:%' OR address LIKE '%:payable' OR address LIKE 'coop:%'`
	if n := number(t, h.DB, ours); int64(n) != book.Platform || book.PaidOut == 0 {
		t.Errorf("the ledger says %d cents, the simulator %+v", n, book)
	}
}

// same lists the rows that one seed and one clock always make the same.
func same() []string {
	return []string{
		"members.cooperative", "members.person", "members.role", "members.member", "members.member_skill", "members.client",
		"coaching.caseload", "jobs.gig", "jobs.shift", "jobs.engagement",
		"(SELECT id, cooperative_id, engagement_id, state, minutes, proposed_at, agreed_at, octet_length(reason) FROM jobs.timesheet)", // sealed, no text looks like it did
		"matching.offer",
		"jobs.gig_meeting", "jobs.series", "jobs.briefing_read", "jobs.favourite", "jobs.feedback_skill", "members.skill_evidence", "members.lender_admission",
		"payments.bill", "payments.bill_line", "payments.payout", "payments.payee", "payments.entry", "payments.posting", "payments.account",
		"stripesim.charge", "stripesim.transfer", "stripesim.payout",
		// All but when it was done, which is real time; and the clock ticks by itself
		// whenever it is read, also to find out what was left of an earlier try.
		"(SELECT id, kind, payload, state, key, date_trunc('second', created_at), due_at FROM tasks.task)",
	}
}

// digests sums up each of the tables.
func digests(t *testing.T, db *pgxpool.Pool) map[string]string {
	t.Helper()
	sums := map[string]string{}
	for _, table := range same() {
		var sum string
		query := `SELECT count(*) || ' ' || coalesce(md5(string_agg(line, chr(10) ORDER BY line)), '') FROM (SELECT t::text AS line FROM ` + table + ` t) x`
		if err := db.QueryRow(t.Context(), query).Scan(&sum); err != nil {
			t.Fatal(err)
		}
		sums[table] = sum
	}
	return sums
}

// fuse is a context that ends when it was looked at so many times.
type fuse struct {
	context.Context
	left atomic.Int64
	cut  context.CancelFunc
}

func newFuse(ctx context.Context, looks int64) *fuse {
	f := &fuse{}
	f.Context, f.cut = context.WithCancel(ctx)
	f.left.Store(looks)
	return f
}

func (f *fuse) Done() <-chan struct{} {
	if f.left.Add(-1) == 0 {
		f.cut()
	}
	return f.Context.Done()
}

// TestPastThatWasCutOff is made anew: in the end it is the same as one that was
// never cut off.
func TestPastThatWasCutOff(t *testing.T) {
	whole, cut := usualHouse(t), pastHouse(t, usual(), 1)
	for _, looks := range []int64{2000, 60000} {
		ctx := newFuse(t.Context(), looks)
		filled, err := demo.FillWithPast(ctx, cut)
		t.Logf("cut off after %d looks at the context: %d pieces of work, %d bills, %v",
			looks, number(t, cut.DB, `SELECT count(*) FROM jobs.engagement`), number(t, cut.DB, `SELECT count(*) FROM payments.bill`), err)
		if filled || err == nil {
			t.Fatal("it was not cut off")
		}
	}
	fillWithPast(t, cut)
	if diff := cmp.Diff(digests(t, whole.DB), digests(t, cut.DB)); diff != "" {
		t.Errorf("a past that was cut off is another (-whole +cut):\n%s", diff)
	}
	if filled, err := demo.FillWithPast(t.Context(), cut); filled || err != nil {
		t.Errorf("once more: %v, %v", filled, err)
	}
}

// TestPastLeavesPeopleAlone: a demo that was cut off is not made anew when a
// person came meanwhile, nor is any other house.
func TestPastLeavesPeopleAlone(t *testing.T) {
	h := pastHouse(t, usual(), 1)
	if filled, err := demo.FillWithPast(newFuse(t.Context(), 9000), h); filled || err == nil {
		t.Fatalf("it was not cut off: %v, %v", filled, err)
	}
	people := members.New(h.DB, nil, h.Now, nil)
	_, err := people.Found(t.Context(), members.NewCooperative{Name: "Maasland", Coordinator: members.NewPerson{
		Name: "Noor Bakker", Email: "noor@maasland.example", Locale: members.Dutch}})
	if err != nil {
		t.Fatal(err)
	}
	before := digests(t, h.DB)
	if filled, err := demo.FillWithPast(t.Context(), h); filled || err != nil {
		t.Errorf("FillWithPast = %v, %v", filled, err)
	}
	if diff := cmp.Diff(before, digests(t, h.DB)); diff != "" {
		t.Errorf("a house with a person in it changed:\n%s", diff)
	}
}
