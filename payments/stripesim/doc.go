// Package stripesim is a Stripe of one's own: an HTTP server that speaks the
// part of Stripe's API, version 2023-10-16, that Meent uses, so that the same
// client code runs without Stripe. It serves development, demonstrations and
// drills; no real money is in it.
//
// It promises that its book is durable and exact: each change is one
// transaction with its balance transactions and its event, all amounts are
// whole cents of euros, and every balance equals the sum of its balance
// transactions. A POST with the same Idempotency-Key has one effect, however
// often and however many at once it comes. Events are delivered at least once,
// signed, until the receiver answers 2xx; they may come late, doubled and in
// any order, as Stripe's do. What it does not know it refuses by name; it never
// ignores a parameter.
//
//	session  open → complete | expired
//	intent   requires_payment_method → succeeded
//	charge   succeeded | failed ;  refunded up to its amount
//	payout   pending → paid | failed ;  paid → failed (metadata simulate=fail_late)
//	event    due → delivered ;  due again, later, after a failure
//
// A charge costs 1.5 % and 25 cents. A transfer or a payout never overdraws; a
// refund may overdraw the platform's own balance, which Stripe would collect
// from its bank.
//
// Locks are taken in one order: the answer of a key, the object, the platform's
// balance, the balance of a connected account. They are FOR NO KEY UPDATE, so
// that new rows which point at a locked one need not wait for it.
//
// The schema "stripesim" is written here and nowhere else.
package stripesim
