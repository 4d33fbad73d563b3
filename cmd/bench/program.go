package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/pg"
)

// program is a Meent of one's own, as `meent` starts without settings: a private
// Postgres, a Redis in its process, demo people.
type program struct {
	folder, url string
	settings    []string
	cmd         *exec.Cmd
	ended       chan error
	db          *pgxpool.Pool
	transport   *http.Transport
}

// startProgram builds it from this repository, with these settings more, and waits
// until it is ready.
func startProgram(ctx context.Context, settings ...string) (_ *program, err error) {
	p := &program{settings: settings, transport: &http.Transport{MaxIdleConnsPerHost: 200}}
	if p.folder, err = os.MkdirTemp("", "meent-bench-"); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context) error{p.build, p.start, p.waitReady, p.join} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, p.close())
		}
	}
	return p, nil
}

func (p *program) binary() string { return filepath.Join(p.folder, "meent") }
func (p *program) data() string   { return filepath.Join(p.folder, "data") }
func (p *program) log() string    { return filepath.Join(p.folder, "log") }

func (p *program) build(ctx context.Context) error {
	if err := os.Chmod(p.folder, 0o755); err != nil { // Postgres' own user passes through it
		return err
	}
	root, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "meent").Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	out, err := exec.CommandContext(ctx, "go", "build", "-C", strings.TrimSpace(string(root)), "-ldflags=-s -w", "-o", p.binary(), "./cmd/meent").CombinedOutput()
	if err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

func (p *program) start(context.Context) error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	log, err := os.Create(p.log())
	if err != nil {
		return err
	}
	defer log.Close()
	p.url = "http://" + address
	p.cmd = exec.Command(p.binary())
	p.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.folder, "PG_BIN=" + os.Getenv("PG_BIN"), "MEENT_DATA=" + p.data(),
		"MEENT_ADDR=" + address, "MEENT_URL=" + p.url, "MEENT_STRIPESIM_ADDR=127.0.0.1:0",
		"MEENT_PROXIES=127.0.0.1/32"} // so that each person may come from a network of their own
	p.cmd.Env = append(p.cmd.Env, p.settings...)
	p.cmd.Stdout, p.cmd.Stderr = log, log
	if err := p.cmd.Start(); err != nil {
		return err
	}
	p.ended = make(chan error, 1)
	go func() { p.ended <- p.cmd.Wait() }()
	return nil
}

// freeAddress finds a port that nobody uses; it stays free until the program takes it.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

func (p *program) waitReady(ctx context.Context) error {
	for late := time.Now().Add(time.Minute); time.Now().Before(late); {
		if answer, err := http.Get(p.url + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-p.ended:
			p.ended <- err
			return fmt.Errorf("meent ended with %v:\n%s", err, p.lastWords())
		case <-time.After(20 * time.Millisecond):
		}
	}
	return fmt.Errorf("meent was not ready within a minute:\n%s", p.lastWords())
}

func (p *program) lastWords() string {
	text, err := os.ReadFile(p.log())
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

// join opens the database beside the program, to count from outside.
func (p *program) join(ctx context.Context) error {
	address, err := pg.Join(pg.ServerConfig{Dir: p.data()})
	if err == nil {
		p.db, err = pg.Open(ctx, address)
	}
	return err
}

// doctor lets the program examine itself.
func (p *program) doctor(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, p.binary(), "doctor")
	cmd.Env = p.cmd.Env
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("meent doctor: %w\n%s", err, out)
	}
	return nil
}

// close stops the program and removes its folder.
func (p *program) close() error {
	p.transport.CloseIdleConnections()
	if p.db != nil {
		p.db.Close()
	}
	var err error
	if p.ended != nil {
		err = p.stop()
	}
	return errors.Join(err, os.RemoveAll(p.folder))
}

func (p *program) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case err := <-p.ended:
		return err
	case <-time.After(20 * time.Second):
		return errors.Join(errors.New("meent did not stop"), p.cmd.Process.Kill())
	}
}
