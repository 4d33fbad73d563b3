package payments

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// findPayoutOf finds the payout of the wage that was asked back.
func findPayoutOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, clawback ClawbackID) (payout PayoutID, err error) {
	const query = `
		SELECT o.id FROM payments.clawback k
		JOIN payments.payout o ON o.cooperative_id = k.cooperative_id AND o.line_id = k.line_id AND NOT ` + onGone + `
		WHERE k.cooperative_id = $1 AND k.id = $2`
	err = tx.QueryRow(ctx, query, c, clawback).Scan(&payout)
	return payout, notFound(err)
}

// countReversals is how many of the payout were done, and whether one is under way.
func countReversals(ctx context.Context, db rower, c id.Cooperative, payout PayoutID) (done int, underWay bool, err error) {
	const query = `
		SELECT count(*) FILTER (WHERE state = 'done'), coalesce(bool_or(state = 'approved'), false)
		FROM payments.settlement WHERE cooperative_id = $1 AND payout_id = $2`
	err = db.QueryRow(ctx, query, c, payout).Scan(&done, &underWay)
	return done, underWay, err
}

// ownedByNobody leaves out those that a settlement has.
func ownedByNobody(ctx context.Context, db *pgxpool.Pool, list []ReversalThere) ([]ReversalThere, error) {
	var numbers []string
	for _, there := range list {
		numbers = append(numbers, there.ID)
	}
	rows, err := db.Query(ctx, `SELECT outside_id FROM payments.settlement WHERE outside_id = ANY ($1)`, numbers)
	if err != nil {
		return nil, err
	}
	known, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return slices.DeleteFunc(list, func(there ReversalThere) bool { return slices.Contains(known, there.ID) }), err
}

func doneReversal(ctx context.Context, tx pgx.Tx, c id.Cooperative, settlement SettlementID, outside string, now time.Time) error {
	const query = `UPDATE payments.settlement SET state = 'done', outside_id = $3, ended_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, settlement, outside, now)
	return err
}

func failReversal(ctx context.Context, tx pgx.Tx, c id.Cooperative, settlement SettlementID, code string, now time.Time) error {
	const query = `UPDATE payments.settlement SET state = 'failed', refused = left($3, 100), ended_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, settlement, code, now)
	return err
}

// updateReversed notes what of a payout goes to no bank any more.
func updateReversed(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout, now time.Time) error {
	const query = `
		UPDATE payments.payout SET state = $3, reversed_cents = $4, reversed_at = CASE WHEN $3 = 'reversed' THEN $5::timestamptz END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, p.ID, string(p.Step), p.reversed, now)
	return err
}

// listReversalsToSend are those that nobody sent: their task ended in a stop.
func listReversalsToSend(ctx context.Context, tx pgx.Tx, before time.Time) ([]SendReversal, error) {
	const query = `SELECT id, cooperative_id FROM payments.settlement WHERE state = 'approved' AND asked_at < $1 ORDER BY asked_at, id LIMIT 1000`
	rows, err := tx.Query(ctx, query, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[SendReversal])
}

// reversalAsked is one that may have been made, and of which the books do not know it.
type reversalAsked struct {
	stopped
	settlement SettlementID
}

// listReversalsToFind are all of those in cooperatives that are stopped, and elsewhere
// those that were asked for before this moment.
func listReversalsToFind(ctx context.Context, db *pgxpool.Pool, before time.Time) ([]reversalAsked, error) {
	const query = `
		SELECT t.cooperative_id, s.id, t.id FROM payments.settlement t
		LEFT JOIN LATERAL (SELECT p.id FROM payments.stop p WHERE p.cooperative_id = t.cooperative_id AND p.lifted_at IS NULL
			ORDER BY p.cause = 'restored' DESC, p.since LIMIT 1) s ON true
		WHERE t.state = 'approved' AND (s.id IS NOT NULL OR t.asked_at < $1) ORDER BY t.asked_at, t.id LIMIT $2`
	rows, err := db.Query(ctx, query, before, mostUnanswered)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r reversalAsked, err error) {
		err = row.Scan(&r.cooperative, &r.stop, &r.settlement)
		return r, err
	})
}
