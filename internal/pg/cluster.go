package pg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// ensureCluster runs initdb the first time. The cluster gets its name last, so
// that one which was cut off is made anew.
func (h home) ensureCluster(ctx context.Context, c ServerConfig) error {
	if _, err := os.Stat(filepath.Join(h.cluster(), "PG_VERSION")); err == nil {
		return nil
	}
	if c.Log != nil {
		c.Log.Info("making a new database", "folder", h.dir)
	}
	h.removeHalfMade()
	half, err := os.MkdirTemp(h.dir, halfMade)
	if err != nil {
		return err
	}
	if err := h.owner.own(half); err != nil {
		return err
	}
	if err := h.initdb(ctx, half, c.Fleeting); err != nil {
		return err
	}
	if err := os.Rename(half, h.cluster()); err != nil {
		return err
	}
	h.removeHalfMade()
	return syncFolder(h.dir)
}

// halfMade names a cluster in the making. Each has a name of its own, because
// the initdb of a killed program may go on for a moment.
const halfMade = "postgres.new-*"

// removeHalfMade is tried before and after: that moment's files may come late.
func (h home) removeHalfMade() {
	left, _ := filepath.Glob(filepath.Join(h.dir, halfMade))
	for _, folder := range left {
		_ = os.RemoveAll(folder)
	}
}

// syncFolder keeps a new name in it through a power cut.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (h home) initdb(ctx context.Context, folder string, fleeting bool) error {
	args := []string{"-D", folder, "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"}
	if fleeting {
		args = append(args, "--no-sync")
	}
	out, err := h.command(ctx, "initdb", args...).CombinedOutput()
	if err != nil && bytes.Contains(out, []byte("invalid locale")) { // macOS has no C.UTF-8 by that name
		args[8] = "--locale=C"
		out, err = h.command(ctx, "initdb", args...).CombinedOutput()
	}
	if err != nil {
		return fmt.Errorf("initdb could not make the database in %s: %s", h.dir, lastWords(string(out)))
	}
	return nil
}

// command runs one of Postgres' programs as the server's user.
func (h home) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(h.binaries, name), args...)
	cmd.Dir = h.dir // the working folder of root is closed to others
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	h.owner.runAs(cmd)
	return cmd
}

// findBinaries prefers the version that made the cluster: Postgres reads no other.
func (h home) findBinaries(named string) (string, int, error) {
	text, err := os.ReadFile(filepath.Join(h.cluster(), "PG_VERSION"))
	if err != nil {
		return findBinaries(named)
	}
	made, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	if named == "" {
		for _, folder := range candidates() {
			if major, err := majorVersion(folder); err == nil && major == made {
				return folder, major, nil
			}
		}
	}
	folder, major, err := findBinaries(named)
	if err == nil && major != made {
		err = h.otherVersion(made, major)
	}
	return folder, major, err
}

func (h home) otherVersion(made, have int) error {
	err := fmt.Errorf("the data folder %s was made by Postgres %d and this machine has %d; install that version or set MEENT_DATA to another folder", h.dir, made, have)
	if made > have {
		return newerData{err}
	}
	return err
}

// newerData says more than ErrNewerData and is it.
type newerData struct{ error }

func (newerData) Is(target error) bool { return target == ErrNewerData }

// lastWords is the last thing that the server said before it ended.
func (h home) lastWords() string {
	text, err := os.ReadFile(h.logFile())
	if err != nil {
		return err.Error()
	}
	if h.diskIsFull() { // then it could not even write that down
		return diskFull
	}
	return lastWords(string(text))
}

func (h home) diskIsFull() bool {
	var disk syscall.Statfs_t
	err := syscall.Statfs(h.dir, &disk)
	return err == nil && disk.Bavail*uint64(disk.Bsize) < 1<<20
}

const diskFull = "the disk is full"

// lastWords picks the line that tells why: the last with an error in it, unless
// the disk is full, which brings many.
func lastWords(text string) string {
	if strings.Contains(text, "No space left on device") {
		return diskFull
	}
	last := "it gave no reason"
	for line := range strings.Lines(text) {
		if strings.Contains(line, "FATAL") || strings.Contains(line, "PANIC") || strings.Contains(line, "error") || strings.Contains(line, "could not") {
			last = strings.TrimSpace(line)
		}
	}
	return last
}
