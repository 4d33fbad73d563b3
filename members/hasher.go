package members

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
)

// hasher keeps six-digit codes safe at rest with argon2id (19 MiB, two passes,
// one lane: OWASP's second choice of parameters). Only two run at once, so that
// a flood of sign-ins cannot eat the memory.
type hasher struct {
	seats  chan struct{}
	memory uint32 // KiB
}

func newHasher() *hasher { return &hasher{seats: make(chan struct{}, 2), memory: 19 * 1024} }

// QuickCodes is for tests of other things than how codes are kept: they are hashed
// in no time, and kept badly. No program may ask for it.
func QuickCodes() Option { return func(s *Service) { s.hasher.memory = 8 } }

func (h *hasher) hash(ctx context.Context, code string, random io.Reader) (string, error) {
	salt := make([]byte, 16)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", err
	}
	sum, err := h.derive(ctx, code, salt)
	text := base64.RawStdEncoding
	return text.EncodeToString(salt) + "$" + text.EncodeToString(sum), err
}

func (h *hasher) matches(ctx context.Context, code, stored string) (bool, error) {
	saltText, sumText, ok := strings.Cut(stored, "$")
	if !ok {
		return false, nil // there is no code
	}
	salt, err := base64.RawStdEncoding.DecodeString(saltText)
	if err != nil {
		return false, err
	}
	sum, err := h.derive(ctx, code, salt)
	got := base64.RawStdEncoding.EncodeToString(sum)
	return err == nil && subtle.ConstantTimeCompare([]byte(got), []byte(sumText)) == 1, err
}

func (h *hasher) derive(ctx context.Context, code string, salt []byte) ([]byte, error) {
	select {
	case h.seats <- struct{}{}:
		defer func() { <-h.seats }()
		return argon2.IDKey([]byte(code), salt, 2, h.memory, 1, 32), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
