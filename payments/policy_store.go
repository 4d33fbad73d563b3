package payments

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

func findPolicy(ctx context.Context, db rower, c id.Cooperative) (p Policy, err error) {
	const query = `
		SELECT four_eyes_cents, payout_cents, hour_cents, member_day_cents, advance_cents, refund_hour_cents, deposit FROM payments.policy
		WHERE cooperative_id = $1`
	err = db.QueryRow(ctx, query, c).Scan(&p.FourEyes, &p.Payout, &p.Hour, &p.MemberDay, &p.Advance, &p.RefundHour, &p.Deposits)
	if errors.Is(err, pgx.ErrNoRows) {
		return DefaultPolicy(), nil
	}
	return p, err
}
