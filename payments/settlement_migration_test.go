package payments_test

import (
	"testing"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"meent/payments"
)

// TestBackWithSettledWages: a database in which wages were taken back, and money was said
// to be one's own, can go back to before that was known, and up again.
func TestBackWithSettledWages(t *testing.T) {
	h := newHouse(t, nil)
	k, _ := h.returned(6400)
	for _, way := range []payments.SettleWay{payments.SettleReversal, payments.SettleLetGo} {
		if _, err := h.settleBy(h.coordinator, k, way, 3200); err != nil {
			t.Fatal(err)
		}
		h.run()
	}
	if got := h.clawback(k); got.State != payments.ClawbackSettled {
		t.Fatalf("%+v", got)
	}
	db := stdlib.OpenDBFromPool(h.db)
	defer db.Close()
	store, err := database.NewStore(database.DialectPostgres, "payments.goose_version")
	h.must(err)
	p, err := goose.NewProvider("", db, payments.Schema().Files, goose.WithStore(store), goose.WithDisableGlobalRegistry(true))
	h.must(err)
	if _, err := p.DownTo(t.Context(), 532); err != nil {
		t.Fatal(err)
	}
	var decided int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.clawback WHERE state = 'decided'`).Scan(&decided))
	if _, err := p.Up(t.Context()); err != nil || decided != 1 {
		t.Errorf("%d are decided; and up again: %v", decided, err)
	}
}
