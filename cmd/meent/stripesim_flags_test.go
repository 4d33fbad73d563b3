package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"meent/payments/stripesim"
)

func TestStripesimFlags(t *testing.T) {
	path := filepath.Join(t.TempDir(), "token")
	args := []string{"-payout", "2h", "-debit", "1h", "-seed", "7", "-fault", "lose_after=0.05", "-fault", "saved_500=0.01", "-fault-next", "slow, rate_limit",
		"-fault-path", "/v1/transfers", "-hang", "3s", "-unruly", "-onboard", "-control", path}
	w, err := readStripesim(args, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var first, second stripesim.Config
	for _, c := range []*stripesim.Config{&first, &second} {
		if err := w.apply(c); err != nil {
			t.Fatal(err)
		}
	}
	if !first.Unruly || !first.Onboard || first.PayoutDelay != 2*time.Hour || first.DebitDelay != time.Hour || first.RefundDelay != practiseDelay {
		t.Errorf("config: %+v", first)
	}
	if f := first.Faults; f.Seed != 7 || f.Rates[stripesim.LoseAfter] != 0.05 || f.Rates[stripesim.Saved500] != 0.01 || len(f.Next) != 2 || f.Hang != 3*time.Second {
		t.Errorf("faults: %+v", f)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || len(first.Control) < 16 || first.Control != second.Control {
		t.Errorf("the token's file: %v, %v", info, err)
	}
}

func TestStripesimFlagsThatCannotBe(t *testing.T) {
	short := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(short, []byte("hunter2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"now"}, {"-colour"}, {"-payout", "soon"}, {"-fault", "fire=0.1"}, {"-fault", "slow"}, {"-fault", "slow=2"}, {"-fault-next", "fire"}} {
		if _, err := readStripesim(args, io.Discard); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%v gave %v", args, err)
		}
	}
	if err := (stripesimWish{control: short}).apply(&stripesim.Config{}); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a short token gave %v", err)
	}
	var help bytes.Buffer
	if err := run(t.Context(), []string{"stripesim", "-h"}, nil, &help, io.Discard); err != nil || !strings.Contains(help.String(), "lose_after") {
		t.Errorf("-h gave %v: %s", err, help.String())
	}
}
