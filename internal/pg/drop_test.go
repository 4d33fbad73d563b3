package pg_test

import (
	"errors"
	"testing"

	"meent/internal/pg"
	"meent/internal/pg/pgtest"
)

func TestDrop(t *testing.T) {
	db, schema := pgtest.New(t, herd(makeSheep)), herd(makeSheep)
	if _, err := db.Exec(t.Context(), `INSERT INTO herd.sheep VALUES (gen_random_uuid(), NULL)`); err != nil {
		t.Fatal(err)
	}
	for range 2 { // a second time there is nothing left to drop
		if err := pg.Drop(t.Context(), db, schema); err != nil {
			t.Fatal(err)
		}
	}
	if err := pg.Current(t.Context(), db, schema); !errors.Is(err, pg.ErrOlder) {
		t.Errorf("after Drop Current gave %v", err)
	}
	if err := pg.Migrate(t.Context(), db, schema); err != nil {
		t.Fatal(err)
	}
	var sheep int
	if err := db.QueryRow(t.Context(), `SELECT count(*) FROM herd.sheep`).Scan(&sheep); err != nil || sheep != 0 {
		t.Errorf("%d sheep came back, %v", sheep, err)
	}
}
