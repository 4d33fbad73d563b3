package pg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a running postgres.
type process struct {
	cmd   *exec.Cmd
	ended chan struct{}
}

// startPostgres starts the server; it does not wait until it answers.
func (h home) startPostgres(socket string, fleeting bool) (*process, error) {
	log, err := os.OpenFile(h.logFile(), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot write in the data folder %s: %w", h.dir, cause(err))
	}
	defer log.Close()
	cmd := h.command(context.Background(), "postgres", serverArgs(h.cluster(), socket, fleeting)...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr.Setpgid = true // Ctrl-C is for the program, which still needs its database
	if !fleeting {
		dieWithParent(cmd)
	}
	p := &process{cmd: cmd, ended: make(chan struct{})}
	return p, p.start()
}

// start keeps the thread that started the server alive as long as the server:
// Linux sends the parent's death by the thread's end.
func (p *process) start() error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := p.cmd.Start()
		started <- err
		if err == nil {
			_ = p.cmd.Wait() // how it ended stands in its log
			close(p.ended)
		}
	}()
	return <-started
}

// stop asks for a fast shutdown, and for an immediate one when that takes too
// long; either keeps what was committed.
func (p *process) stop() error {
	for _, how := range []struct {
		signal syscall.Signal
		wait   time.Duration
	}{{syscall.SIGINT, 2500 * time.Millisecond}, {syscall.SIGQUIT, 5 * time.Second}} {
		_ = p.cmd.Process.Signal(how.signal) // it may have ended by itself
		select {
		case <-p.ended:
			return nil
		case <-time.After(how.wait):
		}
	}
	return errors.New("the private Postgres does not stop")
}

// serverArgs keeps the server small and off every network.
func serverArgs(cluster, socket string, fleeting bool) []string {
	settings := []string{
		"listen_addresses=", "unix_socket_directories=" + socket, "unix_socket_permissions=0700", "port=" + socketPort,
		"max_connections=60", "shared_buffers=32MB", "max_wal_size=256MB", "log_min_messages=warning",
		"logging_collector=off", "timezone=UTC", "log_timezone=UTC", "dynamic_shared_memory_type=mmap",
	}
	if fleeting {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "autovacuum=off", "jit=off")
	}
	args := []string{"-D", cluster}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	return args
}

// pidFile is what a running server writes about itself.
type pidFile struct {
	pid    int
	socket string
}

func readPIDFile(name string) (pidFile, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return pidFile{}, err
	}
	lines := append(strings.Split(string(text), "\n"), make([]string, 5)...)
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	return pidFile{pid: pid, socket: strings.TrimSpace(lines[4])}, err
}

// clearStale waits for the server of a killed program to end, ends it if it
// stays, and removes its pid file, whose number may be a stranger's by now. The
// folder's lock is ours, so no other program can own that server; backends that
// outlive it are still found, by the shared memory that they hold.
func (h home) clearStale(ctx context.Context) error {
	name := filepath.Join(h.cluster(), "postmaster.pid")
	old, err := readPIDFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = h.outlive(ctx, old.pid)
	}
	if err != nil && !errors.Is(err, strconv.ErrSyntax) {
		return err
	}
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (h home) outlive(ctx context.Context, pid int) error {
	for waited := 0; isServerOf(pid, h.cluster()); waited++ {
		switch waited {
		case 0:
			_ = syscall.Kill(pid, syscall.SIGINT)
		case 150:
			_ = syscall.Kill(pid, syscall.SIGQUIT)
		case 500:
			return errors.New("the Postgres of an earlier Meent does not stop in this data folder")
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
