package feed_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/feed"
	"meent/internal/pg"
)

// one is a change that is committed.
func (h *house) one() uuid.UUID {
	h.Helper()
	tx, e := h.begin(), uuid.New()
	h.append(tx, e)
	h.commit(tx)
	return e
}

func (h *house) exec(sql string, args ...any) {
	h.Helper()
	_, err := h.db.Exec(h.Context(), sql, args...)
	h.must(err)
}

// gone: the cursor leads nowhere.
func (h *house) gone(at feed.Cursor) {
	h.Helper()
	if _, next, err := feed.Read(h.Context(), h.db, at, 10); !errors.Is(err, feed.ErrGone) || next != at {
		h.Errorf("Read gave %v", err)
	}
	if _, err := feed.Ahead(h.Context(), h.db, at); !errors.Is(err, feed.ErrGone) {
		h.Errorf("Ahead gave %v", err)
	}
}

func (h *house) left() (n int) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT count(*) FROM feed.change`).Scan(&n))
	return n
}

// TestPutBack: a database that was put back, by each of the ways in which that shows,
// gives nothing until somebody settled it; then old changes, whose numbers lie in the
// future, neither come late nor keep new ones away.
func TestPutBack(t *testing.T) {
	for name, forge := range map[string]string{
		"another server":   `UPDATE feed.home SET cluster = cluster + 1`,
		"another timeline": `UPDATE feed.home SET timeline = timeline - 1`,
		"another database": `UPDATE feed.home SET database = database + 1`,
		"another table":    `UPDATE feed.home SET feed = feed + 1`,
		"never settled":    `DELETE FROM feed.home`,
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.one()
			h.exec(`INSERT INTO feed.change (xid, kind, entity, cooperative_id) VALUES ('99999999999', 'member', gen_random_uuid(), $1)`, h.coop)
			h.exec(`UPDATE feed.taken SET upto = '99999999998'`)
			h.exec(forge)
			h.gone(h.at)
			if _, err := feed.Now(t.Context(), h.db); !errors.Is(err, feed.ErrGone) {
				t.Errorf("Now gave %v", err)
			}
			h.must(feed.Settle(t.Context(), h.db))
			h.gone(h.at)
			if n := h.left(); n != 0 {
				t.Errorf("%d old changes are left", n)
			}
			h.begins()
			h.expect(h.one())
			h.must(feed.Settle(t.Context(), h.db))
			h.expect(h.one()) // at home it did nothing
		})
	}
}

// TestPutBackTwice: the second time to the same moment is another epoch, and so is one
// that an operator begins.
func TestPutBackTwice(t *testing.T) {
	h := newHouse(t)
	h.exec(`UPDATE feed.home SET timeline = timeline - 1`)
	h.must(feed.Settle(t.Context(), h.db))
	h.begins()
	once := h.at
	h.exec(`UPDATE feed.home SET timeline = timeline - 1, epoch = gen_random_uuid()`)
	h.must(feed.Settle(t.Context(), h.db))
	h.gone(once)
	h.begins()
	h.must(feed.Begin(t.Context(), h.db))
	h.gone(h.at)
}

// TestPutBackWithoutATrace: a cursor beyond all that ever was is of another world.
func TestPutBackWithoutATrace(t *testing.T) {
	h := newHouse(t)
	text, err := h.at.MarshalText()
	h.must(err)
	var again, later feed.Cursor
	if h.must(again.UnmarshalText(text)); again != h.at {
		t.Errorf("%s was read as %+v", text, again)
	}
	h.must(later.UnmarshalText([]byte(string(text[:37]) + "99999999999 " + uuid.Nil.String() + " ")))
	h.gone(later)
	for _, text := range []string{"", "x", "x 1 y z", string(text[:37]) + "-1 " + uuid.Nil.String() + " "} {
		if later.UnmarshalText([]byte(text)) == nil {
			t.Errorf("%q is a cursor", text)
		}
	}
}

// TestSettledOnce: those who settle at the same time begin one epoch.
func TestSettledOnce(t *testing.T) {
	h := newHouse(t)
	h.exec(`UPDATE feed.home SET cluster = cluster + 1`)
	ended := make(chan error)
	for range 4 {
		go func() { ended <- feed.Settle(t.Context(), h.db) }()
	}
	h.must(<-ended)
	h.begins()
	for range 3 {
		h.must(<-ended)
	}
	h.expect(h.one())
}

// TestBehind: what was not read counts, from its oldest on.
func TestBehind(t *testing.T) {
	h := newHouse(t)
	look := func() (int, time.Time) {
		n, oldest, err := feed.Behind(t.Context(), h.db, h.at)
		h.must(err)
		return n, oldest
	}
	if n, oldest := look(); n != 0 || !oldest.IsZero() {
		t.Errorf("%d changes since %v", n, oldest)
	}
	h.one()
	h.exec(`UPDATE feed.change SET at = now() - interval '1 hour'`)
	h.one()
	if n, oldest := look(); n != 2 || time.Since(oldest) < 59*time.Minute || time.Since(oldest) > 2*time.Hour {
		t.Errorf("%d changes since %v", n, oldest)
	}
	h.follow(10)
	if n, _ := look(); n != 0 {
		t.Errorf("%d changes", n)
	}
}

// TestDumpedAndRestored: in another server, whose transactions count from the beginning.
func TestDumpedAndRestored(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a second server")
	}
	for _, one := range []string{"pg_dump", "psql"} {
		if _, err := exec.LookPath(one); err != nil {
			t.Skip(one + " is not installed")
		}
	}
	h := newHouse(t)
	for range 3 {
		h.one()
	}
	h.exec(`UPDATE feed.change SET xid = ((xid::text::bigint) + 1000000)::text::xid8`) // the old server was busier
	was := h.at
	h.db = h.elsewhere()
	if n := h.left(); n != 3 {
		t.Fatalf("%d changes came along", n)
	}
	h.gone(was)
	h.must(feed.Settle(t.Context(), h.db))
	h.gone(was)
	h.begins()
	h.expect(h.one())
}

// elsewhere puts the schema back in a server of its own.
func (h *house) elsewhere() *pgxpool.Pool {
	h.Helper()
	folder, err := os.MkdirTemp("", "meent-feed-")
	h.must(err)
	h.Cleanup(func() { _ = os.RemoveAll(folder) })
	h.must(os.Chmod(folder, 0o755)) // Postgres' own user passes through it
	server, err := pg.StartServer(h.Context(), pg.ServerConfig{Dir: filepath.Join(folder, "pg")})
	h.must(err)
	h.Cleanup(func() { _ = server.Stop() })
	dump := filepath.Join(folder, "dump.sql")
	h.run("pg_dump", "--schema=feed", "--no-owner", "--file="+dump, libpq(h.db))
	h.run("psql", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file="+dump, server.URL())
	db, err := pg.Open(h.Context(), server.URL())
	h.must(err)
	h.Cleanup(db.Close)
	return db
}

// libpq is the address as Postgres' own programs understand it.
func libpq(db *pgxpool.Pool) string {
	c := db.Config().ConnConfig
	return fmt.Sprintf("host=%s port=%d user=%s dbname=%s", c.Host, c.Port, c.User, c.Database)
}

func (h *house) run(name string, args ...string) {
	h.Helper()
	if said, err := exec.CommandContext(h.Context(), name, args...).CombinedOutput(); err != nil {
		h.Fatalf("%s: %v\n%s", name, err, said)
	}
}
