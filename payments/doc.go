// Package payments owns money: what clients owe, what is held, what members
// earned, where each cent is, and what the law says about wages.
//
// It promises that money is exact: whole cents, and a ledger that only grows, by
// entries of postings from one account to another, so that it sums to zero by
// itself; the database keeps the balances and refuses everything else. The same
// key moves money once. What must never be stands in views that are empty (Audit). What Stripe tells is stored first, and only its answer to
// a question of ours is believed; nothing is called paid before it said so.
// Where no legal figure covers a day it refuses; it never guesses. A figure that
// the program did not bring is proposed by one coordinator and approved by
// another person; since figures are the whole country's, they may be of any
// cooperative, and until then it counts nowhere.
//
//	bill    due → paying → paid | failed → paying ;  paying → due when nobody paid in time
//	payout  due → sent → paid | failed → due ;  paid → failed, possibly days later
//	        due → held → due: more than may leave without a person's word
//
// One bill goes client → held → member's payable and contribution when its money
// arrives, and each wage then payable → member's account at the gateway → on its
// way → bank. The gateway's fee goes from the cooperative's costs.
// Between the cooperative's own accounts people move money by hand, two of them
// each time, whatever the amount.
//
// What a cooperative lets leave by itself is bounded for each payout, each hour and
// each member in a day (Policy); what is more waits for a coordinator, and a large
// sum for two (ReleasePayout).
//
// No transaction is open while the gateway is called. Before a call the try is
// noted, after it the result; whoever comes back after a crash says the same
// words with the same key, and looks first whether they had their effect.
//
// Seven years after it was paid a bill keeps its amounts and days, and loses its
// title and every number that leads to somebody (Tidy; internal/retention says
// why postings stay). What is not paid stays whole.
//
// The schema "payments" is written here and nowhere else.
package payments
