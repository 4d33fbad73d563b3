package bench

import (
	"crypto/rand"
	"testing"

	gofrs "github.com/gofrs/uuid/v5"
	google "github.com/google/uuid"
	"pgregory.net/rapid"

	"meent/internal/id"
)

type gig struct{}

// TestIDsAreUUIDs: what Meent makes, both peers read, and both see version 4.
// What they print, Meent reads; of the other spellings that they accept, Meent
// accepts none.
func TestIDsAreUUIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := id.New[gig](rand.Reader).String()
		a, errA := google.Parse(text)
		b, errB := gofrs.FromString(text)
		if errA != nil || errB != nil || a.Version() != 4 || b.Version() != gofrs.V4 || a.String() != b.String() {
			t.Fatalf("the peers read %s as %v (%v) and %v (%v)", text, a, errA, b, errB)
		}
		for _, other := range []string{"{" + text + "}", "urn:uuid:" + text, text[:35]} {
			if _, err := id.Parse[gig](other); err == nil {
				t.Fatalf("Meent reads %s", other)
			}
		}
	})
}

const text = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"

func BenchmarkParseID(b *testing.B) {
	for name, parse := range map[string]func() error{
		"meent":  func() error { _, err := id.Parse[gig](text); return err },
		"google": func() error { _, err := google.Parse(text); return err },
		"gofrs":  func() error { _, err := gofrs.FromString(text); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := parse(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
