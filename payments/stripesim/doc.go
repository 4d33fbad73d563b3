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
//	session  open → complete | expired ;  complete, and paid later, by a debit
//	intent   requires_payment_method → processing → succeeded | requires_payment_method
//	charge   succeeded | failed | pending → succeeded | failed ;  refunded up to its amount
//	refund   succeeded | pending → succeeded | failed ;  succeeded → failed, days later
//	dispute  needs_response → under_review → won | lost ;  warning_… → warning_closed | needs_response
//	transfer reversed up to its amount, as far as the connected account has it
//	payout   pending → paid | failed | canceled ;  paid → failed, days later
//	event    due → delivered ;  due again, later, after a failure
//
// What happens is chosen by Stripe's test cards and by metadata[simulate]: of a
// payout "fail" or "fail_late", of a refund "pending", "fail" or "fail_late", of
// an account "onboard" (its owner must first tell the bank) or "no_instant". A
// debit and iDEAL are chosen on the checkout page. A dispute is won by the
// evidence "winning_evidence". Deeds of banks and owners can also be done from
// outside: see Complain, Decide, EndPayout, and /control/.
//
// A card costs 1.5 % and 25 cents, iDEAL 29 cents, a debit 35 cents, a dispute 20
// euros. A transfer, a reversal or a payout never overdraws; a refund or a dispute
// may overdraw the platform's own balance, which Stripe would collect from its
// bank.
//
// Faults are what goes wrong on purpose between this book and who asks: answers
// get lost before or after the deed, are slow, or are 500 and stay so for a day.
//
// Locks are taken in one order: the answer of a key, the object (a dispute or a refund
// before its charge, a charge before its session), the platform's balance, the
// balance of a connected account. They are FOR NO KEY UPDATE, so
// that new rows which point at a locked one need not wait for it.
//
// The schema "stripesim" is written here and nowhere else.
package stripesim
