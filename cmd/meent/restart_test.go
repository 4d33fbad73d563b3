package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestKillLosesNothing runs the real program, kills it without warning, starts
// it again in the same folder and finds everything as it was; then it stops it
// politely. It prints the times and the memory.
func TestKillLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds and starts the program twice")
	}
	c := newCopy(t)
	first := c.start(t)
	before := c.people(t)
	if len(before) < 80 {
		t.Fatalf("%d people in the demo, want more than 80", len(before))
	}
	c.kill(t)
	second := c.start(t)
	if after := c.people(t); strings.Join(after, ",") != strings.Join(before, ",") {
		t.Errorf("after kill -9 there are %d people, want the same %d", len(after), len(before))
	}
	memory := c.residentMiB(t)
	t.Run("a second copy in one folder is refused", c.refusesAnother)
	stop := c.stop(t)
	t.Logf("first start %v, start after kill -9 %v, stop %v, resident %d MiB", first, second, stop, memory)
	if first > 3*10*time.Second || second > 3*2*time.Second || stop > 3*time.Second {
		t.Errorf("too slow, even for a busy machine")
	}
	if memory > 150 {
		t.Errorf("%d MiB resident, want at most 150", memory)
	}
}

func (c *programCopy) refusesAnother(t *testing.T) {
	other := *c
	other.addr = freeAddr(t)
	out, err := other.command().CombinedOutput()
	if err == nil || !strings.Contains(string(out), "already runs") {
		t.Errorf("a second copy gave %v, %s", err, out)
	}
}

func TestTakenPortIsOneSentence(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	environ := []string{"MEENT_ADDR=" + listener.Addr().String(), "MEENT_DATA=" + t.TempDir()}
	err = run(t.Context(), nil, environ, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "MEENT_ADDR") || strings.Contains(err.Error(), "\n") {
		t.Errorf("run gave %v, want one sentence that names MEENT_ADDR", err)
	}
}

// programCopy is one running copy of the program, in a folder of its own.
type programCopy struct {
	binary, folder, addr string
	process              *exec.Cmd
	ended                chan error
}

func newCopy(t *testing.T) *programCopy {
	t.Helper()
	folder := t.TempDir()
	for _, dir := range []string{folder, filepath.Dir(folder)} {
		if err := os.Chmod(dir, 0o755); err != nil { // the server's own user must get in
			t.Fatal(err)
		}
	}
	c := &programCopy{binary: filepath.Join(folder, "meent"), folder: filepath.Join(folder, "data"), addr: freeAddr(t)}
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", c.binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return c
}

func freeAddr(t *testing.T) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func (c *programCopy) command() *exec.Cmd {
	cmd := exec.Command(c.binary)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "PG_BIN=" + os.Getenv("PG_BIN"),
		"MEENT_DATA=" + c.folder, "MEENT_ADDR=" + c.addr, "MEENT_STRIPESIM_ADDR=127.0.0.1:0"}
	return cmd
}

// start starts the copy and gives the time until it was ready.
func (c *programCopy) start(t *testing.T) time.Duration {
	t.Helper()
	c.process, c.ended = c.command(), make(chan error, 1)
	c.process.Stdout, c.process.Stderr = t.Output(), t.Output()
	begin := time.Now()
	if err := c.process.Start(); err != nil {
		t.Fatal(err)
	}
	process, ended := c.process, c.ended
	go func() { ended <- process.Wait() }()
	t.Cleanup(func() { process.Process.Signal(syscall.SIGTERM); <-ended; ended <- nil })
	waitReady(t, "http://"+c.addr, c.ended)
	return time.Since(begin).Round(time.Millisecond)
}

func (c *programCopy) kill(t *testing.T) {
	t.Helper()
	if err := c.process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	c.ended <- <-c.ended
}

func (c *programCopy) stop(t *testing.T) time.Duration {
	t.Helper()
	begin := time.Now()
	if err := c.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	err := <-c.ended
	c.ended <- err
	if err != nil {
		t.Errorf("the program stopped with %v", err)
	}
	return time.Since(begin).Round(time.Millisecond)
}

// people lists the e-mail addresses on the demo's sign-in page.
func (c *programCopy) people(t *testing.T) (emails []string) {
	t.Helper()
	answer, err := http.Get("http://" + c.addr + "/dev/people")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`[^\s>]+@meent\.example`).FindAllString(string(page), -1)
}

func (c *programCopy) residentMiB(t *testing.T) (mib int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.process.Process.Pid))
	if err != nil {
		t.Skipf("no /proc on this system: %v", err)
	}
	for line := range strings.Lines(string(status)) {
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &mib); n == 1 {
			return mib / 1024
		}
	}
	t.Fatal("no VmRSS in /proc")
	return 0
}
