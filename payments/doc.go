// Package payments owns money: what clients owe, what is held, what members
// earned, where each cent is, and what the law says about wages.
//
// It promises that money is exact: whole cents, and a ledger that only grows, by
// entries of postings from one account to another, so that it sums to zero by
// itself; the database keeps the balances and refuses everything else. The same
// key moves money once. What must never be stands in views that are empty (Audit).
// What Stripe tells is stored first, where it is followed (Wanted), and only its answer to
// a question of ours is believed; nothing is called paid before it said so.
// Where no legal figure covers a day it refuses; it never guesses. A figure that
// the program did not bring is proposed by one coordinator and approved by
// another person; since figures are the whole country's, they may be of any
// cooperative, and until then it counts nowhere.
//
//	bill       due → paying → paid | failed → paying ;  paying → due when nobody paid in time
//	deposit    asked → paying → held → applied | returned ;  paying → asked when nobody paid in time
//	           applied ⇄ returned, applied → held, when the client's bank takes the rest or gives it back
//	payee      asked → incomplete → ready ⇄ restricted, when the gateway wants more ;  any → gone
//	advance    asked → approved → sent → out → netted | covered ;  asked → refused, by a person | dropped
//	payout     due → sent → paid | failed → due ;  paid → failed, possibly days later
//	           due → held → due: more than may leave without a person's word
//	           failed | due → reversed: all of it was taken back; of a part the rest goes on
//	           due → failed: a database that was put back forgot that it left with another sum
//	refund     asked → approved → moving → done | failed ;  asked → refused | taken_back ;  done → failed, possibly days later
//	dispute    warning → closed | open ;  open → won | lost ;  lost → won
//	objection  open → answered
//	clawback   asked → decided → settled ;  asked → refused | taken_back
//	settlement approved → done | failed, a reversal ;  asked → done | refused | taken_back, what people say
//	stop       lasts → lifted
//	difference noted → confirmed → closed ;  confirmed → explained, by a person, until it changes
//	           confirmed → claimed → closed: what a cooperative brought or drew, as two people say
//
// A bill is paid afterwards, or from what was paid beforehand (deposit) as far as
// that goes; what no bill took goes back. When its money is there it goes client →
// held → member's payable and contribution, and each wage then payable → moving →
// the member's account at the gateway → on its way → bank. The gateway's fee goes
// from the cooperative's costs. An advance goes the same way before the client
// paid, as far as the fund can bear it, and the wage pays it back; the member hears when
// it is there, when their bank sent it back, or that it was refused.
// Between the cooperative's own accounts people move money by hand, two of them
// each time, whatever the amount.
//
// Money goes back to a client by a coordinator's decision (above a limit, for a bill or
// in an hour, of two), or because the client's bank asks it back. What that costs is
// borne by the bill's contribution for its part, for the wage's part by the solidarity
// fund; by the rest of that contribution, and then a loss, where the fund is empty; never by
// the wage. A wage is asked back only when two named people decide so, and nothing is taken
// by that. It ends in parts or at once, each with a reason that the member reads: it is
// taken from the member's account at the gateway, where a bank sent it back to and as far
// as it lies there; the member brought it to the cooperative's bank, as two people say; or
// it is let go, and the fund carries it.
// While a bank asks back what was paid beforehand nobody uses that: what is short is
// asked anew, and the fund bears what was withdrawn.
// When a bank does not take what is left of it, at once or days later, or the gateway
// refuses, the office hears it once: a person has it tried again, or two say how the
// client got it.
//
// What a cooperative lets leave by itself is bounded for each payout, each hour and
// each member in a day (Policy); what is more waits for a coordinator, and a large
// sum for two (ReleasePayout). After another bank account or way to sign in, money
// rests for three days. What waits does nothing: whoever ends its waiting takes it up,
// and Sweep what was missed.
//
// Every call that makes or moves something at the gateway is an errand (run). No
// transaction is open while it is made. Before it the try is noted, after it the
// result; whoever comes back after a crash says the same words with the same key.
// A new key comes after a definite no, or after a look that found nothing: when the
// key may be forgotten, its kept answer is broken, or other words are to be said, the
// errand looks first. A payout names the bank that was seen, and goes to no other.
// A wage that is due is taken back, or a part of it, only while nobody asked the gateway
// to send it: who sends and who takes back lock it first, and one of them knows the
// other. Nothing of it leaves meanwhile, and the rest goes on by itself afterwards.
//
// The ledger says at each moment what is at the gateway (I10): since all of it sums
// to zero, that is the sum of the accounts inside, and what payouts move among
// accounts outside changes none of it. And each thing that moved money there has
// entries of the same sum here, and no other has (I11, outside_object). Reconcile
// holds both against the gateway, and each member's account, as FillGaps asks for events
// that never came: in stints of some seconds, things and accounts some at a time. What
// still differs twenty minutes after it was found, at another look, is a difference, and
// stops all that leaves an hour after it was found. After the program, or the gateway, was
// away for an hour what was not sure begins anew: the backlog is done first. A database
// that was put back stops it at once (Watch): what had left is looked for and adopted,
// wages as what went back to clients, where its amount is the one known here; and people
// resume. A transfer, a reversal or a payout whose answer got lost, or was noted and not
// recorded, is looked for and adopted too, a transfer and a reversal also of an account
// that is gone by now: ten minutes later, and at once while payouts are stopped, since then
// nobody asks for it. Nothing of this repairs the books by itself.
//
// Seven years after it was paid a bill keeps its amounts and days, and loses its
// title and every number that leads to somebody (Tidy; internal/retention says
// why postings stay). What is not paid stays whole.
//
// The schema "payments" is written here and nowhere else.
package payments
