package stripesim_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"meent/internal/pg"
	"meent/internal/pg/pgtest"
	"meent/payments/stripesim"
)

// TestAccountsOfBeforeHaveABank: who was paid by an older simulator still is.
func TestAccountsOfBeforeHaveABank(t *testing.T) {
	old, files := stripesim.Schema(), fstest.MapFS{}
	names, err := fs.Glob(old.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(old.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		if name < "0401" {
			files[name] = &fstest.MapFile{Data: text}
		}
	}
	old.Files = files
	db := pgtest.New(t, old)
	_, err = db.Exec(t.Context(), `
		WITH b AS (INSERT INTO stripesim.balance (account) VALUES ('acct_old'))
		INSERT INTO stripesim.account (id, type, email, business_type, payouts, metadata, created_at) VALUES ('acct_old', 'express', '', '', 'manual', '{}', now())`)
	if err != nil {
		t.Fatal(err)
	}
	if err := pg.Migrate(t.Context(), db, stripesim.Schema()); err != nil {
		t.Fatal(err)
	}
	var paid bool
	err = db.QueryRow(t.Context(), `
		SELECT a.pays_out AND b.account = a.id FROM stripesim.account a JOIN stripesim.bank b ON b.id = a.bank_id WHERE a.id = 'acct_old'`).Scan(&paid)
	if err != nil || !paid {
		t.Errorf("it has its own bank: %v, %v", paid, err)
	}
}
