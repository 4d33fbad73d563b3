package members_test

import (
	"errors"
	"strings"
	"testing"

	"meent/members"
	"meent/members/passkeytest"
)

const site = "http://localhost:8080"

// addPasskey adds a passkey of a new device for the person.
func (h *house) addPasskey(by members.Actor) *passkeytest.Device {
	h.t.Helper()
	device := passkeytest.New(h.t, site)
	options, err := h.OfferPasskey(h.t.Context(), by.Person, browser)
	if err == nil {
		err = h.AddPasskey(h.t.Context(), by, browser, device.Make(options), "Phone", false)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return device
}

// sign lets the device answer a fresh challenge of this browser.
func (h *house) sign(device *passkeytest.Device) string {
	h.t.Helper()
	options, err := h.AskPasskey(h.t.Context(), browser)
	if err != nil {
		h.t.Fatal(err)
	}
	return device.Sign(options)
}

func TestPasskeySignsIn(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, bram := h.member(c, email), h.member(c, "bram@meent.example")
	device := h.addPasskey(anna)
	h.addPasskey(bram)
	signed := h.sign(device)
	if person, err := h.UsePasskey(t.Context(), browser, signed); err != nil || person != anna.Person {
		t.Fatalf("UsePasskey = %v, %v", person, err)
	}
	if _, err := h.UsePasskey(t.Context(), browser, signed); !errors.Is(err, members.ErrPasskey) {
		t.Errorf("the same answer a second time gave %v", err)
	}
	list, err := h.Passkeys(t.Context(), anna.Person)
	if err != nil || len(list) != 1 || list[0].Name != "Phone" || list[0].Used != "2026-11-24" {
		t.Errorf("Passkeys = %+v, %v", list, err)
	}
	if mine, err := h.Concerning(t.Context(), anna.Person); err != nil || mine[0].What != "passkey_added" {
		t.Errorf("Concerning = %+v, %v", mine, err)
	}
	for by, want := range map[members.PersonID]error{bram.Person: members.ErrNotFound, anna.Person: nil} {
		if err := h.NamePasskey(t.Context(), by, list[0].ID, "My phone"); !errors.Is(err, want) {
			t.Errorf("naming gave %v, want %v", err, want)
		}
	}
	if err := h.RemovePasskey(t.Context(), bram, list[0].ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("somebody else removes it: %v", err)
	}
	if err := h.RemovePasskey(t.Context(), anna, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.UsePasskey(t.Context(), browser, h.sign(device)); !errors.Is(err, members.ErrPasskey) {
		t.Errorf("a removed passkey gave %v", err)
	}
}

// TestPasskeyThatDoesNotFit goes through all that a browser or a thief can try.
func TestPasskeyThatDoesNotFit(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, bram := h.member(c, email), h.member(c, "bram@meent.example")
	for _, tt := range []struct {
		name string
		do   func(d *passkeytest.Device) (signed, browser string)
	}{
		{"another site", func(d *passkeytest.Device) (string, string) {
			d.Origin, d.Site = "https://evil.example", "evil.example"
			return h.sign(d), browser
		}},
		{"another port", func(d *passkeytest.Device) (string, string) {
			d.Origin = "http://localhost:9"
			return h.sign(d), browser
		}},
		{"a site inside a page", func(d *passkeytest.Device) (string, string) { d.Site = "evil.example"; return h.sign(d), browser }},
		{"no finger", func(d *passkeytest.Device) (string, string) { d.Unverified = true; return h.sign(d), browser }},
		{"a count that stands still", func(d *passkeytest.Device) (string, string) { d.Count = 7; return h.sign(d), browser }},
		{"a count that goes back", func(d *passkeytest.Device) (string, string) { d.Count = 3; return h.sign(d), browser }},
		{"somebody else's name", func(d *passkeytest.Device) (string, string) { d.Be(bram.Person[:]); return h.sign(d), browser }},
		{"an unknown key", func(*passkeytest.Device) (string, string) { return h.sign(passkeytest.New(t, site)), browser }},
		{"another browser", func(d *passkeytest.Device) (string, string) { return h.sign(d), strings.Repeat("b", 43) }},
		{"too late", func(d *passkeytest.Device) (string, string) {
			signed := h.sign(d)
			h.now = h.now.Add(members.ChallengeLife)
			return signed, browser
		}},
		{"a challenge for adding", func(d *passkeytest.Device) (string, string) {
			options, err := h.OfferPasskey(t.Context(), anna.Person, browser)
			if err != nil {
				t.Fatal(err)
			}
			return d.Sign(options), browser
		}},
		{"no challenge", func(d *passkeytest.Device) (string, string) {
			return d.Sign(map[string]any{"publicKey": map[string]any{"challenge": "bm9uZW5vbmVub25lbm9uZQ"}}), browser
		}},
		{"nonsense", func(*passkeytest.Device) (string, string) { return "{", browser }},
		{"nothing", func(*passkeytest.Device) (string, string) { return "", browser }},
	} {
		device := h.addPasskey(anna)
		device.Count = 7
		if person, err := h.UsePasskey(t.Context(), browser, h.sign(device)); err != nil || person != anna.Person {
			t.Fatalf("before %s: %v, %v", tt.name, person, err)
		}
		device.Count = 8
		signed, from := tt.do(device)
		if person, err := h.UsePasskey(t.Context(), from, signed); !errors.Is(err, members.ErrPasskey) || !person.IsZero() {
			t.Errorf("%s gave %v, %v", tt.name, person, err)
		}
		list, err := h.Passkeys(t.Context(), anna.Person)
		if err != nil || h.RemovePasskey(t.Context(), anna, list[0].ID) != nil {
			t.Fatal(err)
		}
	}
}

func TestAddingAPasskeyThatDoesNotFit(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, bram := h.member(c, email), h.member(c, "bram@meent.example")
	device := h.addPasskey(anna)
	add := func(by members.Actor, d *passkeytest.Device, first bool) error {
		options, err := h.OfferPasskey(t.Context(), anna.Person, browser)
		if err != nil {
			t.Fatal(err)
		}
		return h.AddPasskey(t.Context(), by, browser, d.Make(options), "Phone", first)
	}
	foreign, careless := passkeytest.New(t, "https://evil.example"), passkeytest.New(t, site)
	careless.Unverified = true
	for name, tt := range map[string]struct{ err, want error }{
		"another site":       {add(anna, foreign, false), members.ErrPasskey},
		"no finger":          {add(anna, careless, false), members.ErrPasskey},
		"the same key twice": {add(anna, device, false), members.ErrPasskey},
		"for somebody else":  {add(bram, passkeytest.New(t, site), false), members.ErrPasskey},
		"halfway in":         {add(anna, passkeytest.New(t, site), true), members.ErrHasFactor},
	} {
		if !errors.Is(tt.err, tt.want) {
			t.Errorf("%s gave %v, want %v", name, tt.err, tt.want)
		}
	}
	for n := 1; n < members.MostPasskeys; n++ {
		h.addPasskey(anna)
	}
	if err := add(anna, passkeytest.New(t, site), false); !errors.Is(err, members.ErrManyPasskeys) {
		t.Errorf("one more than the most gave %v", err)
	}
}

// TestPasskeyAtOnce: of many answers with the same count one is believed.
func TestPasskeyAtOnce(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	device := h.addPasskey(anna)
	device.Count = 1
	answers := make(chan string, 5)
	for range 5 {
		answers <- h.sign(device)
	}
	signedIn := 0
	for _, err := range atOnce(5, func() error { _, err := h.UsePasskey(t.Context(), browser, <-answers); return err }) {
		if err == nil {
			signedIn++
		}
	}
	if signedIn != 1 {
		t.Errorf("%d of five signed in, want one", signedIn)
	}
}
