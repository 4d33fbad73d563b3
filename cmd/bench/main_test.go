package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

// TestStatus: a missed goal and a failure end with 1, a wrong command with 2.
func TestStatus(t *testing.T) {
	all := []benchmark{
		madeUp("good", 20, nil),
		madeUp("exact", 10, nil),
		madeUp("missed", 9, nil),
		madeUp("absent", 0, nil),
		madeUp("broken", 20, errors.New("no Postgres")),
	}
	for args, want := range map[string]int{
		"good": 0, "good -json -n 100": 0, "exact": 0, "missed": 1, "missed -json": 1, "absent": 0, "broken": 1,
		"": 2, "unknown": 2, "good -n 99": 2, "good -n x": 2, "good more": 2, "good -other": 2,
	} {
		if got := run(t.Context(), all, strings.Fields(args), io.Discard, io.Discard); got != want {
			t.Errorf("bench %s ends with %d, want %d", args, got, want)
		}
	}
}

// madeUp makes a benchmark in which a peer reaches 20 and we should reach half.
func madeUp(name string, mine float64, err error) benchmark {
	figures := []figure{measured("speed", ours, mine), measured("speed", "peer", 20)}
	return benchmark{name, "made up", "n", 100, func(context.Context, int, io.Writer) (report, error) {
		return report{Figures: judge(figures, []goal{{"speed", atLeast, .5, "peer"}})}, err
	}, nil}
}

// measured is absent when the value is zero.
func measured(what, peer string, value float64) figure {
	f := figure{What: what, Peer: peer, Value: value, Unit: "ms"}
	if value > 0 {
		f.Rounds = []float64{value}
	}
	return f
}

// TestUsageNamesBenchmarks: whoever asks for something else learns what there is.
func TestUsageNamesBenchmarks(t *testing.T) {
	var errs strings.Builder
	run(t.Context(), benchmarks(), nil, io.Discard, &errs)
	for _, one := range benchmarks() {
		if !strings.Contains(errs.String(), one.name) {
			t.Errorf("the usage does not name %s:\n%s", one.name, &errs)
		}
	}
}
