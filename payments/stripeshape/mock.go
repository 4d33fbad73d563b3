package stripeshape

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const (
	module    = "github.com/stripe/stripe-mock"
	toolsFile = "internal/tools/go.mod"
	startTime = 30 * time.Second
)

// tools are what shapes are held against.
type tools struct {
	spec   *spec
	folder string       // of Stripe's description and examples
	mock   *http.Client // speaks to stripe-mock, whatever the address
	held   io.Closer    // stripe-mock ends when nobody holds this
}

// shared are the tools of this test binary.
var shared = sync.OnceValues(open)

// open builds stripe-mock when this machine never did (half a minute), and
// starts it (half a second).
func open() (*tools, error) {
	root, err := findRoot()
	if err != nil {
		return nil, err
	}
	program, err := ask(root, "tool", "-modfile="+toolsFile, "-n", "stripe-mock")
	if err != nil {
		return nil, err
	}
	folder, err := ask(root, "list", "-modfile="+toolsFile, "-m", "-f", "{{.Dir}}", module)
	if err != nil {
		return nil, err
	}
	folder = filepath.Join(folder, "embedded", "openapi")
	text, err := os.ReadFile(filepath.Join(folder, "spec3.json"))
	if err != nil {
		return nil, err
	}
	read, err := readSpec(text)
	if err != nil {
		return nil, err
	}
	with := &tools{spec: read, folder: folder}
	return with, with.start(program)
}

// findRoot is the folder of this module.
func findRoot() (string, error) {
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; here = filepath.Dir(here) {
		if _, err := os.Stat(filepath.Join(here, toolsFile)); err == nil {
			return here, nil
		}
		if here == filepath.Dir(here) {
			return "", errors.New("stripeshape: no " + toolsFile + " above the test")
		}
	}
}

func ask(root string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return "", fmt.Errorf("stripeshape: go %s: %s", args[0], failed.Stderr)
	}
	return strings.TrimSpace(string(out)), err
}

// keeper runs the program $1 in the folder $2 until nobody holds the other end
// of its input any more, however the test binary ended.
const keeper = `
"$1" -http-unix "$2/mock" -strict-version-check >/dev/null 2>"$2/said" &
read -r nothing
kill $! 2>/dev/null
rm -rf "$2"`

// start runs stripe-mock on a socket, where a http socket alone means that it
// does not listen on the network.
func (with *tools) start(program string) error {
	folder, err := os.MkdirTemp("/tmp", "meent-shape-")
	if err != nil {
		return err
	}
	cmd := exec.Command("/bin/sh", "-c", keeper, "meent-shape-keeper", program, folder)
	if with.held, err = cmd.StdinPipe(); err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	socket := filepath.Join(folder, "mock")
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}
	if err := waitFor(dial); err != nil {
		said, _ := os.ReadFile(filepath.Join(folder, "said"))
		return fmt.Errorf("stripeshape: stripe-mock does not answer: %w %s", err, said)
	}
	with.mock = &http.Client{Timeout: startTime, Transport: &http.Transport{DialContext: dial}}
	return nil
}

func waitFor(dial func(context.Context, string, string) (net.Conn, error)) (err error) {
	for until := time.Now().Add(startTime); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		var conn net.Conn
		if conn, err = dial(context.Background(), "", ""); err == nil {
			return conn.Close()
		}
	}
	return err
}
