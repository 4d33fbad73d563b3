package pg_test

import (
	"bufio"
	"context"
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

// TestStartAfterAKill kills a program that started a server, and starts again
// at once, while the old server may still be ending.
func TestStartAfterAKill(t *testing.T) {
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

// programFor is a program that starts a server in the folder, says so and stays.
func programFor(folder string) *exec.Cmd {
	program := exec.Command(os.Args[0], "-test.run=^TestStartAfterAKill$")
	program.Env = append(os.Environ(), "MEENT_PG_TEST_FOLDER="+folder)
	return program
}

func startProgram(t *testing.T, folder string) (*exec.Cmd, int) {
	t.Helper()
	program := programFor(folder)
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

// TestKilledWhileTheClusterIsMade kills programs at several moments of initdb,
// and starts again at once, while that initdb may still be writing.
func TestKilledWhileTheClusterIsMade(t *testing.T) {
	folder := dataFolder(t)
	for _, moment := range []time.Duration{40, 80, 160, 320} {
		program := programFor(folder)
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(moment * time.Millisecond) // the moment is what is tested
		_ = program.Process.Kill()
		_ = program.Wait()
	}
	server := start(t, pg.ServerConfig{Dir: folder})
	ask(t, server.URL(), `SELECT 'here'`)
	left, err := filepath.Glob(filepath.Join(server.Dir(), "postgres*"))
	if err != nil || len(left) != 1 {
		t.Errorf("the data folder holds %v, %v; want one cluster", left, err)
	}
}

// TestStalePIDFileOfAStrangerIsNoTrouble names a live process of the server's
// own user, which is what a reused process id looks like.
func TestStalePIDFileOfAStrangerIsNoTrouble(t *testing.T) {
	stranger := start(t, pg.ServerConfig{Dir: dataFolder(t)})
	c := pg.ServerConfig{Dir: dataFolder(t)}
	start(t, c).Stop()
	text := fmt.Sprintf("%d\n%s\n0\n5432\n/tmp\n", stranger.PID(), c.Dir)
	if err := os.WriteFile(filepath.Join(c.Dir, "postgres", "postmaster.pid"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	server := start(t, c)
	ask(t, server.URL(), `SELECT 'here'`)
	ask(t, stranger.URL(), `SELECT 'unharmed'`)
}

// TestNoSecondServerBesideAnOrphan kills a server while one of its backends is
// busy and does not notice: two at once on the same files would spoil them.
func TestNoSecondServerBesideAnOrphan(t *testing.T) {
	c := pg.ServerConfig{Dir: dataFolder(t)}
	server := start(t, c)
	orphan := busyBackend(t, server.URL())
	if err := syscall.Kill(server.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	server.Stop()
	_, err := pg.StartServer(t.Context(), c)
	if err == nil || !strings.Contains(err.Error(), "still in use") {
		t.Errorf("beside an orphan StartServer gave %v", err)
	}
	if err := syscall.Kill(orphan, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	waitGone(t, orphan)
	ask(t, start(t, c).URL(), `SELECT 'here'`)
}

// busyBackend gives the process id of a backend that loops for ever.
func busyBackend(t *testing.T, address string) (pid int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	pid = int(conn.PgConn().PID())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = conn.Exec(context.Background(), `DO 'BEGIN LOOP END LOOP; END'`) // it ends by a kill
	}()
	t.Cleanup(func() { _ = syscall.Kill(pid, syscall.SIGKILL); <-ended })
	const query = `SELECT state FROM pg_stat_activity WHERE query LIKE 'DO %' AND state = 'active'`
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); {
		other, err := pgx.Connect(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		var state string
		err = other.QueryRow(t.Context(), query).Scan(&state)
		other.Close(t.Context())
		if err == nil {
			return pid
		}
	}
	t.Fatal("the backend does not loop")
	return 0
}
