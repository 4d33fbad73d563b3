//go:build race

package indextest

// many is less here: the race detector makes all of it ten times slower.
const many = 2_000
