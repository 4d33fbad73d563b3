package main

import (
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/internal/mail"
	"meent/internal/pg/pgtest"
	"meent/internal/retention"
	"meent/internal/tasks"
)

// keeping is a database with one cooperative, and the tasks that tidy it, by a
// clock that only the test moves.
type keeping struct {
	*testing.T
	db  *pgxpool.Pool
	now time.Time
	n   int // of what was planted
}

func newKeeping(t *testing.T) *keeping {
	t.Helper()
	k := &keeping{T: t, db: pgtest.New(t, schemas()...), now: time.Now().UTC().Truncate(time.Second)}
	k.exec(`INSERT INTO members.place (code, name, municipality, province, lat, lon) VALUES ('nijmegen', 'Nijmegen', 'Nijmegen', 'Gelderland', 51.84, 5.86)`)
	k.exec(`INSERT INTO members.cooperative (id, name, created_at) VALUES ($1, 'Waalkracht', '2000-01-01')`, keptHouse)
	k.exec(`INSERT INTO members.settings (cooperative_id, contribution_bp, notice_hours, trial_days, work_forms, version, lowest_rate_cents, late_share_bp)
		VALUES ($1, 1000, 24, 60, '{member_entrepreneur}', 1, 0, 5000)`, keptHouse)
	k.exec(`INSERT INTO members.person (id, email, name, locale, created_at) VALUES
		($1, 'anna@meent.example', 'Anna', 'nl', '2000-01-01'), ($2, 'noor@meent.example', 'Noor', 'nl', '2000-01-01')`, keptAnna, keptNoor)
	k.exec(`INSERT INTO members.role (id, cooperative_id, person_id, kind, created_at) VALUES
		($1, $3, $1, 'member', '2000-01-01'), ($2, $3, $2, 'coordinator', '2000-01-01')`, keptAnna, keptNoor, keptHouse)
	k.exec(`INSERT INTO members.member (id, cooperative_id, role_id, place_code, reach_m, travel, state, member_at)
		VALUES ($1, $2, $1, 'nijmegen', 5000, 'bike', 'member', '2000-01-01')`, keptAnna, keptHouse)
	k.exec(`INSERT INTO members.client (id, cooperative_id, name, kind, place_code, address, created_at, state)
		VALUES ($1, $2, 'De Linde', 'organisation', 'nijmegen', '', '2000-01-01', 'approved')`, keptLinde, keptHouse)
	return k
}

// Ids of that house: a person, the person's role and the member are called alike.
const (
	keptHouse = "00000000-0000-4000-8000-000000000001"
	keptAnna  = "00000000-0000-4000-8000-000000000002"
	keptNoor  = "00000000-0000-4000-8000-000000000003"
	keptLinde = "00000000-0000-4000-8000-000000000004"
)

func (k *keeping) exec(sql string, args ...any) {
	k.Helper()
	if _, err := k.db.Exec(k.Context(), sql, args...); err != nil {
		k.Fatalf("%v\n%s", err, sql)
	}
}

func (k *keeping) count(query string) (n int) {
	k.Helper()
	if err := k.db.QueryRow(k.Context(), query).Scan(&n); err != nil {
		k.Fatalf("%v\n%s", err, query)
	}
	return n
}

// tidy does every task that takes away what has run out, as the program's own
// worker would.
func (k *keeping) tidy() {
	k.Helper()
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(k.T).Addr()})
	k.Cleanup(func() { client.Close() })
	p := &program{now: func() time.Time { return k.now }}
	p.config.url = &url.URL{Scheme: "http", Host: "localhost"}
	s := p.newServices(&backends{db: k.db})
	m := tasks.NewMux()
	tasks.HandleTx(m, s.members.TidyTx)
	tasks.HandleTx(m, s.coaching.TidyTx)
	tasks.HandleTx(m, s.payments.TidyTx)
	tasks.HandleTx(m, s.jobs.TidyTx)
	tasks.HandleTx(m, s.matching.TidyTx)
	w, err := tasks.NewWorker(s.queue, client, m)
	if err == nil {
		err = pgx.BeginFunc(k.Context(), k.db, func(tx pgx.Tx) error { return enqueueTidies(k.Context(), tx, s.queue) })
	}
	if err == nil {
		_, err = w.RunDue(k.Context())
	}
	if err != nil {
		k.Fatal(err)
	}
	if dead := k.count(`SELECT count(*) FROM tasks.task WHERE kind LIKE '%.tidy' AND state <> 'done'`); dead > 0 {
		k.Fatalf("%d tasks are not done: %s", dead, k.trouble())
	}
}

