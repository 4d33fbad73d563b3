// Package tasks is background work: a domain notes a task in its own
// transaction, a worker does it after the commit.
//
// It promises that a task exists exactly when the transaction that noted it
// committed, and that it is tried until it is done or dead. A HandleTx handler
// takes effect exactly once. A Handle handler works outside the database and
// may be called again after a crash, with the same idempotency key.
//
//	waiting → running → done
//	          running → waiting   after a failure (later, with jitter), a vanished worker, or a stop
//	          running → dead      after too many failures; a person decides
//
// Payloads and errors hold no personal data: identifiers only. Time lives on
// the rows, so a task may be due in a second or in a month. The clocks of the
// machines must agree to within a few seconds; were they wrong, tasks would
// come early or late, but not twice.
//
// The schema "tasks" is written here and nowhere else.
package tasks
