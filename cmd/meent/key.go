package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"meent/members"
)

// openKey takes the key of MEENT_KEY, or the one in the data folder, which is
// made the first time that the whole house runs. Other commands make none.
func (p *program) openKey(_ context.Context, b *backends) (err error) {
	if b.key = p.config.key; b.key != nil {
		p.log.Info("key", "part", "real", "from", "MEENT_KEY")
		return nil
	}
	path := filepath.Join(p.config.Data, "key")
	b.key, err = readKey(path)
	if errors.Is(err, fs.ErrNotExist) && p.front == nil {
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		b.key, err = makeKey(path)
	}
	if err != nil {
		return fmt.Errorf("MEENT_DATA: the key cannot be read or made: %w", err)
	}
	p.log.Info("key", "part", "data folder", "file", path)
	return nil
}

func readKey(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != members.KeySize {
		return nil, fmt.Errorf("%s does not hold 64 hexadecimal digits", path)
	}
	return key, nil
}

// makeKey writes a new key whole, for its owner alone. Of several that make one
// at the same time, one wins and all read that.
func makeKey(path string) ([]byte, error) {
	key := make([]byte, members.KeySize)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), "key-*") // 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(draft.Name())
	_, err = draft.WriteString(hex.EncodeToString(key) + "\n")
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(draft.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return readKey(path)
}
