// Package vault seals what nobody may read without a key. A sealed text is
// bound to what it is about: put in another place, or changed by one bit, it
// does not open.
//
// Keys are secrets of 32 random bytes for AES-256-GCM. Every nonce and every
// new secret comes from the system's secure source and from nowhere else: one
// that is drawn twice would give both texts away.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strings"
)

// ErrSealed is returned for what this key does not open here.
var ErrSealed = errors.New("vault: does not open")

// Size is how many bytes a secret has.
const Size = 32

// version stands before each sealed text, so that another way can follow.
const version = 1

// Key seals, opens and marks. It never shows its secret.
type Key struct {
	id    string
	aead  cipher.AEAD
	marks [Size]byte // a secret of its own, for Mark
}

// NewKey makes a key of a secret of Size bytes.
func NewKey(secret []byte) (Key, error) {
	if len(secret) != Size {
		return Key{}, errors.New("vault: a key has 32 bytes")
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return Key{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return Key{}, err
	}
	sum := sha256.Sum256(append([]byte("meent: which key\x00"), secret...))
	marks, err := hkdf.Key(sha256.New, secret, nil, "meent: marks", Size)
	if err != nil {
		return Key{}, err
	}
	return Key{id: hex.EncodeToString(sum[:8]), aead: aead, marks: [Size]byte(marks)}, nil
}

// NewSecret draws the secret of a new key.
func NewSecret() []byte {
	secret := make([]byte, Size)
	_, _ = rand.Read(secret) // never fails: see crypto/rand
	return secret
}

// Encode writes a secret as ParseKeys reads it.
func Encode(secret []byte) string { return base64.StdEncoding.EncodeToString(secret) }

// ParseKeys reads one or several keys, commas between: 32 bytes each, in base64
// or as 64 hexadecimal digits. Errors never show what stands there.
func ParseKeys(text string) (keys []Key, err error) {
	for part := range strings.SplitSeq(text, ",") {
		secret, ok := parseSecret(strings.TrimSpace(part))
		if !ok {
			return nil, errors.New("vault: a key must be 32 bytes, in base64 or as hexadecimal digits")
		}
		key, err := NewKey(secret)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// parseSecret tells the two ways of writing by their lengths: 44 and 64.
func parseSecret(text string) (secret []byte, ok bool) {
	secret, err := base64.StdEncoding.DecodeString(text)
	if len(text) == 2*Size {
		secret, err = hex.DecodeString(text)
	}
	return secret, err == nil && len(secret) == Size
}

// ID names the key without telling anything of it.
func (k Key) ID() string { return k.id }

// Seal gives what only this key opens, and only about the same.
func (k Key) Seal(plain []byte, about ...string) []byte {
	return k.aead.Seal([]byte{version}, nil, plain, bound(about))
}

// Open gives back what was sealed. It returns ErrSealed.
func (k Key) Open(sealed []byte, about ...string) ([]byte, error) {
	if len(sealed) == 0 || sealed[0] != version {
		return nil, ErrSealed
	}
	plain, err := k.aead.Open(nil, nil, sealed[1:], bound(about))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// Mark gives 32 bytes that are always the same for a text about the same, and
// tell nothing to who lacks the key: by it a text is found that is kept sealed.
func (k Key) Mark(text string, about ...string) []byte {
	mac := hmac.New(sha256.New, k.marks[:])
	mac.Write(bound(append([]string{text}, about...)))
	return mac.Sum(nil)
}

// bound writes the parts with their lengths, so that no two lists look alike.
func bound(about []string) (data []byte) {
	for _, part := range about {
		data = binary.AppendUvarint(data, uint64(len(part)))
		data = append(data, part...)
	}
	return data
}
