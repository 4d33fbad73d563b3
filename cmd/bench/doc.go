// Command bench times parts of Meent beside their peers, in one run on one
// machine, so that the ratio counts and not the machine:
//
//	go -C cmd/bench run . queue [-json] [-n 10000]
//	go -C cmd/bench run . story [-json] [-gigs 200]
//	go -C cmd/bench run . pages [-json] [-members 1000]
//	go -C cmd/bench run . search [-json] [-docs 100000]
//	go -C cmd/bench run . match [-json] [-n 100000] [-remote] [-reverse -gigs 100000] [-throughput]
//	go -C cmd/bench run . sync [-json] [-n 100000]
//	go -C cmd/bench run . ledger [-json] [-n 10000] [-pgledger FILE]
//
// It prints a table and ends with status 1 when a goal is missed. Each
// benchmark has a test that both sides do the same work. The story has no peer:
// gigs are posted in the pages of a whole Meent, at a steady rate, and it counts
// until a member sees the offer, and what was lost or doubled. The pages are
// those of a house with three years of history, at half of the load that it can
// bear; the peer is psql with the statements that each page sends. The search is
// that in the list of open gigs: the index inside the program beside Postgres'
// full text with a table of words for typos, and a Meilisearch server where
// MEILI_URL (and MEILI_KEY) name one. The matcher's
// peer is one tuned table with the same rules; all lists are compared, and none may
// differ. The goals, at 100,000 members: a list takes a 50th of the peer's time (a 30th of
// work at home), and two readers make 50 times as many while 2,000 members a second
// change. Of sync there is no peer either: members change as fast as they can while a
// Keeper follows, and in the end all that its columns hold is compared with the
// tables. The ledger's peer is itself without balances: the same entries and postings,
// only inserted; and pgledger, an open source ledger in SQL, where -pgledger names its
// script.
package main
