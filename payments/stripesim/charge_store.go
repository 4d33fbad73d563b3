package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const intentColumns = `i.id, i.session_id, i.status, i.amount, i.description, i.transfer_group, i.metadata, coalesce(i.charge_id, ''), i.created_at,
	coalesce((SELECT decline FROM stripesim.charge c WHERE c.id = i.charge_id), ''), i.methods,
	coalesce((SELECT method FROM stripesim.charge c WHERE c.id = i.charge_id), '')`

func insertIntent(ctx context.Context, tx pgx.Tx, i intent) error {
	const query = `
		INSERT INTO stripesim.intent (id, session_id, status, amount, description, transfer_group, metadata, created_at, methods)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	_, err := tx.Exec(ctx, query, i.ID, i.Session, i.Status, i.Amount, i.Description, i.Group, i.Metadata, i.Created, i.Methods)
	return err
}

func updateIntent(ctx context.Context, tx pgx.Tx, i intent) error {
	_, err := tx.Exec(ctx, `UPDATE stripesim.intent SET status = $2, charge_id = $3 WHERE id = $1`, i.ID, i.Status, i.Charge)
	return err
}

func findIntent(ctx context.Context, tx pgx.Tx, id, param string) (intent, error) {
	const query = `SELECT ` + intentColumns + ` FROM stripesim.intent i WHERE i.id = $1`
	return collectOne[intent](ctx, tx, intentKind(), param, query, id)
}

func selectIntents(ctx context.Context, tx pgx.Tx, p page) ([]intent, error) {
	return collect[intent](ctx, tx, `SELECT `+intentColumns+` FROM stripesim.intent i WHERE true`+pageTail, p.args()...)
}

const chargeColumns = `id, intent_id, status, amount, refunded, description, transfer_group, metadata, card, decline, coalesce(txn_id, ''),
	created_at, available_at, method, simulate, disputed, due_at`

func insertCharge(ctx context.Context, tx pgx.Tx, ch charge) error {
	const query = `
		INSERT INTO stripesim.charge (id, intent_id, status, amount, description, transfer_group, metadata, card, decline, txn_id, created_at, available_at,
			method, simulate, due_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''), $11, $12, $13, $14, $15)`
	_, err := tx.Exec(ctx, query, ch.ID, ch.Intent, ch.Status, ch.Amount, ch.Description, ch.Group, ch.Metadata, ch.Card, ch.Decline, ch.Txn, ch.Created, ch.Available,
		ch.Method, ch.Simulate, ch.Due)
	return err
}

func updateCharge(ctx context.Context, tx pgx.Tx, ch charge) error {
	const query = `
		UPDATE stripesim.charge SET status = $2, refunded = $3, decline = $4, txn_id = nullif($5, ''), available_at = $6, disputed = $7, due_at = $8
		WHERE id = $1`
	_, err := tx.Exec(ctx, query, ch.ID, ch.Status, ch.Refunded, ch.Decline, ch.Txn, ch.Available, ch.Disputed, ch.Due)
	return err
}

// lockDueCharge takes one charge whose next step is due, or none.
func lockDueCharge(ctx context.Context, tx pgx.Tx, now time.Time) ([]charge, error) {
	const query = `
		SELECT ` + chargeColumns + ` FROM stripesim.charge
		WHERE due_at <= $1 ORDER BY due_at, number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`
	return collect[charge](ctx, tx, query, now)
}

func findCharge(ctx context.Context, tx pgx.Tx, id, param string) (charge, error) {
	return collectOne[charge](ctx, tx, chargeKind(), param, `SELECT `+chargeColumns+` FROM stripesim.charge WHERE id = $1`, id)
}

func lockCharge(ctx context.Context, tx pgx.Tx, id, param string) (charge, error) {
	const query = `SELECT ` + chargeColumns + ` FROM stripesim.charge WHERE id = $1 FOR NO KEY UPDATE`
	return collectOne[charge](ctx, tx, chargeKind(), param, query, id)
}

func selectCharges(ctx context.Context, tx pgx.Tx, p page, intent, group string) ([]charge, error) {
	const query = `
		SELECT ` + chargeColumns + ` FROM stripesim.charge
		WHERE ($5 = '' OR intent_id = $5) AND ($6 = '' OR transfer_group = $6)` + pageTail
	return collect[charge](ctx, tx, query, p.args(intent, group)...)
}
