package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/pg/pgtest"
	"meent/internal/vault"
	"meent/members"
)

// keyProgram is a program that opens no part yet.
func keyProgram(t *testing.T, environ ...string) *program {
	t.Helper()
	c, err := readConfig(environ)
	if err != nil {
		t.Fatal(err)
	}
	return &program{config: c, log: slog.New(slog.DiscardHandler), now: time.Now}
}

func TestHouseMakesItsKeyOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	ids := make([]string, 8)
	var group sync.WaitGroup
	for i := range ids {
		group.Go(func() {
			var b backends
			if err := keyProgram(t, "MEENT_DATA="+folder).openKeys(t.Context(), &b); err != nil || len(b.keys) != 1 {
				t.Errorf("openKeys gave %d keys, %v", len(b.keys), err)
				return
			}
			ids[i] = b.keys[0].ID()
		})
	}
	group.Wait()
	for _, one := range ids {
		if one != ids[0] || one == "" {
			t.Errorf("several at once have the keys %q", ids)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Fatalf("the folder holds %v, %v", entries, err)
	}
	if info, err := entries[0].Info(); err != nil || info.Mode() != 0o600 {
		t.Errorf("the key has mode %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(filepath.Join(folder, keyFile), []byte("hunter2"), 0o600); err != nil {
		t.Fatal(err)
	}
	err = keyProgram(t, "MEENT_DATA="+folder).openKeys(t.Context(), &backends{})
	if err == nil || !strings.Contains(err.Error(), "MEENT_DATA") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a broken key file gave %v", err)
	}
}

func TestCommandForADatabaseElsewhereMakesNoKey(t *testing.T) {
	folder := t.TempDir()
	p, b := keyProgram(t, "MEENT_DATA="+folder, "DATABASE_URL=postgres://db/meent"), backends{}
	p.beside = true
	if err := p.openKeys(t.Context(), &b); err != nil || len(b.keys) != 0 {
		t.Errorf("openKeys gave %d keys, %v", len(b.keys), err)
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 0 {
		t.Errorf("the folder holds %v", entries)
	}
}

func TestKeysRotate(t *testing.T) {
	db := pgtest.New(t, schemas()...)
	old, fresh := vault.Encode(vault.NewSecret()), vault.Encode(vault.NewSecret())
	confide(t, members.New(db, nil, time.Now, nil, members.Keyring(mustKeys(t, old)...)), db)
	rotate := func(keys string, args ...string) (string, error) {
		var out bytes.Buffer
		environ := []string{"DATABASE_URL=" + db.Config().ConnString(), "MEENT_DEMO=people"}
		if keys != "" {
			environ = append(environ, "MEENT_KEY="+keys)
		}
		err := run(t.Context(), append([]string{"keys"}, args...), environ, &out, io.Discard)
		return out.String(), err
	}
	if _, err := rotate(fresh); err == nil || !strings.Contains(err.Error(), "meent keys rotate") {
		t.Errorf("keys without a word gave %v", err)
	}
	if _, err := rotate("", "rotate"); err == nil || !strings.Contains(err.Error(), "MEENT_KEY") {
		t.Errorf("rotating without a key gave %v", err)
	}
	if _, err := rotate(fresh, "rotate"); err == nil || !strings.Contains(err.Error(), "other 1 is missing") {
		t.Errorf("rotating without the old key gave %v", err)
	}
	for _, want := range []string{"first key: 1.", "first key: 0."} {
		if out, err := rotate(fresh+","+old, "rotate"); err != nil || !strings.Contains(out, want) || strings.Contains(out, fresh) {
			t.Errorf("rotating gave %v and said %s", err, out)
		}
	}
}

func mustKeys(t *testing.T, text string) []vault.Key {
	t.Helper()
	keys, err := vault.ParseKeys(text)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// confide lets somebody confide a phone number.
func confide(t *testing.T, s *members.Service, db interface {
	Begin(context.Context) (pgx.Tx, error)
}) {
	t.Helper()
	err := pgx.BeginFunc(t.Context(), db, func(tx pgx.Tx) error {
		person, err := s.EnsurePersonTx(t.Context(), tx, members.NewPerson{Name: "Anna", Email: "anna@meent.example", Locale: members.Dutch})
		if err != nil {
			return err
		}
		return s.ConfideTx(t.Context(), tx, person, id.Cooperative{}, members.Phone, "06 12 34 56 78")
	})
	if err != nil {
		t.Fatal(err)
	}
}
