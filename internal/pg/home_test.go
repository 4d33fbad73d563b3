package pg_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"meent/internal/pg"
)

func TestHalfMadeClusterIsMadeAnew(t *testing.T) {
	c := pg.ServerConfig{Dir: dataFolder(t)}
	start(t, c).Stop()
	whole := filepath.Join(c.Dir, "postgres")
	if err := os.Rename(whole, whole+".new-1"); err != nil { // as a killed initdb leaves it
		t.Fatal(err)
	}
	ask(t, start(t, c).URL(), `SELECT 'here'`)
	if _, err := os.Stat(whole + ".new-1"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the half-made cluster is left: %v", err)
	}
}

func TestFolderOfAnotherVersionIsOneSentence(t *testing.T) {
	c := pg.ServerConfig{Dir: dataFolder(t)}
	start(t, c).Stop()
	if err := os.WriteFile(filepath.Join(c.Dir, "postgres", "PG_VERSION"), []byte("99\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := pg.StartServer(t.Context(), c)
	if !errors.Is(err, pg.ErrNewerData) || !strings.Contains(err.Error(), "made by Postgres 99") || strings.Contains(err.Error(), "\n") {
		t.Errorf("StartServer gave %v", err)
	}
}

func TestMissingParentsOfTheFolderAreMade(t *testing.T) {
	server := start(t, pg.ServerConfig{Dir: filepath.Join(dataFolder(t), "deep", "down")})
	ask(t, server.URL(), `SELECT 'here'`)
}

func TestFullDiskIsOneSentence(t *testing.T) {
	small := smallDisk(t, "8m")
	_, err := pg.StartServer(t.Context(), pg.ServerConfig{Dir: filepath.Join(small, "data")})
	if err == nil || !strings.Contains(err.Error(), "the disk is full") || strings.Contains(err.Error(), "\n") {
		t.Errorf("StartServer gave %v", err)
	}
}

// TestDiskThatFilledUpIsOneSentence: the server cannot even write why.
func TestDiskThatFilledUpIsOneSentence(t *testing.T) {
	small := smallDisk(t, "120m")
	c := pg.ServerConfig{Dir: filepath.Join(small, "data")}
	start(t, c).Stop()
	if err := os.WriteFile(filepath.Join(small, "rest"), make([]byte, 120<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("filling the disk gave %v", err)
	}
	_, err := pg.StartServer(t.Context(), c)
	if err == nil || !strings.Contains(err.Error(), "the disk is full") || strings.Contains(err.Error(), "\n") {
		t.Errorf("StartServer gave %v", err)
	}
}

// smallDisk mounts a disk of this size in memory.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	folder := dataFolder(t)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "mode=755,size="+size, "meent", folder).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be made here: %s", out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", folder).Run() })
	return folder
}

func TestNoBinariesIsOneSentence(t *testing.T) {
	_, err := pg.StartServer(t.Context(), pg.ServerConfig{Dir: dataFolder(t), Binaries: t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), "PG_BIN") {
		t.Errorf("StartServer gave %v, want a sentence that names PG_BIN", err)
	}
	if !strings.Contains(pg.ErrNoBinaries.Error(), "apt install") {
		t.Errorf("ErrNoBinaries does not say how to install: %v", pg.ErrNoBinaries)
	}
}

func TestRootMovesOutOfAClosedFolder(t *testing.T) {
	data := closedFolder(t)
	server := start(t, pg.ServerConfig{Dir: data})
	t.Cleanup(func() { server.Stop(); os.RemoveAll(server.Dir()) })
	if !strings.HasPrefix(server.Dir(), "/var/lib/meent/") {
		t.Errorf("the data lie in %s", server.Dir())
	}
	if got := ask(t, server.URL(), `SELECT 'here'`); got != "here" {
		t.Error(got)
	}
}

// TestClosedFolderMadeAnew: what lies elsewhere goes where the folder goes that it is of,
// and is not found by another at the same place.
func TestClosedFolderMadeAnew(t *testing.T) {
	data := closedFolder(t)
	lies := func(dir string) string {
		server := start(t, pg.ServerConfig{Dir: dir})
		t.Cleanup(func() { os.RemoveAll(server.Dir()) })
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}
		return server.Dir()
	}
	first := lies(data)
	if again := lies(data); again != first {
		t.Errorf("the second start lies in %s, the first in %s", again, first)
	}
	if err := os.Rename(data, data+"-moved"); err != nil {
		t.Fatal(err)
	}
	if moved := lies(data + "-moved"); moved != first {
		t.Errorf("moved it lies in %s, before in %s", moved, first)
	}
	if anew := lies(data); anew == first {
		t.Errorf("a new folder found what is of another: %s", anew)
	}
}

// closedFolder is one that the server's user cannot enter.
func closedFolder(t *testing.T) string {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root has folders that the server's user cannot enter")
	}
	closed := t.TempDir()
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(closed, "data")
}
