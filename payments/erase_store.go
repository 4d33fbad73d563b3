package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

func findHolds(ctx context.Context, tx pgx.Tx, person members.PersonID) (holds []members.Hold, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM payments.bill_line l
				LEFT JOIN payments.payout o ON o.cooperative_id = l.cooperative_id AND o.line_id = l.id
				JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
				JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
				WHERE r.person_id = $1 AND coalesce(o.state, '') NOT IN ('paid', 'reversed')
					AND NOT (o.id IS NULL AND EXISTS (SELECT FROM payments.bill b WHERE b.cooperative_id = l.cooperative_id AND b.id = l.bill_id AND b.state = 'paid')))
			OR EXISTS (SELECT FROM payments.account t
				JOIN ` + theirAccounts + ` own ON own.cooperative_id = t.cooperative_id AND own.a = t.address
				WHERE own.step NOT IN ('bank', 'repaid') AND t.balance_cents <> 0)
			OR EXISTS (SELECT FROM payments.clawback k
				JOIN members.member m ON m.cooperative_id = k.cooperative_id AND m.id = k.member_id
				JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
				WHERE r.person_id = $1 AND k.state = 'asked'),
			EXISTS (SELECT FROM payments.bill b JOIN members.client cl ON cl.cooperative_id = b.cooperative_id AND cl.id = b.client_id
				WHERE (b.state <> 'paid' OR EXISTS (SELECT FROM payments.refund f WHERE f.cooperative_id = b.cooperative_id AND f.bill_id = b.id AND f.state IN ('asked', 'approved', 'moving'))
						OR EXISTS (SELECT FROM payments.dispute d WHERE d.cooperative_id = b.cooperative_id AND d.bill_id = b.id AND d.state IN ('open', 'warning')))
					AND ` + members.SoleContact + `)
			OR EXISTS (SELECT FROM payments.deposit d JOIN members.client cl ON cl.cooperative_id = d.cooperative_id AND cl.id = d.client_id
				WHERE (d.state IN ('paying', 'held') OR d.state = 'returned' AND d.back_at IS NULL) AND ` + members.SoleContact + `)`
	var money, bills bool
	err = tx.QueryRow(ctx, query, person).Scan(&money, &bills)
	if money {
		holds = append(holds, members.MoneyMoving)
	}
	if bills {
		holds = append(holds, members.BillsOpen)
	}
	return holds, err
}

func listBilled(ctx context.Context, tx pgx.Tx, person members.PersonID) ([]members.ClientID, error) {
	const query = `
		SELECT cl.id FROM members.client cl JOIN members.role t ON t.cooperative_id = cl.cooperative_id AND t.client_id = cl.id
		WHERE t.person_id = $1 AND EXISTS (SELECT FROM payments.bill b WHERE b.cooperative_id = cl.cooperative_id AND b.client_id = cl.id) ORDER BY cl.id`
	rows, err := tx.Query(ctx, query, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[members.ClientID])
}

func emptyObjections(ctx context.Context, tx pgx.Tx, person members.PersonID) error {
	const query = `
		UPDATE payments.objection o SET words = '' FROM members.role r
		WHERE r.cooperative_id = o.cooperative_id AND r.id = o.asked_by AND r.person_id = $1`
	_, err := tx.Exec(ctx, query, person)
	return err
}
