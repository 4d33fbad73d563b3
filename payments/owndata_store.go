package payments

import (
	"meent/internal/owndata"
	"meent/members"
)

// theirAccounts are the accounts of the person's memberships: a for their
// addresses, step for where on its way the money is.
const theirAccounts = `(SELECT m.cooperative_id, 'member:' || m.id || ':' || step AS a, step
	FROM members.member m JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	CROSS JOIN unnest(ARRAY['payable', 'moving', 'stripe', 'transit', 'bank', 'advance', 'clawback']) AS step WHERE r.person_id = $1)`

func ownQueries() []owndata.Query {
	return []owndata.Query{
		{Name: "earnings", From: "payments.bill_line payments.bill payments.payout", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, b.title, b.worked_on, b.minutes, b.rate_cents, t.cents AS wage_cents, b.state AS bill, b.billed_at,
				o.state AS payout, o.due_at, o.held_at, o.held_why AS limit_passed, o.released_at AS let_go_at, o.sent_at, o.paid_at
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
		{Name: "bills", From: "payments.bill", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, t.title, t.worked_on, t.minutes, t.rate_cents, t.total_cents, t.state, t.billed_at, t.paid_at
			FROM payments.bill t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.client_id = t.client_id AND r.ended_at IS NULL
			WHERE r.person_id = $1 ORDER BY t.billed_at, t.id`},
		{Name: "figures", From: "payments.legal_figure", SQL: `
			SELECT t.kind, t.cents AS amount_cents, t.valid_from, t.valid_until, t.source, t.state, t.added_by = $1 AS i_added, t.added_at, t.approved_by = $1 AS i_approved, t.approved_at
			FROM payments.legal_figure t WHERE t.added_by = $1 OR t.approved_by = $1 ORDER BY t.added_at, t.id`},
	}
}
