package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"meent/internal/vault"
)

// keyFile is the key of a house on this machine, in the data folder.
const keyFile = "key"

// openKeys takes the keys of MEENT_KEY, or those in the data folder. A command
// for a database elsewhere makes none: it would be the wrong one.
func (p *program) openKeys(_ context.Context, b *backends) (err error) {
	if p.config.Keys != "" {
		b.keys = p.config.keys
		p.log.Info("keys", "part", "real", "from", "MEENT_KEY")
		return nil
	}
	if p.beside && p.config.DatabaseURL != "" {
		return nil
	}
	path := filepath.Join(p.config.Data, keyFile)
	if b.keys, err = readKeyFile(path); errors.Is(err, os.ErrNotExist) {
		b.keys, err = makeKeyFile(path)
	}
	p.log.Info("keys", "part", "in the data folder")
	return err
}

func readKeyFile(path string) ([]vault.Key, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	keys, err := vault.ParseKeys(string(text))
	if err != nil {
		return nil, fmt.Errorf("MEENT_DATA: the file %q there holds no keys: put back the one that was there", keyFile)
	}
	return keys, nil
}

// makeKeyFile writes a new key whole or not at all; of two programs at once one
// wins, and both read what it wrote.
func makeKeyFile(path string) ([]vault.Key, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("MEENT_DATA: cannot make the folder of the key: %w", err)
	}
	file, err := os.CreateTemp(filepath.Dir(path), keyFile+"-*") // mode 0600
	if err != nil {
		return nil, fmt.Errorf("MEENT_DATA: cannot write the key: %w", err)
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(vault.Encode(vault.NewSecret()) + "\n")
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, fmt.Errorf("MEENT_DATA: cannot write the key: %w", err)
	}
	if err := os.Link(file.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("MEENT_DATA: cannot keep the key: %w", err)
	}
	return readKeyFile(path)
}

const keysUsage = "say what to do: meent keys rotate"

// rotateKeys is `meent keys rotate`: it may be stopped and run again.
func (p *program) rotateKeys(ctx context.Context) error {
	if len(p.args) != 1 || p.args[0] != "rotate" {
		return errors.New(keysUsage)
	}
	return p.withServices(ctx, func(b *backends, s *services) error {
		if len(b.keys) == 0 {
			return errors.New("MEENT_KEY is missing: the new key, a comma, and the key that sealed until now")
		}
		done, err := s.members.RotateKeys(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Sealed anew with the first key: %d.\n", done.Wrapped)
		if done.Marked > 0 {
			fmt.Fprintf(p.out, "Numbers that are found by it: %d.\n", done.Marked)
		}
		if done.Closed > 0 {
			return fmt.Errorf("MEENT_KEY opens not all: the key that sealed the other %d is missing there", done.Closed)
		}
		_, err = fmt.Fprintln(p.out, "Keys that stand after it are not needed any more.")
		return err
	})
}
