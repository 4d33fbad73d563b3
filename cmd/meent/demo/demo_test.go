package demo_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/cmd/meent/demo"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

func newHouse(t *testing.T, now time.Time) *pgxpool.Pool {
	t.Helper()
	db := pgtest.New(t, tasks.Schema(), members.Schema(), coaching.Schema(), payments.Schema(), jobs.Schema())
	clock := func() time.Time { return now }
	if err := members.New(db, nil, clock, nil).LoadReference(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := payments.New(db, nil, nil, nil, clock, nil).LoadReference(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func fill(t *testing.T, db *pgxpool.Pool, now time.Time, seed uint64) bool {
	t.Helper()
	begin := time.Now()
	filled, err := demo.Fill(t.Context(), db, func() time.Time { return now }, seed)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("filled in %v", time.Since(begin).Round(time.Millisecond))
	return filled
}

// TestFillOnEachKindOfDay fills on the days that dates go wrong: before summer
// and winter time, a leap day, and across a year for which no wage is known.
func TestFillOnEachKindOfDay(t *testing.T) {
	for _, day := range []string{"2026-11-24", "2026-03-20", "2026-10-10", "2024-02-29", "2026-12-28"} {
		t.Run(day, func(t *testing.T) {
			now, err := time.Parse(time.DateOnly, day)
			if err != nil {
				t.Fatal(err)
			}
			db := newHouse(t, now)
			if !fill(t, db, now, 1) {
				t.Fatal("an empty house was not filled")
			}
			got := count(t, db, now)
			want := map[string]int{
				"cooperatives": 2, "members": demo.Members, "clients": demo.Clients, "coaches": demo.Coaches,
				"coordinators": 4, "gigs": demo.Gigs, "shifts outside four weeks": 0, "members without coach": 0,
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the demo holds (-want +got):\n%s", diff)
			}
		})
	}
}

func count(t *testing.T, db *pgxpool.Pool, now time.Time) map[string]int {
	t.Helper()
	got := map[string]int{}
	for name, query := range map[string]string{
		"cooperatives": `SELECT count(*) FROM members.cooperative WHERE $1::timestamptz IS NOT NULL`,
		"members":      `SELECT count(*) FROM members.member WHERE $1::timestamptz IS NOT NULL`,
		"clients":      `SELECT count(*) FROM members.client WHERE $1::timestamptz IS NOT NULL`,
		"coaches":      `SELECT count(*) FROM members.role WHERE kind = 'coach' AND $1::timestamptz IS NOT NULL`,
		"coordinators": `SELECT count(*) FROM members.role WHERE kind = 'coordinator' AND $1::timestamptz IS NOT NULL`,
		"gigs":         `SELECT count(*) FROM jobs.gig WHERE state = 'open' AND $1::timestamptz IS NOT NULL`,
		"shifts outside four weeks": `SELECT count(*) FROM jobs.shift
			WHERE NOT starts_at BETWEEN $1 AND $1::timestamptz + interval '29 days'`,
		"members without coach": `SELECT count(*) FROM members.member m WHERE $1::timestamptz IS NOT NULL AND NOT EXISTS (
			SELECT FROM coaching.caseload c WHERE c.cooperative_id = m.cooperative_id AND c.member_id = m.id)`,
	} {
		var n int
		if err := db.QueryRow(t.Context(), query, now).Scan(&n); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got[name] = n
	}
	return got
}

func TestFillIsTheSameForTheSameSeed(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	digest := func(seed uint64) (sum string) {
		db := newHouse(t, now)
		fill(t, db, now, seed)
		const query = `
			SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
				SELECT p::text AS line FROM members.person p UNION ALL SELECT r::text FROM members.role r
				UNION ALL SELECT m::text FROM members.member m UNION ALL SELECT s::text FROM members.member_skill s
				UNION ALL SELECT g::text FROM jobs.gig g UNION ALL SELECT s::text FROM jobs.shift s) lines`
		if err := db.QueryRow(t.Context(), query).Scan(&sum); err != nil {
			t.Fatal(err)
		}
		return sum
	}
	first, second, other := digest(1), digest(1), digest(2)
	if first != second {
		t.Error("one seed made two different houses")
	}
	if first == other {
		t.Error("two seeds made the same house")
	}
}

func TestFillLeavesAFoundedHouseAlone(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	db := newHouse(t, now)
	coordinator := members.NewPerson{Name: "Noor Bakker", Email: "noor@meent.example", Locale: members.Dutch}
	err := pgx.BeginFunc(t.Context(), db, func(tx pgx.Tx) error {
		_, err := members.New(db, nil, func() time.Time { return now }, nil).
			FoundTx(t.Context(), tx, members.NewCooperative{Name: "Waalkracht", Coordinator: coordinator})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if fill(t, db, now, 1) {
		t.Error("demo data went into a house that was in use")
	}
}
