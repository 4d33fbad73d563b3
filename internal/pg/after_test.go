package pg_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/pg"
	"meent/internal/pg/pgtest"
)

// TestAfterCommit: once after a commit, never after anything else, and nothing
// stays on the connection for the next transaction.
func TestAfterCommit(t *testing.T) {
	db := pgtest.New(t)
	if _, err := db.Exec(t.Context(), `CREATE TABLE once (n int, CONSTRAINT once_unique UNIQUE (n) DEFERRABLE INITIALLY DEFERRED)`); err != nil {
		t.Fatal(err)
	}
	undo := errors.New("undo")
	insert := func(tx pgx.Tx) error { _, err := tx.Exec(t.Context(), `INSERT INTO once VALUES (1)`); return err }
	broken := func(tx pgx.Tx) error { _, _ = tx.Exec(t.Context(), `SELECT 1 / 0`); return nil }
	for _, tt := range []struct {
		name string
		do   func(pgx.Tx) error
		want int
	}{
		{"commits", insert, 1},
		{"is rolled back", func(pgx.Tx) error { return undo }, 0},
		{"fails, and is committed nevertheless", broken, 0},
		{"fails at the commit", insert, 0},
		{"commits again", func(tx pgx.Tx) error { return nil }, 1},
	} {
		ran := 0
		err := db.AcquireFunc(t.Context(), func(conn *pgxpool.Conn) error {
			return pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error {
				for range 2 {
					if !pg.AfterCommit(tx, "key", func() { ran++ }) {
						t.Error("the pool does not watch")
					}
				}
				err := tt.do(tx)
				if ran > 0 {
					t.Errorf("%s: it ran before the commit", tt.name)
				}
				return err
			})
		})
		if ran != tt.want || (err == nil) != (tt.want == 1) {
			t.Errorf("%s: ran %d times, want %d; %v", tt.name, ran, tt.want, err)
		}
	}
}

// TestAfterCommitElsewhere: a pool that nobody watches says so.
func TestAfterCommitElsewhere(t *testing.T) {
	config := pgtest.New(t).Config()
	config.AfterConnect, config.ConnConfig.Tracer = nil, nil
	other, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	err = pgx.BeginFunc(t.Context(), other, func(tx pgx.Tx) error {
		if pg.AfterCommit(tx, "key", func() { t.Error("it ran") }) {
			t.Error("it promised to run")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
