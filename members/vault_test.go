package members_test

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/members"
)

func newKey(t *testing.T) vault.Key {
	t.Helper()
	key, err := vault.NewKey(vault.NewSecret())
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// with gives the domain on the same database as a program with these keys has it.
func (h *house) with(db *pgxpool.Pool, keys ...vault.Key) *members.Service {
	clock := func() time.Time { return h.now }
	return members.New(db, tasks.New(db, tasks.Config{Now: clock}), clock, nil, members.Keyring(keys...))
}

func (h *house) confide(s *members.Service, person members.PersonID, what members.Confided, plain string) {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) error {
		return s.ConfideTx(h.t.Context(), tx, person, id.Cooperative{}, what, plain)
	})
}

func (h *house) confided(s *members.Service, person members.PersonID, what members.Confided) (plain string, err error) {
	err = pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
		plain, err = s.ConfidedTx(h.t.Context(), tx, person, id.Cooperative{}, what)
		return err
	})
	return plain, err
}

func TestConfide(t *testing.T) {
	h := newHouse(t)
	s, anna := h.with(h.db, newKey(t)), h.person("anna@meent.example")
	if got, err := h.confided(s, anna, members.Phone); got != "" || err != nil {
		t.Errorf("nothing was confided and ConfidedTx gave %q, %v", got, err)
	}
	h.confide(s, anna, members.Phone, "06 12 34 56 78")
	h.confide(s, anna, members.Phone, "06 87 65 43 21")
	if got, err := h.confided(s, anna, members.Phone); got != "06 87 65 43 21" || err != nil {
		t.Errorf("ConfidedTx gave %q, %v", got, err)
	}
	h.confide(s, anna, members.Phone, "")
	if got, err := h.confided(s, anna, members.Phone); got != "" || err != nil {
		t.Errorf("what was forgotten came back: %q, %v", got, err)
	}
}

// TestTwoAtOnceMakeOneKey: what both sealed stays readable.
func TestTwoAtOnceMakeOneKey(t *testing.T) {
	h := newHouse(t)
	s, anna := h.with(h.db, newKey(t)), h.person("anna@meent.example")
	whats := []members.Confided{members.Phone, members.BirthDate, members.Address}
	var group sync.WaitGroup
	for _, what := range whats {
		group.Go(func() {
			err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
				return s.ConfideTx(t.Context(), tx, anna, id.Cooperative{}, what, string(what))
			})
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
		})
	}
	group.Wait()
	for _, what := range whats {
		if got, err := h.confided(s, anna, what); got != string(what) || err != nil {
			t.Errorf("%s: ConfidedTx gave %q, %v", what, got, err)
		}
	}
}

func TestNothingOpensWhereItDoesNotBelong(t *testing.T) {
	key := newKey(t)
	tests := map[string]struct {
		change string
		keys   []vault.Key
		want   error
	}{
		"one bit changed":  {`UPDATE members.sealed SET sealed = set_bit(sealed, 140, 1 - get_bit(sealed, 140)) WHERE person_id = $1 AND name = 'phone'`, nil, members.ErrUnreadable},
		"another column":   {`UPDATE members.sealed s SET sealed = o.sealed FROM members.sealed o WHERE s.person_id = $1 AND s.name = 'phone' AND o.person_id = $1 AND o.name = 'birth_date'`, nil, members.ErrUnreadable},
		"another person's": {`UPDATE members.sealed s SET sealed = o.sealed FROM members.sealed o WHERE s.person_id = $1 AND s.name = 'phone' AND o.person_id <> $1 AND o.name = 'phone'`, nil, members.ErrUnreadable},
		"another person's key": {`UPDATE members.person_key k SET wrapped = o.wrapped FROM members.person_key o WHERE k.person_id = $1 AND o.person_id <> $1`, nil,
			members.ErrUnreadable},
		"a changed key":                {`UPDATE members.person_key SET wrapped = set_byte(wrapped, 30, 255 - get_byte(wrapped, 30)) WHERE person_id = $1`, nil, members.ErrUnreadable},
		"a key that is gone":           {`DELETE FROM members.person_key WHERE person_id = $1`, nil, members.ErrUnreadable},
		"the program's key is another": {``, []vault.Key{newKey(t)}, members.ErrNoKey},
		"the program has no key":       {``, []vault.Key{}, members.ErrNoKey},
		"nothing happened":             {``, nil, nil},
		"the key is the second of two": {``, []vault.Key{newKey(t), key}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			s, anna, bea := h.with(h.db, key), h.person("anna@meent.example"), h.person("bea@meent.example")
			h.confide(s, anna, members.Phone, "06 12 34 56 78")
			h.confide(s, anna, members.BirthDate, "1990-01-02")
			h.confide(s, bea, members.Phone, "06 87 65 43 21")
			if tt.change != "" {
				if tag, err := h.db.Exec(t.Context(), tt.change, anna); err != nil || tag.RowsAffected() != 1 {
					t.Fatal(tag, err)
				}
			}
			if tt.keys != nil {
				s = h.with(h.db, tt.keys...)
			}
			if got, err := h.confided(s, anna, members.Phone); !errors.Is(err, tt.want) || (err == nil) != (got == "06 12 34 56 78") {
				t.Errorf("ConfidedTx gave %q, %v, want %v", got, err, tt.want)
			}
		})
	}
}

