package stripesim

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

const accountColumns = `id, type, email, business_type, payouts, metadata, created_at, submitted, transfers, pays_out, due, disabled,
	coalesce(bank_id, ''), gone_at,
	coalesce((SELECT json_agg(json_build_object('ID', b.id, 'Account', b.account, 'Last4', b.last4, 'Status', b.status, 'Simulate', b.simulate,
		'Created', b.created_at) ORDER BY b.number DESC) FROM stripesim.bank b WHERE b.account = account.id), '[]')`

// insertAccount also opens the account's balance.
func insertAccount(ctx context.Context, tx pgx.Tx, a account) error {
	const query = `
		WITH opened AS (INSERT INTO stripesim.balance (account) VALUES ($1))
		INSERT INTO stripesim.account (id, type, email, business_type, payouts, metadata, created_at, submitted, transfers, pays_out, due, disabled, bank_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, nullif($13, ''))`
	_, err := tx.Exec(ctx, query, a.ID, a.Type, a.Email, a.Business, a.Payouts, a.Metadata, a.Created, a.Submitted, a.Transfers, a.PaysOut,
		a.Due, a.Disabled, a.Bank)
	return err
}

func updateAccount(ctx context.Context, tx pgx.Tx, a account) error {
	const query = `
		UPDATE stripesim.account SET submitted = $2, transfers = $3, pays_out = $4, due = $5, disabled = $6, bank_id = nullif($7, ''), gone_at = $8
		WHERE id = $1`
	_, err := tx.Exec(ctx, query, a.ID, a.Submitted, a.Transfers, a.PaysOut, a.Due, a.Disabled, a.Bank, a.Gone)
	return err
}

// findAccount refuses also what is gone: the key may not see it any more.
func findAccount(ctx context.Context, tx pgx.Tx, id string) (account, error) {
	const query = `SELECT ` + accountColumns + ` FROM stripesim.account WHERE id = $1`
	return visible(collectOne[account](ctx, tx, accountKind(), "", query, id))
}

// lockAccount is findAccount that nobody else changes meanwhile.
func lockAccount(ctx context.Context, tx pgx.Tx, id string) (account, error) {
	const query = `SELECT ` + accountColumns + ` FROM stripesim.account WHERE id = $1 FOR NO KEY UPDATE`
	return visible(collectOne[account](ctx, tx, accountKind(), "", query, id))
}

func visible(a account, err error) (account, error) {
	if err == nil && a.Gone != nil {
		return account{}, noAccess()
	}
	return a, err
}

// findDestination is an account that is named in a parameter of that name.
func findDestination(ctx context.Context, tx pgx.Tx, id, param string) (account, error) {
	k := accountKind()
	k.noun = param // "No such destination"
	a, err := collectOne[account](ctx, tx, k, param, `SELECT `+accountColumns+` FROM stripesim.account WHERE id = $1 AND gone_at IS NULL`, id)
	return a, err
}

// readOwn is the account that asks for itself, as it is now; none for the
// platform, which may do everything.
func readOwn(ctx context.Context, tx pgx.Tx, id string) (account, error) {
	if id == platform {
		return account{ID: platform, Submitted: true, PaysOut: true}, nil
	}
	return findAccount(ctx, tx, id)
}

func hasAccount(ctx context.Context, tx pgx.Tx, id string) (there bool, err error) {
	err = tx.QueryRow(ctx, `SELECT gone_at IS NULL FROM stripesim.account WHERE id = $1`, id).Scan(&there)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return there, err
}

func selectAccounts(ctx context.Context, tx pgx.Tx, p page) ([]account, error) {
	const query = `SELECT ` + accountColumns + ` FROM stripesim.account WHERE gone_at IS NULL` + pageTail
	return collect[account](ctx, tx, query, p.args()...)
}
