package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/pg"
)

// shared is the server of this test binary's run, found by the first test.
var shared admin

// admin makes and drops databases, over connections that all tests of this binary
// share; the server ends them.
type admin struct {
	mu      sync.Mutex
	address string
	db      *pgxpool.Pool
	made    sync.Map // names of templates that are there
	filling sync.Mutex
}

// open finds the server once.
func (a *admin) open(ctx context.Context) (*admin, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.db != nil {
		return a, nil
	}
	address, err := adminURL(ctx)
	if err != nil {
		return nil, err
	}
	a.address = address
	a.db, err = pgxpool.New(ctx, address+"&pool_max_conns=4&default_query_exec_mode=simple_protocol")
	return a, err
}

// adminURL is the address of the run's server, which is started when it does
// not answer yet.
func adminURL(ctx context.Context) (string, error) {
	run := runPID()
	folder := filepath.Join(base(), fmt.Sprintf("meent-test-%d-%d", os.Getuid(), run))
	unlock, err := lock(folder + ".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	if err := watch(run, folder); err != nil { // first, so that nothing can be left behind
		return "", err
	}
	config := pg.ServerConfig{Dir: folder, Binaries: os.Getenv("PG_BIN"), Fleeting: true}
	if address, err := pg.Join(config); err == nil && answers(ctx, address) {
		return address, nil
	}
	server, err := pg.StartServer(ctx, config)
	if err != nil {
		return "", err
	}
	return server.URL(), nil
}

// base is where the server's folder lies: in memory where there is room for it,
// since a database is more than a thousand files that are made and taken away.
func base() string {
	const memory, room = "/dev/shm", 4 << 30
	var fs syscall.Statfs_t
	if err := syscall.Statfs(memory, &fs); err != nil || fs.Bavail*uint64(fs.Bsize) < room {
		return "/tmp"
	}
	return memory
}

// runPID is the process that the server ends with: the `go test` that started
// this test binary, or the binary itself when it was started by hand.
func runPID() int {
	parent := os.Getppid()
	name, err := exec.Command("ps", "-o", "comm=", "-p", strconv.Itoa(parent)).Output()
	if err == nil && filepath.Base(strings.TrimSpace(string(name))) == "go" {
		return parent
	}
	return os.Getpid()
}

// lock waits for the file and gives the way to let go of it.
func lock(name string) (unlock func() error, err error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
		file.Close()
		return nil, err
	}
	return file.Close, nil
}

func answers(ctx context.Context, address string) bool {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return false
	}
	return conn.Close(ctx) == nil
}

// watcher waits until the run has ended, ends the run's server by its own
// process id and removes its folder. It is a shell, so that it outlives the
// test binary, however that ends.
const watcher = `
while kill -0 "$1" 2>/dev/null; do sleep 0.3; done
read -r server < "$2/postgres/postmaster.pid"
case "$(ps -o args= -p "$server")" in
*"$2/postgres"*) kill -QUIT "$server"; while kill -0 "$server"; do sleep 0.1; done ;;
esac
rm -rf "$2" "$2.lock" "$2.watched"`

// watch starts the run's watcher, unless it is there.
func watch(run int, folder string) error {
	file, err := os.OpenFile(folder+".watched", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil
	}
	if err != nil {
		return err
	}
	cmd := exec.Command("/bin/sh", "-c", watcher, "meent-test-watcher", strconv.Itoa(run), folder)
	cmd.Dir = "/"
	cmd.ExtraFiles = []*os.File{file} // the lock lasts as long as the watcher
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}
