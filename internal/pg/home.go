package pg

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// home is the data folder of a private server, and the user who owns it.
//
//	<dir>/lock       held while a program uses the folder
//	<dir>/postgres/  the cluster, made by initdb
//	<dir>/run/       the socket
//	<dir>/log        what the server said since its last start
type home struct {
	dir      string
	binaries string
	major    int
	owner    *owner // nil: this process' own user
}

func (h home) cluster() string   { return filepath.Join(h.dir, "postgres") }
func (h home) runFolder() string { return filepath.Join(h.dir, "run") }
func (h home) logFile() string   { return filepath.Join(h.dir, "log") }

// openHome finds the binaries, the owner and the folder, and makes the folder.
func openHome(c ServerConfig) (h home, err error) {
	if h.owner, err = findOwner(); err != nil {
		return h, err
	}
	if h.dir, err = h.reachable(c.Dir); err != nil {
		return h, err
	}
	if h.dir != c.Dir && c.Log != nil {
		c.Log.Info("the server's user cannot enter the data folder, so data lie elsewhere", "folder", h.dir)
	}
	if err := h.mkdir(h.dir); err != nil {
		return h, fmt.Errorf("cannot make the data folder %s: %w", h.dir, cause(err))
	}
	if h.dir, err = filepath.EvalSymlinks(h.dir); err != nil { // as the system names it, see isServerOf
		return h, err
	}
	h.binaries, h.major, err = h.findBinaries(c.Binaries)
	return h, err
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
		err = fmt.Errorf("the data folder %s was made by Postgres %d and this machine has %d; install that version or set MEENT_DATA to another folder", h.dir, made, major)
	}
	return folder, major, err
}

// reachable is the wanted folder, or one under /var/lib/meent where the
// server's user cannot enter that (a clone in /root).
func (h home) reachable(wanted string) (string, error) {
	wanted, err := filepath.Abs(wanted)
	if err != nil || h.owner == nil || h.owner.canEnter(nearest(wanted)) {
		return wanted, err
	}
	const shared = "/var/lib/meent"
	if err := os.MkdirAll(shared, 0o755); err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(wanted))
	return filepath.Join(shared, fmt.Sprintf("%x", sum[:6])), nil
}

// nearest is the folder, or its nearest parent that exists.
func nearest(folder string) string {
	for {
		if _, err := os.Stat(folder); err == nil || folder == filepath.Dir(folder) {
			return folder
		}
		folder = filepath.Dir(folder)
	}
}

// mkdir makes a private folder that belongs to the server's user.
func (h home) mkdir(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		return err
	}
	return h.owner.own(folder)
}

// ensureCluster runs initdb the first time. The cluster gets its name last, so
// that one which was cut off is made anew.
func (h home) ensureCluster(ctx context.Context, c ServerConfig) error {
	if _, err := os.Stat(filepath.Join(h.cluster(), "PG_VERSION")); err == nil {
		return nil
	}
	if c.Log != nil {
		c.Log.Info("making a new database", "folder", h.dir)
	}
	half := h.cluster() + ".new"
	if err := os.RemoveAll(half); err != nil {
		return err
	}
	if err := h.initdb(ctx, half, c.Fleeting); err != nil {
		return err
	}
	return os.Rename(half, h.cluster())
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

// socketFolder is in the data folder, or in a temporary one where that path is
// too long for a Unix socket (104 bytes on macOS).
func (h home) socketFolder() (string, error) {
	folder := h.runFolder()
	if len(filepath.Join(folder, socketFile+".lock")) > 100 {
		short, err := os.MkdirTemp("/tmp", "meent-")
		if err != nil {
			return "", err
		}
		folder = short
	}
	return folder, h.mkdir(folder)
}

// lastWords is the last thing that the server said before it ended.
func (h home) lastWords() string {
	text, err := os.ReadFile(h.logFile())
	if err != nil {
		return err.Error()
	}
	return lastWords(string(text))
}

// lastWords picks the line that tells why: the last with an error in it.
func lastWords(text string) string {
	last := "it gave no reason"
	for line := range strings.Lines(text) {
		if strings.Contains(line, "FATAL") || strings.Contains(line, "PANIC") || strings.Contains(line, "error") || strings.Contains(line, "could not") {
			last = strings.TrimSpace(line)
		}
	}
	return last
}

// cause takes the operating system's own words out of a path error.
func cause(err error) error {
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
