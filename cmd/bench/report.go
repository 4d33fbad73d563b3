package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
)

// report is what one benchmark found.
type report struct {
	Benchmark string   `json:"benchmark"`
	N         int      `json:"n"`
	Figures   []figure `json:"figures"`
	Notes     []string `json:"notes"`
}

// figure is one line: how one peer did in one thing.
type figure struct {
	What    string    `json:"what"`
	Peer    string    `json:"peer"`
	Value   float64   `json:"value"`              // the median of the rounds
	Rounds  []float64 `json:"rounds"`             // none when the peer is absent
	InTurns bool      `json:"in_turns,omitempty"` // each round was measured beside the same round of the others
	Unit    string    `json:"unit"`
	Ratio   float64   `json:"ratio,omitempty"` // to Meent in the same thing; 0: there is none
	Goal    string    `json:"goal,omitempty"`
	Verdict verdict   `json:"verdict"`
}

// verdict says what a figure means.
type verdict string

const (
	passed  verdict = "PASS"
	failed  verdict = "FAIL"
	skipped verdict = "SKIPPED" // it, or what it is held against, could not be measured
	info    verdict = "info"    // there is no goal
)

// status is statusMissed when a goal was missed. What was skipped is not missed.
func (r report) status() int {
	missed := slices.ContainsFunc(r.Figures, func(f figure) bool { return f.Verdict == failed })
	if missed {
		return statusMissed
	}
	return statusGood
}

// print writes a table for people, and one line for programs when asked.
func (r report) print(out io.Writer, asJSON bool) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "WHAT\tPEER\tFIGURE\tUNIT\tTO MEENT\tGOAL\tVERDICT")
	for _, f := range r.Figures {
		fmt.Fprintln(table, strings.Join(f.cells(), "\t"))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, note := range r.Notes {
		fmt.Fprintln(out, "*", note)
	}
	if !asJSON {
		return nil
	}
	return json.NewEncoder(out).Encode(r)
}

func (f figure) cells() []string {
	value, ratio := "-", ""
	if len(f.Rounds) > 0 {
		value = readable(f.Value)
	}
	if f.Ratio > 0 {
		ratio = readable(f.Ratio) + " ×"
	}
	return []string{f.What, f.Peer, value, f.Unit, ratio, f.Goal, string(f.Verdict)}
}

// readable keeps three digits, and all of those before the point.
func readable(value float64) string {
	switch {
	case value >= 100:
		return fmt.Sprintf("%.0f", value)
	case value >= 10:
		return fmt.Sprintf("%.1f", value)
	default:
		return fmt.Sprintf("%.2f", value)
	}
}

// median is 0 for no values.
func median(values []float64) float64 { return quantile(values, .5) }

// quantile is the smallest value that at least this share of them do not exceed.
func quantile(values []float64, share float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	rank := int(math.Ceil(share * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}
