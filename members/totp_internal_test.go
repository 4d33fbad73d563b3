package members

import (
	"testing"
	"time"
)

// TestCodesOfRFC6238 are the SHA-1 vectors of its appendix B.
func TestCodesOfRFC6238(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := totpCode(secret, stepOf(time.Unix(at, 0)), 8); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}

func TestStepOfCode(t *testing.T) {
	secret, now := []byte("12345678901234567890"), time.Unix(1111111111, 0)
	step := stepOf(now)
	for _, tt := range []struct {
		name       string
		step, last int64
		fits       bool
	}{
		{"this half minute", step, 0, true}, {"the one before", step - 1, 0, true}, {"the one after", step + 1, 0, true},
		{"two before", step - 2, 0, false}, {"two after", step + 2, 0, false}, {"used", step, step, false}, {"before a used one", step - 1, step, false},
		{"after a used one", step + 1, step, true},
	} {
		if _, fits := stepOfCode(secret, totpCode(secret, tt.step, totpDigits), now, tt.last); fits != tt.fits {
			t.Errorf("%s: fits is %v", tt.name, fits)
		}
	}
}
