// Package tasks is background work: a domain notes a task in its own
// transaction, a worker does it after the commit. Postgres remembers, Redis
// delivers.
//
// It promises that a task exists exactly when the transaction that noted it
// committed, and that it is tried until it is done, dead, or dropped by a
// person. A HandleTx handler takes effect exactly once. A Handle handler works
// outside the database and may be called again after a crash, with the same
// idempotency key. Redis may be emptied, restarted or lost at any moment: that
// costs time and no task.
//
//	waiting → sent      the relay put a message into a stream in Redis
//	sent    → running   a worker read the message and took the task
//	running → done
//	running → waiting   after a failure (later, with jitter), or a stop
//	running → dead      after too many failures; a person decides
//	sent, running → waiting   when the message or the worker vanished
//	dead    → waiting, dropped   by a coordinator or the operator, logged
//
// A message is a doorbell and not the truth: it holds the task's id and kind,
// and may come twice, late or never. The row decides.
//
// Payloads and errors hold no personal data: identifiers only. Time lives on
// the rows, so a task may be due in a second or in a month. How long a silent
// worker is waited for is timed by Postgres alone; a machine whose clock is
// wrong does tasks early or late, and takes none from others.
//
// The schema "tasks" and the keys meent:{tasks}:* in Redis are written here and
// nowhere else. Redis 6.2 or newer is needed, or Valkey.
package tasks
