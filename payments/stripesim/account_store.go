package stripesim

import (
	"context"

	"github.com/jackc/pgx/v5"
)

const accountColumns = `id, type, email, business_type, payouts, metadata, created_at`

// insertAccount also opens the account's balance.
func insertAccount(ctx context.Context, tx pgx.Tx, a account) error {
	const query = `
		WITH opened AS (INSERT INTO stripesim.balance (account) VALUES ($1))
		INSERT INTO stripesim.account (` + accountColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	_, err := tx.Exec(ctx, query, a.ID, a.Type, a.Email, a.Business, a.Payouts, a.Metadata, a.Created)
	return err
}

func findAccount(ctx context.Context, tx pgx.Tx, id, param string) (account, error) {
	k := accountKind()
	if param != "" {
		k.noun = param // "No such destination"
	}
	return collectOne[account](ctx, tx, k, param, `SELECT `+accountColumns+` FROM stripesim.account WHERE id = $1`, id)
}

func hasAccount(ctx context.Context, tx pgx.Tx, id string) (there bool, err error) {
	err = tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM stripesim.account WHERE id = $1)`, id).Scan(&there)
	return there, err
}

func selectAccounts(ctx context.Context, tx pgx.Tx, p page) ([]account, error) {
	return collect[account](ctx, tx, `SELECT `+accountColumns+` FROM stripesim.account WHERE true`+pageTail, p.args()...)
}
