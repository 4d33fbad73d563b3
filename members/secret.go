package members

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"io"
)

// KeySize is the size of the key that seals secrets in the database.
const KeySize = 32

// SealedWith lets secrets be kept, under this key. Without it, and with another
// key than the one they were sealed with, they cannot be read.
func SealedWith(key [KeySize]byte) Option {
	return func(s *Service) {
		block, err := aes.NewCipher(key[:])
		if err != nil {
			panic(err) // the size is right
		}
		gcm, err := cipher.NewGCM(block)
		if err != nil {
			panic(err) // and so is the block
		}
		s.seals = &sealer{gcm: gcm}
	}
}

var errSealed = errors.New("members: a secret cannot be read: it is sealed with another key, or not this person's")

// sealer is AES-256-GCM: a random nonce, then the secret with its proof. What is
// sealed for one person opens for nobody else.
type sealer struct{ gcm cipher.AEAD }

// seal makes a secret fit for the database. It returns ErrNoKey without a key.
func (s *Service) seal(person PersonID, secret []byte) ([]byte, error) {
	if s.seals == nil {
		return nil, ErrNoKey
	}
	nonce := make([]byte, s.seals.gcm.NonceSize())
	if _, err := io.ReadFull(s.source(), nonce); err != nil {
		return nil, err
	}
	return s.seals.gcm.Seal(nonce, nonce, secret, person[:]), nil
}

// unseal reads what seal made for this person.
func (s *Service) unseal(person PersonID, sealed []byte) ([]byte, error) {
	if s.seals == nil {
		return nil, ErrNoKey
	}
	size := s.seals.gcm.NonceSize()
	if len(sealed) < size {
		return nil, errSealed
	}
	secret, err := s.seals.gcm.Open(nil, sealed[:size], sealed[size:], person[:])
	if err != nil {
		return nil, errSealed
	}
	return secret, nil
}
