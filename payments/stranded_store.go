package payments

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// onGone holds for a payout o whose transfer went to an account that is gone.
const onGone = `(o.transfer_id IS NOT NULL AND o.state NOT IN ('paid', 'reversed') AND EXISTS (SELECT FROM payments.payee g
	WHERE g.cooperative_id = o.cooperative_id AND g.member_id = o.member_id AND (g.state = 'gone' OR g.account <> coalesce(o.account, g.account))))`

func listStranded(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Back, error) {
	const query = `
		SELECT o.id, who.name, b.title, o.cents - o.reversed_cents
		FROM payments.payout o
		LEFT JOIN payments.advance a ON a.cooperative_id = o.cooperative_id AND a.id = o.advance_id
		JOIN payments.bill_line l ON l.cooperative_id = o.cooperative_id AND l.id = coalesce(o.line_id, a.line_id)
		JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
		JOIN members.member m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person who ON who.id = r.person_id
		WHERE o.cooperative_id = $1 AND o.state NOT IN ('paid', 'reversed') AND ` + onGone + ` ORDER BY o.due_at, o.id LIMIT 200`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (b Back, err error) {
		err = row.Scan(&b.ID, &b.Member, &b.Title, &b.Amount)
		return b, err
	})
}
