package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const bankColumns = `id, account, last4, status, simulate, created_at`

func insertBank(ctx context.Context, tx pgx.Tx, b bank) error {
	_, err := tx.Exec(ctx, `INSERT INTO stripesim.bank (`+bankColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`,
		b.ID, b.Account, b.Last4, b.Status, b.Simulate, b.Created)
	return err
}

func updateBankStatus(ctx context.Context, tx pgx.Tx, id, status string) error {
	_, err := tx.Exec(ctx, `UPDATE stripesim.bank SET status = $2 WHERE id = $1`, id, status)
	return err
}

func selectBanks(ctx context.Context, tx pgx.Tx, p page, account string) ([]bank, error) {
	return collect[bank](ctx, tx, `SELECT `+bankColumns+` FROM stripesim.bank WHERE account = $5`+pageTail, p.args(account)...)
}

// readAnyAccount finds also an account that is gone: its payouts still end.
func readAnyAccount(ctx context.Context, tx pgx.Tx, id string) (account, error) {
	return collectOne[account](ctx, tx, accountKind(), "", `SELECT `+accountColumns+` FROM stripesim.account WHERE id = $1`, id)
}

func insertLink(ctx context.Context, tx pgx.Tx, l link) error {
	const query = `INSERT INTO stripesim.link (id, account, return_url, refresh_url, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`
	_, err := tx.Exec(ctx, query, l.ID, l.Account, l.Return, l.Refresh, l.Created, l.Expires)
	return err
}

func lockLink(ctx context.Context, tx pgx.Tx, id string) (link, error) {
	const query = `
		SELECT id, account, return_url, refresh_url, created_at, expires_at, used_at FROM stripesim.link WHERE id = $1 FOR NO KEY UPDATE`
	return collectOne[link](ctx, tx, linkKind(), "", query, id)
}

func markLinkUsed(ctx context.Context, tx pgx.Tx, id string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE stripesim.link SET used_at = $2 WHERE id = $1`, id, now)
	return err
}
