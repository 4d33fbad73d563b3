package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/mail"
	"meent/internal/pg/pgtest"
	"meent/members"
	"meent/payments/stripeshape"
)

// aMonday is a clock that begins on Monday 23 November 2026, at ten past nine in
// Amsterdam, and goes on from there; skip lets it jump.
func aMonday() (now func() time.Time, skip func(time.Duration)) {
	begin, skipped := time.Now(), atomic.Int64{}
	now = func() time.Time {
		return time.Date(2026, 11, 23, 8, 10, 0, 0, time.UTC).Add(time.Since(begin) + time.Duration(skipped.Load()))
	}
	return now, func(d time.Duration) { skipped.Add(int64(d)) }
}

// testHouse is the whole program, run inside the test on a database of its own.
type testHouse struct {
	*program
	skip     func(time.Duration) // lets time pass
	everyone []members.PersonRole
	db       *pgxpool.Pool
	keyring  members.Option // the house's own
	mailbox  *mail.Mailbox

	join, wrong, ready string // paths of an invitation and two uploads, where a test made them
	quiet              string // a shift that somebody can be chosen for, and the member asks about
	followed           string // the member of the first coach, about whom coach_plant_test.go plants
}

// newTestHouse starts the house with demo data on a free port and stops it when
// the test ends.
func newTestHouse(t *testing.T) *testHouse {
	t.Helper()
	return newTestHouseAt(t, "127.0.0.1")
}

// newTestHouseAt is a house at another name of this machine, with more settings:
// browsers know passkeys at names only.
func newTestHouseAt(t *testing.T, name string, settings ...string) *testHouse {
	t.Helper()
	return loggedTestHouse(t, slog.NewTextHandler(t.Output(), nil), name, settings...)
}

// loggedTestHouse writes its log there.
func loggedTestHouse(t *testing.T, log slog.Handler, name string, settings ...string) *testHouse {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	db := begun(t, data)
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	config, err := readConfig(append([]string{
		"DATABASE_URL=" + db.Config().ConnString(),
		"MEENT_ADDR=" + listener.Addr().String(),
		"MEENT_URL=http://" + name + ":" + port,
		"MEENT_STRIPESIM_ADDR=127.0.0.1:0",
		"MEENT_DEMO=people",
		"MEENT_DATA=" + data,
	}, settings...))
	if err != nil {
		t.Fatal(err)
	}
	now, skip := aMonday()
	p := &program{config: config, out: t.Output(), log: slog.New(log), now: now}
	startHouse(t, p, listener)
	h := &testHouse{program: p, skip: skip, db: db, mailbox: mail.NewMailbox(db, p.now, nil)}
	keys, err := readKeyFile(filepath.Join(config.Data, keyFile))
	if err != nil {
		t.Fatal(err)
	}
	h.keyring = members.Keyring(keys...)
	if h.everyone, err = members.New(db, nil, p.now, nil).Everyone(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// beginning is where all houses begin: the people of the demo, and the key with which
// theirs is sealed.
var beginning pgtest.World[string]

// begun is a house's own copy of them; the key is put into its folder.
func begun(t *testing.T, folder string) *pgxpool.Pool {
	t.Helper()
	db, key := beginning.Clone(t, func(db *pgxpool.Pool) string { return seedOnce(t, db) }, schemas()...)
	if err := os.WriteFile(filepath.Join(folder, keyFile), []byte(key), 0o600); err != nil {
		t.Fatal(err)
	}
	return db
}

// seedOnce is `meent seed` on that Monday.
func seedOnce(t *testing.T, db *pgxpool.Pool) (key string) {
	t.Helper()
	folder := t.TempDir()
	config, err := readConfig([]string{"DATABASE_URL=" + db.Config().ConnString(), "MEENT_STRIPESIM_ADDR=127.0.0.1:0", "MEENT_DEMO=people", "MEENT_DATA=" + folder})
	if err != nil {
		t.Fatal(err)
	}
	now, _ := aMonday()
	p := &program{config: config, out: io.Discard, log: slog.New(slog.DiscardHandler), now: now}
	if err := p.seed(t.Context()); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, keyFile))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// shapes lets the test fail when what a simulator is asked, or answers, has not
// Stripe's shape.
func shapes(t *testing.T) func(http.Handler) http.Handler {
	t.Helper()
	stripeshape.Watch(t, http.NotFoundHandler()) // what it needs is opened here, not while the house starts
	return func(api http.Handler) http.Handler { return stripeshape.Watch(t, api) }
}

func startHouse(t *testing.T, p *program, listener net.Listener) {
	p.watch = shapes(t)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.houseOn(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := oneLine(<-ended); err != nil {
			t.Errorf("the house ended with %v", err)
		}
	})
	waitReady(t, p.config.URL, ended)
}

// waitReady asks until every part says that it is ready.
func waitReady(t *testing.T, address string, ended <-chan error) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		if answer, err := http.Get(address + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		select {
		case err := <-ended:
			t.Fatalf("the house did not start: %v", err)
		case <-deadline:
			t.Fatal("the house was not ready within 30 s")
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// someone is the first of the demo people in this role.
func (h *testHouse) someone(t *testing.T, kind members.RoleKind) members.PersonRole {
	t.Helper()
	for _, one := range h.everyone {
		if one.Role.Kind == kind {
			return one
		}
	}
	t.Fatalf("no %s in the demo", kind)
	return members.PersonRole{}
}

// signInMails lists those of the mailbox, the newest first.
func (h *testHouse) signInMails(t *testing.T) (list []mail.Stored) {
	t.Helper()
	all, err := h.mailbox.List(t.Context(), mail.MailboxSize)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if strings.Contains(one.Text, "/signin/link/") {
			list = append(list, one)
		}
	}
	return list
}

// waitForSignInMail waits until another one is there than before, and gives it.
func (h *testHouse) waitForSignInMail(t *testing.T, before mail.Stored) mail.Stored {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if list := h.signInMails(t); len(list) > 0 && list[0].ID != before.ID {
			return list[0]
		}
	}
	t.Fatal("no mail came within 20 s")
	return mail.Stored{}
}
