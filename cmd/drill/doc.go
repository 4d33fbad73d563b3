// Command drill hurts real copies of Meent and judges from outside what became
// of their work.
//
//	go run ./cmd/drill queue    workers killed every second, wrong clocks, polite stops
//	go run ./cmd/drill redis    Redis emptied, killed, restarted, away
//	go run ./cmd/drill story    the life of one gig, with a program that is killed again and again
//
// Each drill starts a Postgres and a redis-server of its own, builds the program
// with -tags drill, injects faults from a seed, then calms down and counts what
// is there. In queue and redis several copies of `meent work` share work that has
// counted effects. In story people without script take one gig from its posting
// to the member's bank: `meent` is killed between requests, in them, and once in
// each kind of call that moves money, when that had its effect; every event of
// the simulator comes twice and shuffled, and Redis is emptied meanwhile.
//
// The last line says how many judgements passed and failed; one that failed makes
// the status 1. With -plant a bug is planted that must turn the drill red: story
// knows double, a gateway that forgets what it did.
package main
