package pg_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
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

func TestHalfMadeClusterIsMadeAnew(t *testing.T) {
	c := pg.ServerConfig{Dir: dataFolder(t)}
	start(t, c).Stop()
	whole := filepath.Join(c.Dir, "postgres")
	if err := os.Rename(whole, whole+".new"); err != nil { // as a killed initdb leaves it
		t.Fatal(err)
	}
	ask(t, start(t, c).URL(), `SELECT 'here'`)
	if _, err := os.Stat(whole + ".new"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the half-made cluster is left: %v", err)
	}
}

func TestFolderOfAnotherVersionIsOneSentence(t *testing.T) {
	c := pg.ServerConfig{Dir: dataFolder(t)}
	start(t, c).Stop()
	if err := os.WriteFile(filepath.Join(c.Dir, "postgres", "PG_VERSION"), []byte("99\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := pg.StartServer(t.Context(), c)
	if !errors.Is(err, pg.ErrNewerData) || !strings.Contains(err.Error(), "made by Postgres 99") || strings.Contains(err.Error(), "\n") {
		t.Errorf("StartServer gave %v", err)
	}
}

func TestMissingParentsOfTheFolderAreMade(t *testing.T) {
	server := start(t, pg.ServerConfig{Dir: filepath.Join(dataFolder(t), "deep", "down")})
	ask(t, server.URL(), `SELECT 'here'`)
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

func TestFullDiskIsOneSentence(t *testing.T) {
	small := dataFolder(t)
	if err := os.MkdirAll(small, 0o755); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "meent", small).CombinedOutput(); err != nil {
		t.Skipf("cannot make a small disk here: %s", out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", small).Run() })
	_, err := pg.StartServer(t.Context(), pg.ServerConfig{Dir: filepath.Join(small, "data")})
	if err == nil || !strings.Contains(err.Error(), "No space left") || strings.Contains(err.Error(), "\n") {
		t.Errorf("StartServer gave %v", err)
	}
}

func TestNoBinariesIsOneSentence(t *testing.T) {
	_, err := pg.StartServer(t.Context(), pg.ServerConfig{Dir: dataFolder(t), Binaries: t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), "PG_BIN") {
		t.Errorf("StartServer gave %v, want a sentence that names PG_BIN", err)
	}
	if !strings.Contains(pg.ErrNoBinaries.Error(), "apt install") {
		t.Errorf("ErrNoBinaries does not say how to install: %v", pg.ErrNoBinaries)
	}
}

func TestRootMovesOutOfAClosedFolder(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root has folders that the server's user cannot enter")
	}
	closed := t.TempDir()
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	server := start(t, pg.ServerConfig{Dir: filepath.Join(closed, "data")})
	t.Cleanup(func() { server.Stop(); os.RemoveAll(server.Dir()) })
	if !strings.HasPrefix(server.Dir(), "/var/lib/meent/") {
		t.Errorf("the data lie in %s", server.Dir())
	}
	if got := ask(t, server.URL(), `SELECT 'here'`); got != "here" {
		t.Error(got)
	}
}
