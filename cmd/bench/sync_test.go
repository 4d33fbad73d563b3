package main

import (
	"io"
	"testing"
)

// TestSync: whatever changes, the columns hold what the tables say, also after a warm
// start; and every figure is measured.
func TestSync(t *testing.T) {
	found, err := runSync(t.Context(), 1500, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	zero := map[string]bool{syncDiffers: true, syncAgain: true, syncDrifted: true}
	for _, f := range found.Figures {
		t.Logf("%s: %g %s (%s)", f.What, f.Value, f.Unit, f.Verdict)
		if zero[f.What] != (f.Value == 0) || len(f.Rounds) == 0 {
			t.Errorf("%s is %g", f.What, f.Value)
		}
	}
	if len(found.Figures) != 8 {
		t.Errorf("%d figures", len(found.Figures))
	}
}
