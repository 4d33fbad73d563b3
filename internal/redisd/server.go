// Package redisd runs a real redis-server of one's own, for tests, drills and
// benchmarks. It listens on a Unix socket in a private folder and on no
// network, and is stopped by its own process id.
package redisd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"
)

// ErrNotInstalled is returned where there is no redis-server.
var ErrNotInstalled = errors.New("redis-server is not installed: apt-get install redis-server, or brew install redis")

// Server is one redis-server. It keeps nothing on disk unless asked to.
type Server struct {
	folder  string
	options []string
	cmd     *exec.Cmd
	ended   chan struct{}
}

// Start starts a server with further options of redis-server, such as
// "--appendonly", "yes".
func Start(options ...string) (*Server, error) {
	if _, err := exec.LookPath("redis-server"); err != nil {
		return nil, ErrNotInstalled
	}
	folder, err := os.MkdirTemp("", "meent-redis-")
	if err != nil {
		return nil, err
	}
	s := &Server{folder: folder, options: options}
	if err := s.Restart(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	return s, nil
}

// URL is the address, for redis.ParseURL.
func (s *Server) URL() string { return "unix://" + s.socket() }

func (s *Server) socket() string { return filepath.Join(s.folder, "redis.sock") }

// Client opens a client of the server; its user closes it.
func (s *Server) Client() *redis.Client {
	return redis.NewClient(&redis.Options{Network: "unix", Addr: s.socket(), ContextTimeoutEnabled: true})
}

// Restart starts the server again, after Kill, and waits until it answers.
func (s *Server) Restart() error {
	args := append([]string{"--port", "0", "--unixsocket", s.socket(), "--unixsocketperm", "700",
		"--dir", s.folder, "--save", "", "--daemonize", "no"}, s.options...)
	s.cmd = exec.Command("redis-server", args...)
	dieWithParent(s.cmd)
	s.ended = make(chan struct{})
	if err := s.run(); err != nil {
		return err
	}
	return s.waitReady()
}

func (s *Server) waitReady() error {
	client := s.Client()
	defer client.Close()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if client.Ping(context.Background()).Err() == nil {
			return nil
		}
		select {
		case <-s.ended:
			return fmt.Errorf("redis-server ended at once: %s", s.cmd.ProcessState)
		default:
		}
	}
	return errors.New("redis-server did not answer within 10 seconds")
}

// Kill ends the server without warning, as a power cut would.
func (s *Server) Kill() error {
	err := s.cmd.Process.Kill()
	<-s.ended
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// Hang lets the server answer nobody, without refusing; Resume ends that.
func (s *Server) Hang() error { return s.cmd.Process.Signal(syscall.SIGSTOP) }

// Resume lets a server that hangs go on.
func (s *Server) Resume() error { return s.cmd.Process.Signal(syscall.SIGCONT) }

// Stop ends the server and removes its folder.
func (s *Server) Stop() error { return errors.Join(s.Kill(), os.RemoveAll(s.folder)) }
