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

func TestSealedSecretIsOnePersonsAndOneKeys(t *testing.T) {
	one, other := New(nil, nil, nil, nil, SealedWith([KeySize]byte{1})), New(nil, nil, nil, nil, SealedWith([KeySize]byte{2}))
	anna, bram := PersonID{1}, PersonID{2}
	sealed, err := one.seal(anna, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	again, _ := one.seal(anna, []byte("secret"))
	if string(again) == string(sealed) {
		t.Error("the same secret is sealed to the same bytes")
	}
	if got, err := one.unseal(anna, sealed); err != nil || string(got) != "secret" {
		t.Errorf("unseal = %q, %v", got, err)
	}
	changed := append([]byte{}, sealed...)
	changed[len(changed)-1] ^= 1
	for name, open := range map[string]func() ([]byte, error){
		"somebody else": func() ([]byte, error) { return one.unseal(bram, sealed) },
		"another key":   func() ([]byte, error) { return other.unseal(anna, sealed) },
		"changed":       func() ([]byte, error) { return one.unseal(anna, changed) },
		"cut":           func() ([]byte, error) { return one.unseal(anna, sealed[:5]) },
		"no key":        func() ([]byte, error) { return New(nil, nil, nil, nil).unseal(anna, sealed) },
	} {
		if got, err := open(); err == nil {
			t.Errorf("%s reads %q", name, got)
		}
	}
}
