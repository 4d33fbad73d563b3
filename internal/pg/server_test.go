package pg_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
)

// dataFolder is a folder that an unprivileged server can enter too.
func dataFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/tmp", "meent-data-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return filepath.Join(folder, "data")
}

func start(t *testing.T, c pg.ServerConfig) *pg.Server {
	t.Helper()
	c.Binaries = os.Getenv("PG_BIN")
	begin := time.Now()
	server, err := pg.StartServer(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("started in %v", time.Since(begin).Round(time.Millisecond))
	t.Cleanup(func() { server.Stop() })
	return server
}

func ask(t *testing.T, address, statement string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var text string
	if err := conn.QueryRow(t.Context(), statement).Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

func TestServerKeepsItsData(t *testing.T) {
	c := pg.ServerConfig{Dir: dataFolder(t)}
	server := start(t, c)
	conn, err := pgx.Connect(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `CREATE TABLE herd AS SELECT 'Dolly' AS name`); err != nil {
		t.Fatal(err)
	}
	conn.Close(context.Background())
	begin := time.Now()
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	t.Logf("stopped in %v", time.Since(begin).Round(time.Millisecond))
	again := start(t, c)
	if got := ask(t, again.URL(), `SELECT name FROM herd`); got != "Dolly" {
		t.Errorf("after a restart the name is %q", got)
	}
}

// TestOpenCompilesNothing: what compiling a query takes is more than any of ours does.
func TestOpenCompilesNothing(t *testing.T) {
	db, err := pg.Open(t.Context(), start(t, pg.ServerConfig{Dir: dataFolder(t)}).URL())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var jit string
	if err := db.QueryRow(t.Context(), `SHOW jit`).Scan(&jit); err != nil || jit != "off" {
		t.Errorf("jit is %q, %v", jit, err)
	}
}

func TestServerListensOnNoNetworkAndItsFolderIsPrivate(t *testing.T) {
	server := start(t, pg.ServerConfig{Dir: dataFolder(t)})
	if got := ask(t, server.URL(), `SHOW listen_addresses`); got != "" {
		t.Errorf("listen_addresses is %q", got)
	}
	socket := ask(t, server.URL(), `SHOW unix_socket_directories`)
	for _, folder := range []string{server.Dir(), socket} {
		info, err := os.Stat(folder)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %v, %v; want 0700", folder, info.Mode(), err)
		}
	}
	if got := ask(t, server.URL(), `SHOW fsync`); got != "on" {
		t.Errorf("fsync is %s", got)
	}
}

func TestLongFolderGetsAShortSocket(t *testing.T) {
	folder := filepath.Join(dataFolder(t), strings.Repeat("long", 30))
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		t.Fatal(err)
	}
	server := start(t, pg.ServerConfig{Dir: folder})
	if got := ask(t, server.URL(), `SELECT 'here'`); got != "here" {
		t.Error(got)
	}
}

func TestSecondServerInAFolderIsRefusedAndCanBeJoined(t *testing.T) {
	c := pg.ServerConfig{Dir: dataFolder(t)}
	server := start(t, c)
	if _, err := pg.StartServer(t.Context(), c); !errors.Is(err, pg.ErrRunning) {
		t.Errorf("a second start gave %v, want ErrRunning", err)
	}
	if address, err := pg.Join(c); err != nil || address != server.URL() {
		t.Errorf("Join gave %q, %v, want %q", address, err, server.URL())
	}
}

// TestTerminalInterruptsOnlyTheProgram: Ctrl-C reaches a whole process group,
// and the program still needs its database to finish its work.
func TestTerminalInterruptsOnlyTheProgram(t *testing.T) {
	server := start(t, pg.ServerConfig{Dir: dataFolder(t)})
	group, err := syscall.Getpgid(server.PID())
	if err != nil || group == syscall.Getpgrp() {
		t.Errorf("the server is in the program's process group %d, %v", group, err)
	}
}

func TestEnvironmentOfPsqlIsNoTrouble(t *testing.T) {
	t.Setenv("PGPORT", "5999")
	t.Setenv("PGHOST", "nowhere.invalid")
	server := start(t, pg.ServerConfig{Dir: dataFolder(t)})
	ask(t, server.URL(), `SELECT 'here'`)
}
