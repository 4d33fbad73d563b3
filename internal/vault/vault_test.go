package vault_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"meent/internal/vault"
)

func newKey(t *testing.T) vault.Key {
	t.Helper()
	key, err := vault.NewKey(vault.NewSecret())
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestWhatIsSealedOpens(t *testing.T) {
	key := newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		about := rapid.SliceOf(rapid.String()).Draw(t, "about")
		sealed := key.Seal(plain, about...)
		got, err := key.Open(sealed, about...)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("Open gave %q, %v, want %q", got, err, plain)
		}
		if bytes.Equal(sealed, key.Seal(plain, about...)) {
			t.Fatal("the same text was sealed twice with one nonce")
		}
	})
}

func TestEveryChangedBitIsSeen(t *testing.T) {
	key := newKey(t)
	sealed := key.Seal([]byte("06 12 34 56 78"), "anna", "phone")
	for i := range len(sealed) * 8 {
		changed := bytes.Clone(sealed)
		changed[i/8] ^= 1 << (i % 8)
		if _, err := key.Open(changed, "anna", "phone"); !errors.Is(err, vault.ErrSealed) {
			t.Fatalf("bit %d was changed and Open gave %v", i, err)
		}
	}
	for n := range sealed {
		if _, err := key.Open(sealed[:n], "anna", "phone"); !errors.Is(err, vault.ErrSealed) {
			t.Fatalf("%d bytes of %d opened: %v", n, len(sealed), err)
		}
	}
}

func TestSealedTextStaysInItsPlace(t *testing.T) {
	key := newKey(t)
	sealed := key.Seal([]byte("x"), "anna", "phone")
	for _, about := range [][]string{{"bea", "phone"}, {"anna", "note"}, {"annaphone"}, {"annap", "hone"}, {"anna"}, {"anna", "phone", ""}, nil} {
		if _, err := key.Open(sealed, about...); !errors.Is(err, vault.ErrSealed) {
			t.Errorf("Open about %q gave %v", about, err)
		}
	}
	if _, err := newKey(t).Open(sealed, "anna", "phone"); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("another key gave %v", err)
	}
}

func TestParseKeys(t *testing.T) {
	first, second := vault.NewSecret(), vault.NewSecret()
	keys, err := vault.ParseKeys(vault.Encode(first) + " , " + vault.Encode(second))
	if err != nil || len(keys) != 2 {
		t.Fatalf("ParseKeys gave %d keys, %v", len(keys), err)
	}
	for i, secret := range [][]byte{first, second} {
		key, err := vault.NewKey(secret)
		if err != nil || key.ID() != keys[i].ID() || len(key.ID()) != 16 {
			t.Errorf("key %d is %q, %v, want %q", i, keys[i].ID(), err, key.ID())
		}
	}
	if other, err := vault.ParseKeys(hex.EncodeToString(first)); err != nil || other[0].ID() != keys[0].ID() {
		t.Errorf("as hexadecimal digits: %v", err)
	}
	for name, text := range map[string]string{
		"nothing": "", "a comma": vault.Encode(first) + ",", "too short": vault.Encode(first[:31]), "too long": vault.Encode(append(first, 0)),
		"no base64": strings.Repeat("?", 44), "a word": "hunter2",
	} {
		if _, err := vault.ParseKeys(text); err == nil || text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("%s: ParseKeys gave %v", name, err)
		}
	}
}

func TestMark(t *testing.T) {
	a, b := newKey(t), newKey(t)
	one := a.Mark("+31612345678", "phone")
	if len(one) != vault.Size || !bytes.Equal(one, a.Mark("+31612345678", "phone")) {
		t.Error("the same text has two marks")
	}
	for name, other := range map[string][]byte{
		"another text":  a.Mark("+31612345679", "phone"),
		"another thing": a.Mark("+31612345678", "fax"),
		"another key":   b.Mark("+31612345678", "phone"),
		"a moved end":   a.Mark("+3161234567", "8phone"),
	} {
		if bytes.Equal(one, other) {
			t.Errorf("%s has the same mark", name)
		}
	}
}
