package id_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5/pgtype"

	"meent/internal/id"
)

type gig struct{}

func TestNewIsRandomAndParses(t *testing.T) {
	a, b := id.New[gig](nil), id.New[gig](nil)
	if a == b || a.IsZero() {
		t.Fatalf("New gave %v and %v, want two different ids", a, b)
	}
	back, err := id.Parse[gig](a.String())
	if err != nil || back != a {
		t.Errorf("Parse(%v) = %v, %v", a, back, err)
	}
}

func TestNewFollowsItsSource(t *testing.T) {
	source := bytes.Repeat([]byte{7}, 32)
	a, b := id.New[gig](bytes.NewReader(source)), id.New[gig](bytes.NewReader(source))
	if a != b {
		t.Errorf("one source gave %v and %v, want the same id", a, b)
	}
}

func TestParseAcceptsOnlyTheCanonicalForm(t *testing.T) {
	tests := []struct{ name, text string }{
		{"empty", ""},
		{"nil uuid", "00000000-0000-0000-0000-000000000000"},
		{"capitals", "6BA7B810-9DAD-41D1-80B4-00C04FD430C8"},
		{"braces", "{6ba7b810-9dad-41d1-80b4-00c04fd430c8}"},
		{"no hyphens", "6ba7b8109dad41d180b400c04fd430c8"},
		{"number", "17"},
		{"not a letter", "6ba7b810-9dad-41d1-80b4-00c04fd430c\xff"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := id.Parse[gig](tt.text); !errors.Is(err, id.ErrInvalid) {
				t.Errorf("Parse(%q) = %v, %v, want ErrInvalid", tt.text, got, err)
			}
		})
	}
}

func TestJSONKeepsTheIDAndNone(t *testing.T) {
	want := struct{ Some, None id.Of[gig] }{Some: id.New[gig](nil)}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got := want
	got.None = id.New[gig](nil)
	if err := json.Unmarshal(text, &got); err != nil || got != want {
		t.Errorf("round trip of %s gave %+v, %v", text, got, err)
	}
}

func TestDatabaseKeepsTheIDAndNone(t *testing.T) {
	types := pgtype.NewMap()
	for _, want := range []id.Of[gig]{id.New[gig](nil), {}} {
		for _, as := range []struct {
			name   string
			oid    uint32
			format int16
			size   int
		}{
			{"uuid", pgtype.UUIDOID, pgtype.BinaryFormatCode, 16},
			{"uuid as text", pgtype.UUIDOID, pgtype.TextFormatCode, 36},
			{"text", pgtype.TextOID, pgtype.BinaryFormatCode, 36},
		} {
			stored, err := types.Encode(as.oid, as.format, want, nil)
			if err != nil {
				t.Fatalf("%s: %v", as.name, err)
			}
			if size := len(stored); size != as.size && !want.IsZero() || want.IsZero() && stored != nil {
				t.Errorf("%s: %q is stored as %d bytes %q", as.name, want, size, stored)
			}
			got := id.New[gig](nil)
			if err := types.Scan(as.oid, as.format, stored, &got); err != nil || got != want {
				t.Errorf("%s: %q was read as %q, %v", as.name, want, got, err)
			}
		}
	}
}

func TestNoneIsOnlyNULL(t *testing.T) {
	got := id.New[gig](nil)
	if err := pgtype.NewMap().Scan(pgtype.UUIDOID, pgtype.BinaryFormatCode, make([]byte, 16), &got); !errors.Is(err, id.ErrInvalid) {
		t.Errorf("sixteen zeros were read as %q, %v", got, err)
	}
}

func TestListKeepsIDsAndNone(t *testing.T) {
	types, want := pgtype.NewMap(), []id.Of[gig]{id.New[gig](nil), {}, id.New[gig](nil)}
	stored, err := types.Encode(pgtype.UUIDArrayOID, pgtype.BinaryFormatCode, want, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []id.Of[gig]
	if err := types.Scan(pgtype.UUIDArrayOID, pgtype.BinaryFormatCode, stored, &got); err != nil || !slices.Equal(got, want) {
		t.Errorf("%q was read as %q, %v", want, got, err)
	}
}

func BenchmarkUUID(b *testing.B) {
	types, one := pgtype.NewMap(), id.New[gig](nil)
	var stored []byte
	for b.Loop() {
		stored, _ = types.Encode(pgtype.UUIDOID, pgtype.BinaryFormatCode, one, stored[:0])
		_ = types.Scan(pgtype.UUIDOID, pgtype.BinaryFormatCode, stored, &one)
	}
}