func (k *keeping) trouble() (text string) {
	_ = k.db.QueryRow(k.Context(), `SELECT coalesce(string_agg(kind || ': ' || last_error, E'\n'), '') FROM tasks.task WHERE state <> 'done'`).Scan(&text)
	return text
}

// TestEveryRuleIsCarriedOut: of what is a little younger than its period
// everything stays, what is a little older goes, and the first goes as well when
// the clock has moved on.
func TestEveryRuleIsCarriedOut(t *testing.T) {
	for _, r := range retention.Rules() {
		t.Run(string(r.Name), func(t *testing.T) {
			t.Parallel()
			switch {
			case r.Stays:
				refuses(t, r.Name)
			case r.Newest > 0:
				if r.Newest != mail.MailboxSize { // mail's own test fills it
					t.Errorf("a mailbox keeps %d messages, the rule says %d", mail.MailboxSize, r.Newest)
				}
			default:
				runsOut(t, r)
			}
		})
	}
}

func runsOut(t *testing.T, r retention.Rule) {
	one, ok := plants()[r.Name]
	if !ok {
		t.Fatal("no test knows what this rule is about")
	}
	k := newKeeping(t)
	grain := max(one.grain, time.Minute)
	cut := retention.Before(r.Name, k.now)
	one.plant(k, cut.Add(-grain))
	one.plant(k, cut.Add(grain))
	expect := func(want int) {
		t.Helper()
		k.tidy()
		for _, query := range one.left {
			if n := k.count(query); n != want {
				t.Errorf("%d are left, want %d: %s", n, want, query)
			}
		}
	}
	expect(1)
	if one.database { // whose clock nobody moves
		return
	}
	k.now = k.now.Add(2*grain + time.Minute)
	if r.Keep.YearEnd {
		k.now = k.now.AddDate(1, 0, 0)
	}
	expect(0)
}

// refuses holds what stays for good against somebody who would take it away.
func refuses(t *testing.T, name retention.Name) {
	k := newKeeping(t)
	k.post()
	k.deed(k.now)
	tries, ok := map[retention.Name][]string{
		retention.Ledger: {`DELETE FROM payments.posting`, `UPDATE payments.posting SET cents = 1`, `DELETE FROM payments.account`,
			`DELETE FROM payments.entry`, `UPDATE payments.entry SET key = 'y'`},
		retention.Deeds: {`DELETE FROM members.audit`, `UPDATE members.audit SET what = 'nothing'`},
	}[name]
	if !ok {
		t.Fatal("no test knows what this rule is about")
	}
	k.now = k.now.AddDate(100, 0, 0)
	k.tidy()
	for _, try := range tries {
		var refused *pgconn.PgError
		if _, err := k.db.Exec(t.Context(), try); !errors.As(err, &refused) || refused.Code != "23001" {
			t.Errorf("%s gave %v", try, err)
		}
	}
	if n := k.count(`SELECT (SELECT count(*) FROM payments.posting) + (SELECT count(*) FROM members.audit)`); n != 2 {
		t.Errorf("%d rows are left, want both", n)
	}
}

// TestOpenStays: what is not over is left alone, however old it is.
func TestOpenStays(t *testing.T) {
	k := newKeeping(t)
	old := k.now.AddDate(-20, 0, 0)
	left := k.plantOpen(old)
	k.tidy()
	k.now = k.now.AddDate(20, 0, 0)
	k.tidy()
	for _, query := range left {
		if n := k.count(query); n != 1 {
			t.Errorf("%d are left: %s", n, query)
		}
	}
}

// TestMuchGoesBySteps: a long list goes in several transactions, all of it.
func TestMuchGoesBySteps(t *testing.T) {
	k := newKeeping(t)
	k.exec(`INSERT INTO coaching.fact (id, cooperative_id, member_id, kind, at, minutes, ref)
		SELECT gen_random_uuid(), $1, $2, 'paid', '2001-01-01', 0, gen_random_uuid() FROM generate_series(1, 2500)`, keptHouse, keptAnna)
	k.tidy()
	if n := k.count(`SELECT count(*) FROM coaching.fact`); n > 0 {
		t.Errorf("%d are left", n)
	}
	if n := k.count(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.tidy'`); n != 3 {
		t.Errorf("it took %d tasks, want 3", n)
	}
}
