package pg_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
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
	if err := os.MkdirAll(filepath.Join(c.Dir, "postgres.new", "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	start(t, c)
}

func TestFolderOfAnotherVersionIsOneSentence(t *testing.T) {
	c := pg.ServerConfig{Dir: dataFolder(t)}
	start(t, c).Stop()
	if err := os.WriteFile(filepath.Join(c.Dir, "postgres", "PG_VERSION"), []byte("99\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := pg.StartServer(t.Context(), c)
	if err == nil || !strings.Contains(err.Error(), "made by Postgres 99") || strings.Contains(err.Error(), "\n") {
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

// TestServerDiesWithItsProgramAndStartsAgain kills a program that started a
// server, and starts again at once, while the old server may still be ending.
func TestServerDiesWithItsProgramAndStartsAgain(t *testing.T) {
	if folder := os.Getenv("MEENT_PG_TEST_FOLDER"); folder != "" {
		server := start(t, pg.ServerConfig{Dir: folder})
		fmt.Println("server", server.PID())
		select {}
	}
	folder := dataFolder(t)
	var servers []int
	for range 3 {
		program, server := startProgram(t, folder)
		servers = append(servers, server)
		if err := program.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = program.Wait()
	}
	last := start(t, pg.ServerConfig{Dir: folder})
	ask(t, last.URL(), `SELECT 'here'`)
	for _, pid := range servers {
		waitGone(t, pid)
	}
}

// waitGone gives the system a moment to bury the dead.
func waitGone(t *testing.T, pid int) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); syscall.Kill(pid, 0) == nil; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the server %d of a killed program still lives", pid)
		}
	}
}

func startProgram(t *testing.T, folder string) (*exec.Cmd, int) {
	t.Helper()
	program := exec.Command(os.Args[0], "-test.run=^TestServerDiesWithItsProgramAndStartsAgain$")
	program.Env = append(os.Environ(), "MEENT_PG_TEST_FOLDER="+folder)
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var pid int
		if n, _ := fmt.Sscanf(lines.Text(), "server %d", &pid); n == 1 {
			return program, pid
		}
	}
	t.Fatal("the program ended without a server")
	return nil, 0
}

func TestStalePIDFileOfAStrangerIsNoTrouble(t *testing.T) {
	c := pg.ServerConfig{Dir: dataFolder(t)}
	start(t, c).Stop()
	stranger := fmt.Sprintf("%d\n%s\n0\n5432\n/tmp\n", os.Getpid(), c.Dir)
	if err := os.WriteFile(filepath.Join(c.Dir, "postgres", "postmaster.pid"), []byte(stranger), 0o644); err != nil {
		t.Fatal(err)
	}
	server := start(t, c)
	ask(t, server.URL(), `SELECT 'here'`)
}