func TestDestroyedIsDestroyed(t *testing.T) {
	h := newHouse(t)
	s, anna, bea := h.with(h.db, newKey(t)), h.person("anna@meent.example"), h.person("bea@meent.example")
	h.confide(s, anna, members.Phone, "06 12 34 56 78")
	h.confide(s, bea, members.Phone, "06 87 65 43 21")
	var elsewhere []byte // a copy, as a backup has it
	h.tx(func(tx pgx.Tx) (err error) {
		elsewhere, err = s.SealTx(t.Context(), tx, anna, "x", "06 12 34 56 78")
		return err
	})
	h.tx(func(tx pgx.Tx) error { return s.DestroyKeyTx(t.Context(), tx, anna) })
	open := func() (plain string, err error) {
		err = pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) (err error) {
			plain, err = s.OpenTx(t.Context(), tx, anna, "x", elsewhere)
			return err
		})
		return plain, err
	}
	if got, err := open(); !errors.Is(err, members.ErrUnreadable) || got != "" {
		t.Errorf("OpenTx gave %q, %v, want ErrUnreadable", got, err)
	}
	if got, err := h.confided(s, anna, members.Phone); got != "" || err != nil {
		t.Errorf("what was confided here is %q, %v", got, err)
	}
	h.confide(s, anna, members.BirthDate, "1990-01-02") // with a new key
	if got, err := open(); !errors.Is(err, members.ErrUnreadable) || got != "" {
		t.Errorf("with a new key OpenTx gave %q, %v, want ErrUnreadable", got, err)
	}
	if got, err := h.confided(s, bea, members.Phone); got != "06 87 65 43 21" || err != nil {
		t.Errorf("somebody else's gave %q, %v", got, err)
	}
}

// fuse breaks the connection before the query of this number.
type fuse struct{ left int }

func (f *fuse) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	f.left--
	if f.left < 0 {
		broken, cancel := context.WithCancel(ctx)
		cancel()
		return broken
	}
	return ctx
}

func (f *fuse) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// fused gives a pool of which everything ends at that query.
func (h *house) fused(queries int) *pgxpool.Pool {
	h.t.Helper()
	config := h.db.Config()
	config.ConnConfig.Tracer, config.MaxConns = &fuse{queries}, 1
	db, err := pgxpool.NewWithConfig(h.t.Context(), config)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(db.Close)
	return db
}

