// Command drill hurts real copies of Meent and judges from outside what became
// of their work.
//
//	go run ./cmd/drill queue     workers killed every second, wrong clocks, polite stops
//	go run ./cmd/drill redis     Redis emptied, killed, restarted, away
//	go run ./cmd/drill story     the life of one gig, with a program that is killed again and again
//	go run ./cmd/drill money     1,000 payments with refunds, disputes, advances and deposits, 50 kills, one answer in seven lost
//	go run ./cmd/drill steps     the program ends before and after its calls and commits about wages, refunds, disputes, deposits, advances and reversals
//	go run ./cmd/drill webhooks  events doubled, shuffled, days late, forged, of another version, in five orders
//	go run ./cmd/drill stripe    a gateway that hangs, refuses, breaks off, keeps a broken answer, forgets its keys
//	go run ./cmd/drill postgres  the database killed ten times under what it acknowledges
//	go run ./cmd/drill restore   the database put back to an earlier moment, a day after its keys were forgotten
//	go run ./cmd/drill all       the six about money, two at a time, with one build and one new database to copy
//
// Each drill starts a Postgres and a redis-server of its own, builds the program
// with -tags drill, injects faults from a seed, then calms down and counts what
// is there. In queue and redis several copies of `meent work` share work that has
// counted effects. In story people without script take one gig from its posting
// to the member's bank: `meent` is killed between requests, in them, and once in
// each kind of call that moves money, when that had its effect; every event of
// the simulator comes twice and shuffled, and Redis is emptied meanwhile.
//
// The other six stand on a till (till.go): `meent stripesim` with a Postgres of its
// own, which nothing else touches, copies of `meent serve` and `meent work`, and a
// driver in this process that bills, pays, and remembers each answer that it was
// given. They are judged by the simulator's book, object by object: each payment
// is one charge, each wage went once to its member's account and once to their
// bank, each advance left once and was earned back, or never left, each deposit went to its
// bill and its rest back, each refund once; then the book adds up, has to the cent what the driver
// expects, and our ledger says the same (books.go). Hours are let pass by clocks
// that are ahead, in the program and in the simulator. Copies keep to two connections
// beside the one that listens, since each learns all statements anew in every short life,
// and have no engine: here nobody is chosen. In money and steps a task that lost its worker
// too often gets its tries anew by hand, as on the page of a coordinator.
//
// In steps the program first plays each course while nobody ends it: a wage, a refund, a
// dispute that is answered and one that the bank may keep, a deposit with a rest, an
// advance, a wage that a bank sent back and the gateway takes from the member's account.
// The points that it passes then must be of every course by name (courses.go), and it ends
// at each of them: before and after its calls to the gateway, and each commit of rows in
// tables of money. What people ask for, this process does, and is not ended in: it opens
// pages of payments, bills, asks and decides. Nor is the program ended where a gateway
// refuses, a refund fails, a deposit is disputed, or a wage is repaid by hand or let go.
//
// In restore people ask for a refund, and for the rest of a deposit, in the last moment
// before the copy: a program that is not told does both once more. Advances, disputes and
// reversals are not in it.
//
// Longer: money -payments 100000 -kills 2000; steps -pairs; webhooks -events 10000
// -seeds 1000; stripe -for 30m (for each half); postgres -kills 200; restore -kills 50.
//
// The last line says how many judgements passed and failed; one that failed makes
// the status 1. With -plant a bug is planted that must turn the drill red: double,
// a gateway that forgets what it did (queue and redis: effects outside their
// transaction); twice, a program that moves each wage twice; short, one that
// sends a cent less than it should; lose, a database that loses what it acknowledged, or the task of a
// dead worker; believe, a program that takes events nobody signed; forget, nobody
// says that the database was put back.
package main
