// Package retention is the one table of what Meent keeps and how long (Rules).
//
// The domains take their cut-off moments from it, in tasks that are called Tidy,
// and no period of tidying stands anywhere else. The page /kept is made of it, so that it
// cannot say anything but what is done; each column in the database names its
// rule in cmd/meent/inventory.csv.
//
// A period is counted by the calendar and the clocks in the Netherlands, from a
// moment that the rule names. Nothing goes before its period is over; after that
// it goes with the next run of its task. What is still open stays however old it
// is: an unpaid bill, an unanswered question, a review, a restriction, work that
// goes on.
//
// Financial rows. Dutch law keeps the books seven years (AWR, art. 52), counted
// here from the end of the year. Postings are never deleted, not even then: each
// balance is the sum of its postings, and the ledger only grows; taking one away
// would break both. They hold no name: an account is called by the random id of a
// member or client. After the seven years what leads from a bill or payout to a
// person is taken out instead: what the work was called, the numbers at the
// gateway, the member's account there, and the work itself with its hours. What
// is left is an amount, a day and a random id; whose id that is stands in members
// alone, and goes with the person.
//
// The log of deeds stays for the same reason: each deed is hashed together with
// the one before it. It holds ids; the words that somebody wrote stand apart and
// go after five years.
//
// Why a period is as long as it is stands with each rule. Where no law sets one,
// it is a choice of this program, with its purpose; a cooperative has its lawyer
// look at it.
package retention