// TestRotationSurvivesItsDeath kills it at many places, runs it again, and reads
// everything with the new key alone.
func TestRotationSurvivesItsDeath(t *testing.T) {
	h := newHouse(t)
	old, fresh := newKey(t), newKey(t)
	var people []members.PersonID
	for i := range 405 {
		people = append(people, h.person(fmt.Sprintf("p%d@meent.example", i)))
		h.confide(h.with(h.db, old), people[i], members.Phone, fmt.Sprint("06 ", i))
	}
	killed, wrapped := 0, 0
	for _, at := range []int{0, 1, 2, 3, 40, 202, 203, 204, 205, 206, 300, 700} {
		got, err := h.with(h.fused(at), fresh, old).RotateKeys(t.Context())
		if err != nil {
			killed++
		}
		wrapped += got.Wrapped
	}
	done, err := h.with(h.db, fresh, old).RotateKeys(t.Context())
	if wrapped += done.Wrapped; err != nil || killed < 5 || wrapped != len(people) || done.Closed != 0 {
		t.Fatalf("RotateKeys was killed %d times, wrapped %d, and gave %+v, %v", killed, wrapped, done, err)
	}
	for i, person := range people {
		if got, err := h.confided(h.with(h.db, fresh), person, members.Phone); got != fmt.Sprint("06 ", i) || err != nil {
			t.Fatalf("with the new key person %d gave %q, %v", i, got, err)
		}
	}
	if _, err := h.confided(h.with(h.db, old), people[0], members.Phone); !errors.Is(err, members.ErrNoKey) {
		t.Errorf("the old key gave %v, want ErrNoKey", err)
	}
	if again, err := h.with(h.db, fresh, old).RotateKeys(t.Context()); again != (members.Rotation{}) || err != nil {
		t.Errorf("once more gave %+v, %v", again, err)
	}
}

func TestRotationLeavesWhatItCannotOpen(t *testing.T) {
	h := newHouse(t)
	lost, old, fresh := newKey(t), newKey(t), newKey(t)
	anna, bea := h.person("anna@meent.example"), h.person("bea@meent.example")
	h.confide(h.with(h.db, lost), anna, members.Phone, "1")
	h.confide(h.with(h.db, old), bea, members.Phone, "2")
	if got, err := h.with(h.db, fresh, old).RotateKeys(t.Context()); got != (members.Rotation{Wrapped: 1, Closed: 1}) || err != nil {
		t.Errorf("RotateKeys gave %+v, %v", got, err)
	}
	if got, err := h.confided(h.with(h.db, lost), anna, members.Phone); got != "1" || err != nil {
		t.Errorf("the one with the lost key gave %q, %v", got, err)
	}
	if _, err := h.with(h.db).RotateKeys(t.Context()); !errors.Is(err, members.ErrNoKey) {
		t.Errorf("without a key RotateKeys gave %v", err)
	}
}

// dump is every row of every table of the domain, as text.
func (h *house) dump() string {
	h.t.Helper()
	rows, err := h.db.Query(h.t.Context(), `SELECT table_schema || '.' || table_name FROM information_schema.tables
		WHERE table_schema IN ('members', 'tasks') AND table_type = 'BASE TABLE'`)
	if err != nil {
		h.t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 10 {
		h.t.Fatalf("%d tables, %v", len(tables), err)
	}
	var all strings.Builder
	for _, table := range tables {
		var text string
		if err := h.db.QueryRow(h.t.Context(), `SELECT coalesce(string_agg(t::text, chr(10)), '') FROM `+table+` t`).Scan(&text); err != nil {
			h.t.Fatal(err)
		}
		all.WriteString(text)
	}
	return all.String()
}

// holds reports a marker in any shape in which a dump may hold it.
func holds(dump, marker string) bool {
	return strings.Contains(dump, marker) || strings.Contains(dump, hex.EncodeToString([]byte(marker))) ||
		strings.Contains(dump, base64.StdEncoding.EncodeToString([]byte(marker)))
}

func TestDumpHoldsNoneOfIt(t *testing.T) {
	h := newHouse(t)
	s := h.with(h.db, newKey(t))
	whats := []members.Confided{members.Phone, members.BirthDate, members.Address}
	var markers []string
	for i := range 7 {
		person := h.person(fmt.Sprintf("p%d@meent.example", i))
		for _, what := range whats {
			marker := fmt.Sprintf("marker-%s-%d", what, i)
			h.confide(s, person, what, marker)
			markers = append(markers, marker)
		}
	}
	if len(markers) < 20 {
		t.Fatal("too few markers")
	}
	dump := h.dump()
	for _, marker := range markers {
		if holds(dump, marker) {
			t.Errorf("the dump holds %q", marker)
		}
	}
	if !holds(dump, "p1@meent.example") || !holds(dump+hex.EncodeToString([]byte(markers[0])), markers[0]) {
		t.Error("this test would not see a marker")
	}
}
