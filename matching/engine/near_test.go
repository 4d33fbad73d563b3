package engine_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"meent/matching/engine"
)

// TestLowestFirst: the lowest so many come first, and nothing is lost.
func TestLowestFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Map(rapid.IntRange(-20, 20), func(n int) float32 { return float32(n) }), 0, 200).Draw(t, "list")
		n := rapid.IntRange(0, len(list)).Draw(t, "n")
		got, want := engine.Lowest(slices.Clone(list), n), slices.Sorted(slices.Values(list))
		slices.Sort(got[:n])
		slices.Sort(got[n:])
		if !slices.Equal(got, want) {
			t.Errorf("the lowest %d of %v: %v", n, list, got)
		}
	})
}
