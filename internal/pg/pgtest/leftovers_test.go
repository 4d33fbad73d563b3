package pgtest_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"meent/internal/pg/pgtest"
)

// TestNothingStaysBehind runs this test binary by hand, kills it while it uses
// its database, and waits for its server and its folder to go.
func TestNothingStaysBehind(t *testing.T) {
	if os.Getenv("MEENT_PGTEST_STAY") != "" {
		stay(t)
	}
	folder, server := killed(t)
	for deadline := time.Now().Add(15 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		left, err := filepath.Glob(folder + "*")
		if err != nil {
			t.Fatal(err)
		}
		alive := !errors.Is(syscall.Kill(server, 0), syscall.ESRCH)
		if len(left) == 0 && !alive {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("left behind: %v, server %d alive: %v", left, server, alive)
		}
	}
}

// stay says where this program's server is, and never ends by itself.
func stay(t *testing.T) {
	var cluster, pid string
	const query = `SELECT current_setting('data_directory'), split_part(pg_read_file('postmaster.pid'), E'\n', 1)`
	if err := pgtest.New(t).QueryRow(t.Context(), query).Scan(&cluster, &pid); err != nil {
		t.Fatal(err)
	}
	fmt.Println("stays", filepath.Dir(cluster), pid)
	select {}
}

// killed starts a program that stays and kills it.
func killed(t *testing.T) (folder string, server int) {
	t.Helper()
	program := exec.Command(os.Args[0], "-test.run=^TestNothingStaysBehind$")
	program.Env = append(os.Environ(), "MEENT_PGTEST_STAY=yes")
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer program.Wait()
	defer program.Process.Kill()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if n, _ := fmt.Sscanf(lines.Text(), "stays %s %d", &folder, &server); n == 2 {
			return folder, server
		}
	}
	t.Fatal("the program ended without a server")
	return "", 0
}
