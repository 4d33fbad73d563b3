package pg

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// minMajor is the oldest Postgres that Meent runs on.
const minMajor = 15

// ErrNoBinaries is returned when Postgres is not installed on this machine.
var ErrNoBinaries = fmt.Errorf("no Postgres %d or newer found on this machine: `apt install postgresql` or `brew install postgresql@16` installs it, PG_BIN names its folder, DATABASE_URL a running server", minMajor)

// findBinaries gives the folder with initdb and postgres of the newest version:
// the named one, or the first that is new enough of PATH, Debian's folders and
// Homebrew's.
func findBinaries(named string) (folder string, major int, err error) {
	if named != "" {
		major, err := majorVersion(named)
		if err != nil {
			return "", 0, errors.New("PG_BIN is not a folder with Postgres' own programs in it")
		}
		if major < minMajor {
			return "", 0, ErrNoBinaries
		}
		return named, major, nil
	}
	for _, folder := range candidates() {
		if major, err := majorVersion(folder); err == nil && major >= minMajor {
			return folder, major, nil
		}
	}
	return "", 0, ErrNoBinaries
}

func candidates() (folders []string) {
	if path, err := exec.LookPath("postgres"); err == nil {
		folders = append(folders, filepath.Dir(path))
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin",
		"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin", "/opt/homebrew/bin",
	} {
		found, _ := filepath.Glob(pattern)
		sort.Sort(sort.Reverse(sort.StringSlice(found)))
		folders = append(folders, found...)
	}
	return folders
}

// majorVersion asks the server program in the folder: "postgres (PostgreSQL) 15.18 …".
func majorVersion(folder string) (int, error) {
	if _, err := os.Stat(filepath.Join(folder, "initdb")); err != nil {
		return 0, err
	}
	out, err := exec.Command(filepath.Join(folder, "postgres"), "--version").Output()
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(out))
	if len(fields) < 3 {
		return 0, fmt.Errorf("cannot read the version %q", out)
	}
	digits, _, _ := strings.Cut(fields[2], ".")
	return strconv.Atoi(digits)
}
