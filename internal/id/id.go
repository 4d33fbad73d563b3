// Package id makes and reads the identifiers that stand in addresses and rows.
//
// An identifier is 122 random bits in the shape of a version 4 UUID (RFC 9562):
// it cannot be guessed, counts nothing and tells no time. Each noun has a type
// of its own, so that a gig's id cannot be passed where a person's is asked:
//
//	type GigID = id.Of[Gig]
package id

import (
	"crypto/rand"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
)

// ErrInvalid is returned for a text that is not an identifier.
var ErrInvalid = errors.New("id: not an identifier")

// Of is the identifier of one Noun. The zero value stands for "none".
type Of[Noun any] [16]byte

// Cooperative identifies the tenant. It stands in every row that belongs to
// one, so packages that know nothing else of cooperatives know this name.
type Cooperative = Of[cooperative]

type cooperative struct{}

// NewCooperative draws a cooperative's identifier from random, as New does.
func NewCooperative(random io.Reader) Cooperative { return New[cooperative](random) }

// New draws an identifier from random; nil means the system's secure source.
// It panics when the source fails, because nothing sensible can follow.
func New[Noun any](random io.Reader) Of[Noun] {
	if random == nil {
		random = rand.Reader
	}
	return Of[Noun](uuid.Must(uuid.NewRandomFromReader(random)))
}

// Parse reads the canonical form, 36 characters, and nothing else: one
// identifier has one address. It returns ErrInvalid for everything else.
func Parse[Noun any](text string) (Of[Noun], error) {
	u, err := uuid.Parse(text)
	if err != nil || u.String() != text || u == uuid.Nil {
		return Of[Noun]{}, ErrInvalid
	}
	return Of[Noun](u), nil
}

// IsZero reports whether the identifier stands for "none".
func (i Of[Noun]) IsZero() bool { return i == Of[Noun]{} }

// String gives the canonical form, and nothing for "none".
func (i Of[Noun]) String() string {
	if i.IsZero() {
		return ""
	}
	return uuid.UUID(i).String()
}

// MarshalText writes the canonical form.
func (i Of[Noun]) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads the canonical form; an empty text is "none".
func (i *Of[Noun]) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*i = Of[Noun]{}
		return nil
	}
	parsed, err := Parse[Noun](string(text))
	*i = parsed
	return err
}

// UUIDValue stores "none" as NULL and everything else in a uuid column: as it lies in
// memory, where Value writes a text that is read again.
func (i Of[Noun]) UUIDValue() (pgtype.UUID, error) {
	return pgtype.UUID{Bytes: i, Valid: !i.IsZero()}, nil
}

// ScanUUID reads a uuid column; NULL becomes "none", and none but NULL does.
func (i *Of[Noun]) ScanUUID(v pgtype.UUID) error {
	if v.Valid && v.Bytes == uuid.Nil {
		return ErrInvalid
	}
	*i = v.Bytes
	return nil
}

// Value stores "none" as NULL and everything else as text, wherever no uuid is asked.
func (i Of[Noun]) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil
	}
	return i.String(), nil
}

// Scan reads a column of text; NULL becomes "none".
func (i *Of[Noun]) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*i = Of[Noun]{}
		return nil
	case string:
		return i.UnmarshalText([]byte(v))
	case []byte:
		return i.UnmarshalText(v)
	default:
		return fmt.Errorf("id: cannot read a %T", value)
	}
}
