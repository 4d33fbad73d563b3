package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/cmd/drill/errand"
	"meent/internal/pg"
	"meent/internal/redisd"
	"meent/internal/tasks"
)

// rig is everything that one drill runs on, and its memory.
type rig struct {
	options
	out      io.Writer
	random   *rand.Rand
	folder   string
	postgres *pg.Server
	redis    *redisd.Server
	db       *pgxpool.Pool
	queue    *tasks.Queue
	program  string
	copies   []*programCopy
	closers  []func() error
	begun    time.Time

	mu        sync.Mutex
	committed map[string]string // name to kind, of every errand whose transaction was acknowledged
	spent     map[string]time.Duration
	tally     map[string]int // what was done to the copies and to Redis
}

// newRig builds the program and starts Postgres and Redis.
func newRig(ctx context.Context, o options, out io.Writer) (*rig, error) {
	r := &rig{options: o, out: out, committed: map[string]string{}, tally: map[string]int{}, begun: time.Now()}
	r.random = rand.New(rand.NewPCG(o.seed, 0))
	for _, step := range []func(context.Context) error{r.makeFolder, r.build, r.startPostgres, r.startRedis, r.prepare} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, r.close())
		}
	}
	return r, nil
}

func (r *rig) makeFolder(context.Context) (err error) {
	if r.folder, err = os.MkdirTemp("", "meent-drill-"); err != nil {
		return err
	}
	return os.Chmod(r.folder, 0o755) // the server's own user must get in
}

func (r *rig) build(ctx context.Context) error {
	if r.program = r.built; r.program != "" {
		return nil
	}
	r.program = filepath.Join(r.folder, "meent")
	return build(ctx, r.program)
}

// build makes the program, with what drills need in it.
func build(ctx context.Context, program string) error {
	out, err := exec.CommandContext(ctx, "go", "build", "-tags", "drill,nomsgpack", "-ldflags=-s -w", "-o", program, "meent/cmd/meent").CombinedOutput()
	if err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

func (r *rig) startPostgres(ctx context.Context) (err error) {
	if r.postgres, err = r.newServer(ctx, "postgres"); err != nil {
		return err
	}
	if r.db, err = pg.Open(ctx, r.postgres.URL()); err != nil {
		return err
	}
	r.queue = tasks.New(r.db, tasks.Config{})
	return pg.Migrate(ctx, r.db, tasks.Schema())
}

// newServer starts a Postgres that has nothing yet, in a folder of the drill: of a copy of
// the cluster, where there is one.
func (r *rig) newServer(ctx context.Context, folder string) (*pg.Server, error) {
	folder = filepath.Join(r.folder, folder)
	if r.cluster != "" {
		if out, err := exec.CommandContext(ctx, "cp", "-a", r.cluster, folder).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("copying a new database: %w\n%s", err, out)
		}
	}
	return pg.StartServer(ctx, pg.ServerConfig{Dir: folder, Binaries: os.Getenv("PG_BIN")})
}

// makeCluster makes the data folder of a Postgres that has nothing yet: to copy it takes
// less time than to make it.
func makeCluster(ctx context.Context, folder string) error {
	server, err := pg.StartServer(ctx, pg.ServerConfig{Dir: folder, Binaries: os.Getenv("PG_BIN")})
	if err != nil {
		return err
	}
	return server.Stop()
}

// startRedis runs one as docker-compose.yml does: it writes down what it holds,
// with the last second at risk.
func (r *rig) startRedis(context.Context) (err error) {
	r.redis, err = redisd.Start("--appendonly", "yes", "--appendfsync", "everysec")
	return err
}

func (r *rig) prepare(ctx context.Context) error {
	_, err := r.db.Exec(ctx, errand.Schema)
	if err == nil && r.plant == lose && r.name != "postgres" {
		_, err = r.db.Exec(ctx, loseWhatWasSent)
	}
	return err
}

// close ends everything that the drill started.
func (r *rig) close() error {
	var errs []error
	for _, c := range r.copies {
		errs = append(errs, c.kill())
	}
	for _, end := range slices.Backward(r.closers) {
		errs = append(errs, end())
	}
	if r.db != nil {
		r.db.Close()
	}
	if r.redis != nil {
		errs = append(errs, r.redis.Stop())
	}
	if r.postgres != nil {
		errs = append(errs, r.postgres.Stop())
	}
	if r.keep {
		fmt.Fprintln(r.out, "kept in", r.folder)
		return errors.Join(errs...)
	}
	return errors.Join(append(errs, os.RemoveAll(r.folder))...)
}

// phase notes, for who watches, how long things take.
func (r *rig) phase(name string) {
	if os.Getenv("MEENT_DRILL_PHASES") != "" {
		fmt.Fprintf(r.out, "     %s at %.1f s\n", name, time.Since(r.begun).Seconds())
		r.mu.Lock()
		defer r.mu.Unlock()
		fmt.Fprintln(r.out, "    ", r.spent)
	}
}

// took adds what a copy took of the machine to what is told with the phases.
func (r *rig) took(name string, cpu time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.spent == nil {
		r.spent = map[string]time.Duration{}
	}
	r.spent[name] += cpu
}

// onClose ends something beside the usual parts, before them.
func (r *rig) onClose(end func() error) { r.closers = append(r.closers, end) }

// count remembers that something was done.
func (r *rig) count(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tally[what]++
}
