// Command drill hurts real copies of Meent and judges from outside what became
// of their work.
//
//	go run ./cmd/drill queue    workers killed every second, wrong clocks, polite stops
//	go run ./cmd/drill redis    Redis emptied, killed, restarted, away
//
// Each drill starts a Postgres and a redis-server of its own, builds the program
// with -tags drill, lets several copies of `meent work` share the work, injects
// faults from a seed, then calms down and counts effects. The last line says how
// many judgements passed and failed; one that failed makes the status 1. With
// -plant a bug is planted that must turn the drill red.
package main
