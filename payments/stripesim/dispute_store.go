package stripesim

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

const disputeColumns = `d.id, d.charge_id, d.intent_id, d.status, d.amount, d.reason, d.evidence, d.submitted, d.metadata,
	coalesce(d.txn_id, ''), coalesce(d.back_txn_id, ''), d.created_at, d.until_at, d.due_at`

func insertDispute(ctx context.Context, tx pgx.Tx, d dispute) error {
	const query = `
		INSERT INTO stripesim.dispute (id, charge_id, intent_id, status, amount, reason, evidence, metadata, txn_id, created_at, until_at, due_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, $11, $12)`
	_, err := tx.Exec(ctx, query, d.ID, d.Charge, d.Intent, d.Status, d.Amount, d.Reason, d.Evidence, d.Metadata, d.Txn, d.Created, d.Until, d.Due)
	return err
}

func updateDispute(ctx context.Context, tx pgx.Tx, d dispute) error {
	const query = `
		UPDATE stripesim.dispute SET status = $2, amount = $3, evidence = $4, submitted = $5, metadata = $6, txn_id = nullif($7, ''),
			back_txn_id = nullif($8, ''), until_at = $9, due_at = $10
		WHERE id = $1`
	_, err := tx.Exec(ctx, query, d.ID, d.Status, d.Amount, d.Evidence, d.Submitted, d.Metadata, d.Txn, d.Back, d.Until, d.Due)
	return err
}

// collectDisputes reads the disputes and then what each moved.
func collectDisputes(ctx context.Context, tx pgx.Tx, now time.Time, query string, args ...any) ([]dispute, error) {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, scanDispute)
	for i := range all {
		if err == nil {
			all[i].Moves, err = selectMoves(ctx, tx, all[i], now)
		}
	}
	return all, err
}

func scanDispute(row pgx.CollectableRow) (d dispute, err error) {
	err = row.Scan(&d.ID, &d.Charge, &d.Intent, &d.Status, &d.Amount, &d.Reason, &d.Evidence, &d.Submitted, &d.Metadata,
		&d.Txn, &d.Back, &d.Created, &d.Until, &d.Due)
	return d, err
}

func collectDispute(ctx context.Context, tx pgx.Tx, id string, now time.Time, query string) (dispute, error) {
	if !isID(id) {
		return dispute{}, missing(disputeKind().noun, id, "")
	}
	all, err := collectDisputes(ctx, tx, now, query, id)
	if err == nil && len(all) == 0 {
		err = missing(disputeKind().noun, id, "")
	}
	if err != nil {
		return dispute{}, err
	}
	return all[0], nil
}

func findDispute(ctx context.Context, tx pgx.Tx, id string, now time.Time) (dispute, error) {
	return collectDispute(ctx, tx, id, now, `SELECT `+disputeColumns+` FROM stripesim.dispute d WHERE d.id = $1`)
}

func lockDispute(ctx context.Context, tx pgx.Tx, id string, now time.Time) (dispute, error) {
	return collectDispute(ctx, tx, id, now, `SELECT `+disputeColumns+` FROM stripesim.dispute d WHERE d.id = $1 FOR NO KEY UPDATE`)
}

// lockDueDispute takes one dispute that is to be decided, or none.
func lockDueDispute(ctx context.Context, tx pgx.Tx, now time.Time) ([]dispute, error) {
	const query = `
		SELECT ` + disputeColumns + ` FROM stripesim.dispute d
		WHERE d.due_at <= $1 ORDER BY d.due_at, d.number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`
	return collectDisputes(ctx, tx, now, query, now)
}

func selectDisputes(ctx context.Context, tx pgx.Tx, p page, ch, intent string, now time.Time) ([]dispute, error) {
	const query = `
		SELECT ` + disputeColumns + ` FROM stripesim.dispute d
		WHERE ($5 = '' OR charge_id = $5) AND ($6 = '' OR intent_id = $6)` + pageTail
	return collectDisputes(ctx, tx, now, query, p.args(ch, intent)...)
}

// selectMoves reads the balance transactions of a dispute, the first one first.
func selectMoves(ctx context.Context, tx pgx.Tx, d dispute, now time.Time) ([]txn, error) {
	const query = `SELECT ` + txnColumns + `, available_at > $3 FROM stripesim.txn WHERE id IN ($1, $2) ORDER BY number`
	return collect[txn](ctx, tx, query, d.Txn, d.Back, now)
}

// disputeState is how the dispute of a charge is; "" when there is none.
func disputeState(ctx context.Context, tx pgx.Tx, charge string) (state string, err error) {
	err = tx.QueryRow(ctx, `SELECT status FROM stripesim.dispute WHERE charge_id = $1`, charge).Scan(&state)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return state, err
}
