package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

const selectStuck = selectDeposit + `, cl.name, d.back_refused, d.hand_note, coalesce(p.name, ''), coalesce(d.hand_asked_at, '0001-01-01 00:00:00Z'), p.id, d.hand_asked_by
	FROM payments.deposit d
	JOIN members.client cl ON cl.cooperative_id = d.cooperative_id AND cl.id = d.client_id
	LEFT JOIN members.role r ON r.cooperative_id = d.cooperative_id AND r.id = d.hand_asked_by
	LEFT JOIN members.person p ON p.id = r.person_id
	WHERE d.cooperative_id = $1`

func scanStuck(row pgx.Row) (k Stuck, err error) {
	k.Deposit, err = scanDeposit(row, &k.ClientName, &k.Why, &k.Note, &k.AskedName, &k.AskedAt, &k.asker, &k.askedBy)
	return k, err
}

func lockStuck(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID) (Stuck, error) {
	if err := lockDepositRow(ctx, tx, c, deposit); err != nil {
		return Stuck{}, err
	}
	return scanStuck(tx.QueryRow(ctx, selectStuck+` AND d.id = $2`, c, deposit))
}

func listStuck(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Stuck, error) {
	rows, err := db.Query(ctx, selectStuck+` AND d.back_failed_at IS NOT NULL ORDER BY d.back_failed_at, d.id LIMIT 200`, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Stuck, error) { return scanStuck(row) })
}

func returnAgain(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID) error {
	const query = `UPDATE payments.deposit SET returns = returns + 1, back_failed_at = NULL, back_refused = '' WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, deposit)
	return err
}

func askByHand(ctx context.Context, tx pgx.Tx, by members.Actor, deposit DepositID, note string, now time.Time) error {
	const query = `UPDATE payments.deposit SET hand_note = $3, hand_asked_by = $4, hand_asked_at = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, deposit, note, by.Role, now)
	return err
}

func agreeByHand(ctx context.Context, tx pgx.Tx, by members.Actor, deposit DepositID, now time.Time) error {
	const query = `UPDATE payments.deposit SET hand_agreed_by = $3, back_at = $4, back_failed_at = NULL WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, deposit, by.Role, now)
	return err
}

func dropByHand(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID) error {
	const query = `UPDATE payments.deposit SET hand_note = '', hand_asked_by = NULL, hand_asked_at = NULL WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, deposit)
	return err
}
