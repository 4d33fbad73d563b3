package main

import (
	"crypto/rand"
	"strings"
	"testing"

	gofrs "github.com/gofrs/uuid/v5"
	google "github.com/google/uuid"
	"pgregory.net/rapid"

	"meent/internal/id"
)

type gig struct{}

// TestIDsReadWhatPeersPrint: of the spellings that google/uuid reads as one
// identifier, Meent reads the one that both peers print, and no other.
func TestIDsReadWhatPeersPrint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.Custom(drawBytes).Draw(t, "bytes")
		printed := gofrs.UUID(raw).String()
		if got, err := id.Parse[gig](printed); err != nil || got != raw {
			t.Fatalf("Meent reads %s as %v (%v)", printed, got, err)
		}
		for _, spelling := range otherSpellings(printed) {
			if peer, err := google.Parse(spelling); err != nil || peer != raw {
				t.Fatalf("google/uuid reads %s as %v (%v)", spelling, peer, err)
			}
			if _, err := id.Parse[gig](spelling); err == nil {
				t.Fatalf("Meent reads %s", spelling)
			}
		}
	})
}

// TestPeersReadNewIDs: both peers see a version 4 of RFC 9562.
func TestPeersReadNewIDs(t *testing.T) {
	for range 1000 {
		text := id.New[gig](rand.Reader).String()
		a, errA := google.Parse(text)
		b, errB := gofrs.FromString(text)
		if errA != nil || errB != nil || a.Version() != 4 || b.Version() != gofrs.V4 || a.Variant() != google.RFC4122 {
			t.Fatalf("the peers read %s as %v (%v) and %v (%v)", text, a, errA, b, errB)
		}
	}
}

// drawBytes makes sixteen bytes, not all zero: that is "none", which has no text.
func drawBytes(t *rapid.T) (raw [16]byte) {
	copy(raw[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "raw"))
	raw[0] |= 0xa0 // a letter, so that upper case is another spelling
	return raw
}

func otherSpellings(printed string) []string {
	return []string{
		"{" + printed + "}",
		"urn:uuid:" + printed,
		strings.ToUpper(printed),
		strings.ReplaceAll(printed, "-", ""),
	}
}

func BenchmarkParseID(b *testing.B) {
	const text = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"
	b.Run("meent", func(b *testing.B) { repeat(b, func() error { _, err := id.Parse[gig](text); return err }) })
	b.Run("google", func(b *testing.B) { repeat(b, func() error { _, err := google.Parse(text); return err }) })
	b.Run("gofrs", func(b *testing.B) { repeat(b, func() error { _, err := gofrs.FromString(text); return err }) })
}

func BenchmarkNewID(b *testing.B) {
	b.Run("meent", func(b *testing.B) { repeat(b, func() error { _ = id.New[gig](nil); return nil }) })
	b.Run("google", func(b *testing.B) { repeat(b, func() error { _, err := google.NewRandom(); return err }) })
	b.Run("gofrs", func(b *testing.B) { repeat(b, func() error { _, err := gofrs.NewV4(); return err }) })
}

func repeat(b *testing.B, work func() error) {
	b.ReportAllocs()
	for b.Loop() {
		if err := work(); err != nil {
			b.Fatal(err)
		}
	}
}
