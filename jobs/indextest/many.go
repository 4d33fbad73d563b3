//go:build !race

package indextest

// many is how many gigs the big index has.
const many = 10_000
