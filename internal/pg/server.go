package pg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrRunning is returned when another program uses this data folder.
var ErrRunning = errors.New("another Meent already runs in this data folder")

// ErrNewerData is returned for a data folder that a newer Postgres made.
var ErrNewerData = errors.New("a newer Postgres made the data folder")

const (
	databaseName = "meent"
	superuser    = "meent"
	socketPort   = "5432"
	socketFile   = ".s.PGSQL." + socketPort
)

// ServerConfig says where a private server keeps its data and how careful it is.
type ServerConfig struct {
	Dir      string // data folder; made when it is missing
	Binaries string // folder of Postgres' own programs; empty: searched
	Fleeting bool   // for tests only: no care for power cuts, and outlives this process
	Log      *slog.Logger
}

// Server is a private Postgres: it belongs to this process, listens on a Unix
// socket in a private folder and on no network, and ends with the process.
type Server struct {
	home    home
	lock    *os.File
	socket  string
	process *process
}

// StartServer starts the server of a data folder, and makes the folder and the
// database the first time. It returns ErrNoBinaries, ErrRunning, ErrNewerData, or
// a sentence that says what stands in the way.
func StartServer(ctx context.Context, c ServerConfig) (*Server, error) {
	h, err := openHome(c)
	if err != nil {
		return nil, err
	}
	lock, err := lockFolder(h.dir)
	if err != nil {
		return nil, err
	}
	s := &Server{home: h, lock: lock}
	if err := s.start(ctx, c); err != nil {
		return nil, errors.Join(err, s.release())
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, c ServerConfig) (err error) {
	if err := s.home.ensureCluster(ctx, c); err != nil {
		return err
	}
	if err := s.home.clearStale(ctx); err != nil {
		return err
	}
	if s.socket, err = s.home.socketFolder(); err != nil {
		return err
	}
	if s.process, err = s.home.startPostgres(s.socket, c.Fleeting); err != nil {
		return err
	}
	if err := s.ensureDatabase(ctx); err != nil {
		return errors.Join(err, s.process.stop())
	}
	return nil
}

// URL is the address of the database, for Open.
func (s *Server) URL() string { return socketURL(s.socket, databaseName) }

// Dir is where the data really lie; see ServerConfig.Dir.
func (s *Server) Dir() string { return s.home.dir }

// PID is the process id of the server.
func (s *Server) PID() int { return s.process.cmd.Process.Pid }

// Stop ends the server within three seconds; what was committed stays.
func (s *Server) Stop() error { return errors.Join(s.process.stop(), s.release()) }

func (s *Server) release() error {
	if s.socket != "" && s.socket != s.home.runFolder() {
		os.RemoveAll(s.socket)
	}
	return s.lock.Close() // the lock goes with the file
}

// socketURL names everything, so that PGPORT and its like change nothing.
func socketURL(folder, database string) string {
	query := url.Values{"host": {folder}, "port": {socketPort}, "user": {superuser}, "sslmode": {"disable"}}
	return "postgres:///" + database + "?" + query.Encode()
}

// ensureDatabase waits until the server answers and makes the database the
// first time.
func (s *Server) ensureDatabase(ctx context.Context) error {
	conn, err := s.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var there bool
	const query = `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`
	if err := conn.QueryRow(ctx, query, databaseName).Scan(&there); err != nil || there {
		return err
	}
	_, err = conn.Exec(ctx, `CREATE DATABASE `+databaseName)
	return err
}

func (s *Server) connect(ctx context.Context) (*pgx.Conn, error) {
	late := time.After(30 * time.Second) // recovery after a crash takes a while
	for {
		conn, err := pgx.Connect(ctx, socketURL(s.socket, "postgres"))
		if err == nil {
			return conn, nil
		}
		select {
		case <-s.process.ended:
			return nil, fmt.Errorf("the private Postgres did not start: %s", s.home.lastWords())
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-late:
			return nil, errors.New("the private Postgres did not answer within 30 seconds")
		case <-time.After(15 * time.Millisecond):
		}
	}
}

// Join gives the address of the private server that another program runs in
// this data folder at this moment.
func Join(c ServerConfig) (address string, err error) {
	h, err := openHome(c)
	if err != nil {
		return "", err
	}
	lines, err := readPIDFile(filepath.Join(h.cluster(), "postmaster.pid"))
	if err != nil || lines.socket == "" {
		return "", errors.New("the private Postgres of this data folder does not run")
	}
	return socketURL(lines.socket, databaseName), nil
}
