package pg

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

// shared holds the folders of those whose data folder the server's user cannot enter.
const shared = "/var/lib/meent"

// reachable is the wanted folder, or one under /var/lib/meent where the
// server's user cannot enter that (a clone in /root).
func (h home) reachable(wanted string) (string, error) {
	wanted, err := filepath.Abs(wanted)
	if err != nil || h.owner == nil {
		return wanted, err
	}
	link := filepath.Join(wanted, "database")
	if folder, err := os.Readlink(link); err == nil {
		return folder, nil
	}
	if h.owner.canEnter(nearest(wanted)) {
		return wanted, nil
	}
	sum := sha256.Sum256([]byte(wanted))
	older := filepath.Join(shared, fmt.Sprintf("%x", sum[:6])) // named by its path, before there was a link
	if _, err := os.Stat(older); err == nil {
		return older, nil
	}
	return linked(link)
}

// linked makes a folder for what the wanted one cannot hold. The link to it goes where
// that goes: whoever takes the wanted folder away and makes it anew begins anew, and
// finds no database of which the key is lost.
func linked(link string) (folder string, err error) {
	if err := errors.Join(os.MkdirAll(shared, 0o755), os.MkdirAll(filepath.Dir(link), 0o700)); err != nil {
		return "", err
	}
	if folder, err = os.MkdirTemp(shared, ""); err != nil {
		return "", err
	}
	if err = os.Symlink(folder, link); err == nil {
		return folder, nil
	}
	_ = os.Remove(folder) // it is empty
	if errors.Is(err, os.ErrExist) {
		return os.Readlink(link) // of two at once the other was first
	}
	return "", err
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
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil { // it must pass through these
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		return err
	}
	return h.owner.own(folder)
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

// cause takes the operating system's own words out of a path error.
func cause(err error) error {
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
