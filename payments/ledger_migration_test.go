package payments_test

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// before is the schema as it was when postings had no entries.
func before(t *testing.T) pg.Schema {
	t.Helper()
	now := payments.Schema()
	old := fstest.MapFS{}
	names, err := fs.Glob(now.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(now.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		if name < "0401" {
			old[name] = &fstest.MapFile{Data: text}
		}
	}
	return pg.Schema{Name: now.Name, Files: old}
}

// TestOldPostingsBecomeEntries: what was booked before stays booked, is the same
// thing when somebody books it again, and can be taken apart again.
func TestOldPostingsBecomeEntries(t *testing.T) {
	db := pgtest.New(t, tasks.Schema(), members.Schema(), before(t))
	h := &figureHouse{T: t, db: db, people: members.New(db, nil, time.Now, nil)}
	h.Service = payments.New(db, nil, h.people, nil, time.Now, nil)
	h.noor = h.found("Waalkracht", "noor")
	c, payout := h.noor.Cooperative, id.New[payments.Payout](nil)
	old := func(key, from, to string, cents int) {
		t.Helper()
		h.must(h.exec(`INSERT INTO payments.posting (id, cooperative_id, key, source, destination, cents, posted_at)
			VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, now())`, c, key, from, to, cents))
	}
	transfer, sent := "transfer:"+payout.String(), "payout:"+payout.String()+":0:sent"
	old("something", "client:x", "member:x:payable", 500)
	old(transfer, "member:x:payable", "member:x:stripe", 400)
	old(sent, "member:x:stripe", "member:x:transit", 300)
	old("charge:ch_1:fee", "coop:costs", "stripe:fees", 12)

	h.must(pg.Migrate(t.Context(), db, payments.Schema()))
	db.Reset()
	h.soundBut()
	again := []payments.Entry{
		{Key: transfer, Cause: payments.CauseTransfer, Postings: []payments.Posting{{Source: "member:x:payable", Destination: "member:x:stripe", Amount: 400}}},
		{Key: "charge:ch_1:fee", Cause: payments.CauseFee, Postings: []payments.Posting{{Source: payments.Costs, Destination: payments.GatewayFees, Amount: 12}}},
	}
	_, err := h.Post(t.Context(), c, again...)
	h.must(err)
	again[0].Postings[0].Amount++
	if _, err := h.Post(t.Context(), c, again...); !errors.Is(err, payments.ErrOtherPosting) {
		t.Errorf("another amount under an old key: %v", err)
	}
	var subjects int
	h.must(db.QueryRow(t.Context(), `SELECT count(*) FROM payments.entry WHERE subject = $1`, payout).Scan(&subjects))
	if subjects != 2 || h.on("member:x:stripe") != 100 || h.on(payments.GatewayFees) != 12 {
		t.Errorf("%d entries are about the payout; at Stripe %v, fees %v", subjects, h.on("member:x:stripe"), h.on(payments.GatewayFees))
	}
	for range 20 { // shards, which become one row again
		h.post(c, rand.Text(), payments.Costs, payments.GatewayFees, 1)
	}
	backAndForth(t, db)
	db.Reset()
	h.soundBut()
	if h.on(payments.GatewayFees) != 32 {
		t.Errorf("after going back and forth the fees are %v", h.on(payments.GatewayFees))
	}
}

// backAndForth undoes the migration of the entries, and does it again.
func backAndForth(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	store, err := database.NewStore(database.DialectPostgres, "payments.goose_version")
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider("", db, payments.Schema().Files, goose.WithStore(store), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.DownTo(t.Context(), 400); err != nil {
		t.Fatal(err)
	}
	if _, err := provider.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestNobodyHasTheRight: a program that is no superuser posts as always, and may
// change nothing of it, though the tables are its own and it silenced the triggers.
func TestNobodyHasTheRight(t *testing.T) {
	admin := pgtest.New(t)
	db := asOwner(t, admin)
	h := &figureHouse{T: t, db: db, people: members.New(db, nil, time.Now, nil)}
	h.must(pg.Migrate(t.Context(), db, tasks.Schema(), members.Schema(), payments.Schema()))
	h.Service = payments.New(db, nil, h.people, nil, time.Now, nil)
	h.noor = h.found("Waalkracht", "noor")
	h.post(h.noor.Cooperative, "k", "client:x", payments.Contribution, 5)
	h.post(h.noor.Cooperative, "k", "client:x", payments.Contribution, 5)
	for _, table := range []string{"entry", "posting"} {
		h.must(h.exec(`ALTER TABLE payments.` + table + ` DISABLE TRIGGER USER`))
	}
	for _, try := range []string{
		`UPDATE payments.posting SET cents = 1`, `DELETE FROM payments.posting`, `TRUNCATE payments.posting`,
		`UPDATE payments.entry SET key = 'y'`, `DELETE FROM payments.entry`, `TRUNCATE payments.entry, payments.posting`,
		`DELETE FROM payments.account`, `TRUNCATE payments.account`,
	} {
		var refused *pgconn.PgError
		if err := h.exec(try); !errors.As(err, &refused) || refused.Code != "42501" {
			t.Errorf("%s gave %v", try, err)
		}
	}
	h.soundBut()
}

// asOwner gives the database to a user without other rights, and opens it as that.
func asOwner(t *testing.T, admin *pgxpool.Pool) *pgxpool.Pool {
	t.Helper()
	owner := "owner_" + strings.ToLower(rand.Text()[:12])
	name := pgx.Identifier{admin.Config().ConnConfig.Database}.Sanitize()
	do := func(sql string) {
		if _, err := admin.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	do(`CREATE ROLE ` + owner + ` LOGIN`)
	do(`ALTER DATABASE ` + name + ` OWNER TO ` + owner)
	address := strings.Replace(admin.Config().ConnString(), "user="+admin.Config().ConnConfig.User, "user="+owner, 1)
	db, err := pg.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		db.Close()
		for _, sql := range []string{`REASSIGN OWNED BY ` + owner + ` TO CURRENT_USER`, `DROP OWNED BY ` + owner, `DROP ROLE ` + owner} {
			if _, err := admin.Exec(context.Background(), sql); err != nil {
				t.Error(err)
			}
		}
	})
	return db
}
