package payments

import (
	"meent/internal/owndata"
	"meent/members"
)

// theirAccounts are the accounts of the person's memberships: a for their
// addresses, step for where on its way the money is.
const theirAccounts = `(SELECT m.cooperative_id, 'member:' || m.id || ':' || step AS a, step
	FROM members.member m JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	CROSS JOIN unnest(ARRAY['payable', 'moving', 'stripe', 'transit', 'bank', 'advance', 'clawback', 'repaid']) AS step WHERE r.person_id = $1)`

// theirBill holds for bills b of a client for whom the person acts now.
const theirBill = `EXISTS (SELECT FROM members.role k
	WHERE k.cooperative_id = b.cooperative_id AND k.client_id = b.client_id AND k.person_id = $1 AND k.ended_at IS NULL)`

func ownQueries() []owndata.Query {
	return []owndata.Query{
		{Name: "earnings", From: "payments.bill_line payments.bill payments.payout", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, b.title, b.worked_on, b.minutes, b.rate_cents, t.cents AS wage_cents, b.state AS bill, b.billed_at,
				o.state AS payout, o.due_at, o.held_at, o.held_why AS limit_passed, o.released_at AS let_go_at, o.sent_at, o.paid_at, o.reversed_cents AS taken_back_cents, o.reversed_at AS taken_back_at
			FROM payments.bill_line t
			JOIN payments.bill b ON b.cooperative_id = t.cooperative_id AND b.id = t.bill_id
			JOIN members.client cl ON cl.cooperative_id = b.cooperative_id AND cl.id = b.client_id
			LEFT JOIN payments.payout o ON o.cooperative_id = t.cooperative_id AND o.line_id = t.id` + members.OwnRows + `ORDER BY b.worked_on, b.billed_at, t.id`},
		{Name: "pay_account", From: "payments.payee", SQL: `SELECT c.name AS cooperative, t.account, t.state, t.due, t.bank, t.changed_at, t.rests_until, t.told_at FROM payments.payee t` + members.OwnRows + `ORDER BY c.name`},
		{Name: "balances", From: "payments.account", SQL: `
			SELECT c.name AS cooperative, own.step, t.balance_cents FROM payments.account t -- none of these is hot
			JOIN ` + theirAccounts + ` own ON own.cooperative_id = t.cooperative_id AND own.a = t.address
			JOIN members.cooperative c ON c.id = t.cooperative_id ORDER BY c.name, own.step`},
		{Name: "postings", From: "payments.posting payments.entry", SQL: `
			WITH own AS ` + theirAccounts + `, moved AS (
				SELECT t.* FROM own JOIN payments.posting t ON t.cooperative_id = own.cooperative_id AND t.source = own.a
				UNION
				SELECT t.* FROM own JOIN payments.posting t ON t.cooperative_id = own.cooperative_id AND t.destination = own.a)
			SELECT c.name AS cooperative, t.posted_at, coalesce(s.step, 'client') AS from_step, coalesce(d.step, 'client') AS to_step, t.cents AS amount_cents, e.cause AS what
			FROM moved t
			JOIN payments.entry e ON e.cooperative_id = t.cooperative_id AND e.id = t.entry_id
			JOIN members.cooperative c ON c.id = t.cooperative_id
			LEFT JOIN own s ON s.cooperative_id = t.cooperative_id AND s.a = t.source
			LEFT JOIN own d ON d.cooperative_id = t.cooperative_id AND d.a = t.destination
			ORDER BY t.posted_at, t.entry_id, t.number`},
		{Name: "manual_postings", From: "payments.manual", SQL: `
			SELECT c.name AS cooperative, t.source AS from_step, t.destination AS to_step, t.cents AS amount_cents, t.reason, t.state,
				p.person_id = $1 AS i_proposed, t.proposed_at, d.person_id = $1 AS i_decided, t.decided_at
			FROM payments.manual t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role p ON p.cooperative_id = t.cooperative_id AND p.id = t.proposed_by
			LEFT JOIN members.role d ON d.cooperative_id = t.cooperative_id AND d.id = t.decided_by
			WHERE p.person_id = $1 OR d.person_id = $1 ORDER BY t.proposed_at, t.id`},
		{Name: "payout_stops", From: "payments.stop", SQL: `
			SELECT c.name AS cooperative, t.cause, t.reason, t.since, a.person_id = $1 AS i_stopped, q.person_id = $1 AS i_asked, t.asked_at, t.lifted_at, b.person_id = $1 AS i_lifted
			FROM payments.stop t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			LEFT JOIN members.role a ON a.cooperative_id = t.cooperative_id AND a.id = t.stopped_by
			LEFT JOIN members.role b ON b.cooperative_id = t.cooperative_id AND b.id = t.lifted_by
			LEFT JOIN members.role q ON q.cooperative_id = t.cooperative_id AND q.id = t.asked_by
			WHERE a.person_id = $1 OR b.person_id = $1 OR q.person_id = $1 ORDER BY t.since, t.id`},
		{Name: "payouts_released", From: "payments.payout", SQL: `
			SELECT c.name AS cooperative, t.cents AS amount_cents, t.held_at, t.held_why AS limit_passed, a.person_id = $1 AS i_asked, t.release_asked_at, b.person_id = $1 AS i_released, t.released_at AS let_go_at
			FROM payments.payout t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			LEFT JOIN members.role a ON a.cooperative_id = t.cooperative_id AND a.id = t.release_asked_by
			LEFT JOIN members.role b ON b.cooperative_id = t.cooperative_id AND b.id = t.released_by
			WHERE a.person_id = $1 OR b.person_id = $1 ORDER BY t.held_at, t.id`},
		{Name: "payout_limits", From: "payments.policy_change", SQL: `
			SELECT c.name AS cooperative, t.reason, t.state, p.person_id = $1 AS i_proposed, t.proposed_at, d.person_id = $1 AS i_decided, t.decided_at
			FROM payments.policy_change t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role p ON p.cooperative_id = t.cooperative_id AND p.id = t.proposed_by
			LEFT JOIN members.role d ON d.cooperative_id = t.cooperative_id AND d.id = t.decided_by
			WHERE p.person_id = $1 OR d.person_id = $1 ORDER BY t.proposed_at, t.id`},
		{Name: "differences", From: "payments.difference", SQL: `
			SELECT c.name AS cooperative, t.kind, t.ours_cents, t.theirs_cents, t.found_at, a.person_id = $1 AS i_took, t.taken_at,
				b.person_id = $1 AS i_explained, t.explained_at, CASE WHEN b.person_id = $1 THEN t.note END AS note, t.closed_at,
				w.person_id = $1 AS i_asked, t.asked_at, CASE WHEN w.person_id = $1 THEN t.wish END AS wish,
				k.person_id = $1 AS i_claimed, t.claimed_at, CASE WHEN k.person_id = $1 THEN t.claim_note END AS claim_note, g.person_id = $1 AS i_agreed
			FROM payments.difference t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			LEFT JOIN members.role a ON a.cooperative_id = t.cooperative_id AND a.id = t.taken_by
			LEFT JOIN members.role b ON b.cooperative_id = t.cooperative_id AND b.id = t.explained_by
			LEFT JOIN members.role w ON w.cooperative_id = t.cooperative_id AND w.id = t.asked_by
			LEFT JOIN members.role k ON k.cooperative_id = t.cooperative_id AND k.id = t.claimed_by
			LEFT JOIN members.role g ON g.cooperative_id = t.cooperative_id AND g.id = t.claim_agreed_by
			WHERE $1 IN (a.person_id, b.person_id, w.person_id, k.person_id, g.person_id) ORDER BY t.found_at, t.id`},
		{Name: "bills", From: "payments.bill", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, t.title, t.worked_on, t.minutes, t.rate_cents, t.total_cents, t.state, t.billed_at, t.paid_at
			FROM payments.bill t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.client_id = t.client_id AND r.ended_at IS NULL
			WHERE r.person_id = $1 ORDER BY t.billed_at, t.id`},
		{Name: "refunds", From: "payments.refund", SQL: `
			SELECT c.name AS cooperative, b.title, t.cents AS amount_cents, t.reason, t.state, p.person_id = $1 AS i_asked, t.asked_at, d.person_id = $1 AS i_decided, t.decided_at
			FROM payments.refund t
			JOIN payments.bill b ON b.cooperative_id = t.cooperative_id AND b.id = t.bill_id
			JOIN members.cooperative c ON c.id = t.cooperative_id
			LEFT JOIN members.role p ON p.cooperative_id = t.cooperative_id AND p.id = t.asked_by
			LEFT JOIN members.role d ON d.cooperative_id = t.cooperative_id AND d.id = t.decided_by
			WHERE p.person_id = $1 OR d.person_id = $1 OR ` + theirBill + ` AND t.state IN ('moving', 'done') ORDER BY t.asked_at, t.id`},
		{Name: "bank_disputes", From: "payments.dispute", SQL: `
			SELECT c.name AS cooperative, coalesce(b.title, dp.title) AS title, t.cents AS amount_cents, t.state, t.opened_at, CASE WHEN w.person_id = $1 THEN t.answer END AS answer,
				w.person_id = $1 AS i_answered, t.answer_at AS answered_at, y.person_id = $1 OR s.person_id = $1 AS i_accepted
			FROM payments.dispute t
			LEFT JOIN payments.bill b ON b.cooperative_id = t.cooperative_id AND b.id = t.bill_id
			LEFT JOIN payments.deposit dp ON dp.cooperative_id = t.cooperative_id AND dp.id = t.deposit_id
			JOIN members.cooperative c ON c.id = t.cooperative_id
			LEFT JOIN members.role w ON w.cooperative_id = t.cooperative_id AND w.id = t.answer_by
			LEFT JOIN members.role y ON y.cooperative_id = t.cooperative_id AND y.id = t.accept_by
			LEFT JOIN members.role s ON s.cooperative_id = t.cooperative_id AND s.id = t.accept_approved_by
			WHERE $1 IN (w.person_id, y.person_id, s.person_id) OR ` + theirBill + ` ORDER BY t.opened_at, t.id`},
		{Name: "objections", From: "payments.objection", SQL: `
			SELECT c.name AS cooperative, b.title, t.words, p.person_id = $1 AS i_asked, t.asked_at, t.state, t.answer, d.person_id = $1 AS i_answered, t.answered_at
			FROM payments.objection t
			JOIN payments.bill b ON b.cooperative_id = t.cooperative_id AND b.id = t.bill_id
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role p ON p.cooperative_id = t.cooperative_id AND p.id = t.asked_by
			LEFT JOIN members.role d ON d.cooperative_id = t.cooperative_id AND d.id = t.answered_by
			WHERE $1 IN (p.person_id, d.person_id) OR ` + theirBill + ` ORDER BY t.asked_at, t.id`},
		{Name: "clawbacks", From: "payments.clawback", SQL: `
			SELECT c.name AS cooperative, b.title, t.cents AS amount_cents, CASE WHEN o.person_id = $1 THEN t.reason_sealed END AS reason, 'clawback.reason@' || t.id AS "reason@",
				t.state, pp.name AS asked_by, t.asked_at, dp.name AS decided_by, t.decided_at, t.settled_at
			FROM payments.clawback t
			JOIN payments.bill_line l ON l.cooperative_id = t.cooperative_id AND l.id = t.line_id
			JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.member m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
			JOIN members.role o ON o.cooperative_id = m.cooperative_id AND o.id = m.role_id
			JOIN members.role p ON p.cooperative_id = t.cooperative_id AND p.id = t.asked_by
			JOIN members.person pp ON pp.id = p.person_id
			LEFT JOIN members.role d ON d.cooperative_id = t.cooperative_id AND d.id = t.decided_by
			LEFT JOIN members.person dp ON dp.id = d.person_id
			WHERE $1 IN (o.person_id, p.person_id, d.person_id) ORDER BY t.asked_at, t.id`},
		{Name: "settlements", From: "payments.settlement", SQL: `
			SELECT c.name AS cooperative, t.way, t.cents AS amount_cents, CASE WHEN o.person_id = $1 THEN t.reason_sealed END AS reason, 'settlement.reason@' || t.id AS "reason@",
				t.state, pp.name AS asked_by, t.asked_at, dp.name AS decided_by, t.decided_at, t.ended_at, t.refused AS refused_because
			FROM payments.settlement t
			JOIN payments.clawback k ON k.cooperative_id = t.cooperative_id AND k.id = t.clawback_id
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.member m ON m.cooperative_id = k.cooperative_id AND m.id = k.member_id
			JOIN members.role o ON o.cooperative_id = m.cooperative_id AND o.id = m.role_id
			JOIN members.role p ON p.cooperative_id = t.cooperative_id AND p.id = t.asked_by
			JOIN members.person pp ON pp.id = p.person_id
			LEFT JOIN members.role d ON d.cooperative_id = t.cooperative_id AND d.id = t.decided_by
			LEFT JOIN members.person dp ON dp.id = d.person_id
			WHERE $1 IN (o.person_id, p.person_id, d.person_id) ORDER BY t.asked_at, t.id`},
		{Name: "advances", From: "payments.advance payments.advance_part", SQL: `
			SELECT c.name AS cooperative, b.title, t.cents AS amount_cents, t.netted_cents, t.state, t.doubt, t.asked_at, t.decided_at,
				t.reason, 'advance.reason@' || t.id AS "reason@", t.ended_at
			FROM payments.advance t
			JOIN payments.bill_line l ON l.cooperative_id = t.cooperative_id AND l.id = t.line_id
			JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id` + members.OwnRows + `ORDER BY t.asked_at, t.id`},
		{Name: "advances_decided", From: "payments.advance", SQL: `
			SELECT c.name AS cooperative, t.cents AS amount_cents, t.state, t.decided_at, d.person_id = $1 AS i_decided, t.ended_at
			FROM payments.advance t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			LEFT JOIN members.role d ON d.cooperative_id = t.cooperative_id AND d.id = t.decided_by
			LEFT JOIN members.role p ON p.cooperative_id = t.cooperative_id AND p.id = t.covering_by
			LEFT JOIN members.role q ON q.cooperative_id = t.cooperative_id AND q.id = t.covered_by
			WHERE d.person_id = $1 OR p.person_id = $1 OR q.person_id = $1 ORDER BY t.asked_at, t.id`},
		{Name: "deposits", From: "payments.deposit payments.deposit_part", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, t.title, t.cents AS amount_cents, t.used_cents, t.state, t.asked_at, t.held_at, t.ended_at, t.back_at
			FROM payments.deposit t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.client_id = t.client_id AND r.ended_at IS NULL
			WHERE r.person_id = $1 ORDER BY t.asked_at, t.id`},
		{Name: "figures", From: "payments.legal_figure", SQL: `
			SELECT t.kind, t.cents AS amount_cents, t.valid_from, t.valid_until, t.source, t.state, t.added_by = $1 AS i_added, t.added_at, t.approved_by = $1 AS i_approved, t.approved_at
			FROM payments.legal_figure t WHERE t.added_by = $1 OR t.approved_by = $1 ORDER BY t.added_at, t.id`},
	}
}
