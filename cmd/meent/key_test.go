package main

import (
	"bytes"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestKeyOfTheDataFolder(t *testing.T) {
	p := &program{front: &net.TCPAddr{}, log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	p.config.Data = filepath.Join(t.TempDir(), "data")
	open := func(p *program) []byte {
		t.Helper()
		b := &backends{}
		if err := p.openKey(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		return b.key
	}
	beside := *p
	beside.front = nil
	if open(&beside) != nil {
		t.Error("a command beside the house made a key")
	}
	keys := make([][]byte, 5)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() { keys[i] = open(p) })
	}
	all.Wait()
	for _, key := range append(keys, open(&beside)) {
		if len(key) != 32 || !bytes.Equal(key, keys[0]) {
			t.Errorf("the keys differ: %d bytes", len(key))
		}
	}
	path := filepath.Join(p.config.Data, "key")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(p.config.Data, "*")); len(left) != 1 {
		t.Errorf("left over: %v", left)
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.openKey(t.Context(), &backends{}); err == nil {
		t.Error("a broken key was taken")
	}
}
