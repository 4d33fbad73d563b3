// Package bench times parts of Meent beside their peers, in one run, so that
// the ratio counts and not the machine. Each benchmark has a test that both
// sides do the same work.
package bench
