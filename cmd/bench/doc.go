// Command bench times parts of Meent beside their peers, in one run on one
// machine, so that the ratio counts and not the machine:
//
//	go -C cmd/bench run . queue [-json] [-n 2000]
//
// It prints a table and ends with status 1 when a goal is missed. Each
// benchmark has a test that both sides do the same work.
package main
