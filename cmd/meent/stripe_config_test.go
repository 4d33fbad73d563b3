package main

import (
	"bytes"
	"strings"
	"testing"
)

const (
	testStripe  = "STRIPE_KEY=sk_test_hunter2"
	testHook    = "STRIPE_WEBHOOK_SECRET=whsec_hunter2"
	testConnect = "STRIPE_CONNECT_WEBHOOK_SECRET=whsec_hunter3, whsec_hunter2"
)

// TestStripeSettingsNameWhatIsWrong: one sentence, no secret in it.
func TestStripeSettingsNameWhatIsWrong(t *testing.T) {
	tests := []struct {
		name, names string
		environ     []string
	}{
		{"a publishable key", "STRIPE_KEY", []string{"STRIPE_KEY=pk_test_hunter2", testHook, testConnect}},
		{"no key of Stripe", "STRIPE_KEY", []string{"STRIPE_KEY=hunter2", testHook, testConnect}},
		{"no secret", "STRIPE_WEBHOOK_SECRET", []string{testStripe, testConnect}},
		{"no secret of members", "STRIPE_CONNECT_WEBHOOK_SECRET", []string{testStripe, testHook}},
		{"no key", "STRIPE_KEY", []string{testHook}},
		{"no key for members", "STRIPE_KEY", []string{testConnect}},
		{"an odd secret", "STRIPE_WEBHOOK_SECRET", []string{testStripe, "STRIPE_WEBHOOK_SECRET=hunter2", testConnect}},
		{"one odd secret of two", "STRIPE_WEBHOOK_SECRET", []string{testStripe, testHook + ",hunter2", testConnect}},
		{"nothing behind the comma", "STRIPE_WEBHOOK_SECRET", []string{testStripe, testHook + ",", testConnect}},
		{"live money in a demo", "MEENT_DEMO", []string{"STRIPE_KEY=sk_live_hunter2", testHook, testConnect, "MEENT_DEMO=yes"}},
		{"live money elsewhere", "STRIPE_URL", []string{"STRIPE_KEY=rk_live_hunter2", testHook, testConnect, "STRIPE_URL=http://localhost:1"}},
		{"another Stripe without key", "STRIPE_URL", []string{"STRIPE_URL=http://localhost:1"}},
		{"no address", "STRIPE_URL", []string{testStripe, testHook, testConnect, "STRIPE_URL=localhost:1"}},
		{"an address with a path", "STRIPE_URL", []string{testStripe, testHook, testConnect, "STRIPE_URL=http://localhost:1/v1"}},
		{"an address with a person", "STRIPE_URL", []string{testStripe, testHook, testConnect, "STRIPE_URL=http://a:hunter2@localhost:1"}},
		{"no port", "MEENT_STRIPESIM_ADDR", []string{"MEENT_STRIPESIM_ADDR=localhost"}},
		{"a wordy port", "MEENT_STRIPESIM_ADDR", []string{"MEENT_STRIPESIM_ADDR=localhost:eighty-one"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := run(t.Context(), []string{"migrate"}, tt.environ, &bytes.Buffer{}, &bytes.Buffer{})
			if err == nil || !strings.Contains(err.Error(), tt.names) {
				t.Fatalf("run gave %v, want a sentence that names %s", err, tt.names)
			}
			if strings.Contains(err.Error(), "hunter") || strings.Contains(err.Error(), "\n") {
				t.Errorf("run gave %q: a secret or more than one line", err)
			}
		})
	}
}

func TestStripeSettings(t *testing.T) {
	c, err := readConfig([]string{testStripe, testHook, testConnect, "STRIPE_URL=http://localhost:1/"})
	if err != nil {
		t.Fatal(err)
	}
	if c.demo() || c.StripeURL != "http://localhost:1" || strings.Join(c.StripeConnectSecrets, " ") != "whsec_hunter3 whsec_hunter2" {
		t.Errorf("demo %v, address %q, %d secrets of members", c.demo(), c.StripeURL, len(c.StripeConnectSecrets))
	}
	empty := []string{"STRIPE_KEY=", "STRIPE_WEBHOOK_SECRET=", "STRIPE_CONNECT_WEBHOOK_SECRET=", "STRIPE_URL="}
	if c, err = readConfig(empty); err != nil || !c.demo() {
		t.Errorf("empty settings gave %v", err)
	}
}

// TestStripesimStandsBesideMeent: on the port after Meent's.
func TestStripesimStandsBesideMeent(t *testing.T) {
	for addr, want := range map[string]string{
		"localhost:8080": "localhost:8081", "0.0.0.0:80": "localhost:81", "localhost:0": "localhost:0", "localhost:65535": "localhost:0",
	} {
		if c, err := readConfig([]string{"MEENT_ADDR=" + addr}); err != nil || c.StripesimAddr != want {
			t.Errorf("beside %s it listens on %s, %v; want %s", addr, c.StripesimAddr, err, want)
		}
	}
}

func TestStripesimTakesNoLiveKey(t *testing.T) {
	for _, environ := range [][]string{nil, {"STRIPE_KEY=sk_live_hunter2", testHook, testConnect}, {"STRIPE_KEY=rk_test_hunter2", testHook, testConnect}} {
		err := run(t.Context(), []string{"stripesim"}, environ, &bytes.Buffer{}, &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), "STRIPE_KEY") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("meent stripesim gave %v", err)
		}
	}
}
