package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		name       string
		goal       goal
		mine, peer float64
		want       verdict
	}{
		{"above a number", goal{"x", atLeast, 5, ""}, 5, 0, passed},
		{"not above a number", goal{"x", atLeast, 5, ""}, 4.9, 0, failed},
		{"below a number", goal{"x", atMost, 25, ""}, 25, 0, passed},
		{"not below a number", goal{"x", atMost, 25, ""}, 25.1, 0, failed},
		{"far below a peer", goal{"x", atMost, .05, "peer"}, 20, 400, passed},
		{"not far below a peer", goal{"x", atMost, .05, "peer"}, 21, 400, failed},
		{"nearly a peer", goal{"x", atLeast, .8, "peer"}, 800, 1000, passed},
		{"far from a peer", goal{"x", atLeast, .8, "peer"}, 799, 1000, failed},
		{"without the peer", goal{"x", atLeast, .8, "peer"}, 800, 0, skipped},
		{"without us", goal{"x", atMost, .8, "peer"}, 0, 1000, skipped},
		{"without us and a peer", goal{"x", atMost, 25, ""}, 0, 0, skipped},
		{"about another thing", goal{"y", atMost, 1, ""}, 5, 10, info},
	} {
		got := judge([]figure{measured("x", ours, c.mine), measured("x", "peer", c.peer)}, []goal{c.goal})
		if got[0].Verdict != c.want {
			t.Errorf("%s: %s, want %s", c.name, got[0].Verdict, c.want)
		}
	}
}

// TestReport: people see a peer that is absent, and programs read the last line.
func TestReport(t *testing.T) {
	r := report{Benchmark: "made-up", N: 7, Figures: judge([]figure{
		measured("x", ours, 20), measured("x", "peer", 40), measured("x", "absent", 0)}, []goal{{"x", atMost, 25, ""}})}
	var out strings.Builder
	if err := r.print(&out, true); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"≤ 25 ms", "PASS", "2.00 ×", "SKIPPED"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("no %q in\n%s", part, &out)
		}
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	var read report
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &read); err != nil || len(read.Figures) != 3 || read.Figures[1].Ratio != 2 {
		t.Errorf("the last line reads as %+v (%v)", read, err)
	}
}

func TestQuantile(t *testing.T) {
	var hundred []float64
	for i := 100; i > 0; i-- {
		hundred = append(hundred, float64(i))
	}
	for share, want := range map[float64]float64{0: 1, .5: 50, .99: 99, 1: 100} {
		if got := quantile(hundred, share); got != want {
			t.Errorf("the quantile %g of 1 to 100 is %g, want %g", share, got, want)
		}
	}
	if median(nil) != 0 || median([]float64{3, 1, 2}) != 2 {
		t.Error("the median is wrong")
	}
}

// TestShareInTurns: what was measured in turns is compared turn by turn, so that a slow
// moment of the machine is not held against one side.
func TestShareInTurns(t *testing.T) {
	mine := figure{What: "x", Peer: ours, Value: 6, Rounds: []float64{6, 1, 7}, InTurns: true}
	other := figure{What: "x", Peer: "other", Value: 8, Rounds: []float64{12, 2, 8}, InTurns: true}
	if got := mine.share(other); got != .5 {
		t.Errorf("the share in turns is %g", got)
	}
	other.InTurns = false
	if got := mine.share(other); got != .75 {
		t.Errorf("the share of medians is %g", got)
	}
	for limit, want := range map[float64]verdict{.5: passed, .6: failed} {
		other.InTurns = true
		got := judge([]figure{mine, other}, []goal{{"x", atLeast, limit, "other"}})
		if got[0].Verdict != want {
			t.Errorf("at least %g: %s", limit, got[0].Verdict)
		}
	}
}
