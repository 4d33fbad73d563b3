package members_test

import (
	"bytes"
	"encoding/base64"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"meent/internal/tasks"
	"meent/members"
)

// TestNoProgramIsQuick: what makes tests quick would make codes easy to guess for
// whoever holds the database, so nothing but tests asks for it.
func TestNoProgramIsQuick(t *testing.T) {
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || path == "members/hasher.go" {
			return err
		}
		text, err := os.ReadFile("../" + path)
		if bytes.Contains(text, []byte("QuickCodes")) {
			t.Errorf("%s asks for quick codes", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestCodesAreKeptSafe: as programs keep them, a code is hashed by argon2id with
// 19 MiB in two passes.
func TestCodesAreKeptSafe(t *testing.T) {
	h := newHouse(t)
	h.Service = members.New(h.db, tasks.New(h.db, tasks.Config{}), func() time.Time { return h.now }, nil)
	h.person(email)
	code := h.issue(email).Code
	var stored string
	if err := h.db.QueryRow(t.Context(), `SELECT code_hash FROM members.sign_in`).Scan(&stored); err != nil {
		t.Fatal(err)
	}
	saltText, sum, _ := strings.Cut(stored, "$")
	salt, err := base64.RawStdEncoding.DecodeString(saltText)
	if err != nil || len(salt) != 16 {
		t.Fatalf("the salt of %s has %d bytes, %v", stored, len(salt), err)
	}
	if want := base64.RawStdEncoding.EncodeToString(argon2.IDKey([]byte(code), salt, 2, 19*1024, 1, 32)); sum != want {
		t.Errorf("the code is kept as %s, want %s", sum, want)
	}
	if err := useCode(h, code, browser); err != nil {
		t.Errorf("the right code gave %v", err)
	}
}
