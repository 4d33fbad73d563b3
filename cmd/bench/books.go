package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/members"
	"meent/payments"
)

const (
	payers  = 1000
	purse   = payments.Cents(1_000_000_000) // what each begins with
	started = "start:"
)

// openLedgerHouse has a cooperative whose members have money.
func openLedgerHouse(ctx context.Context) (*house, error) {
	h, err := openHouse(ctx)
	if err != nil {
		return nil, err
	}
	if err := h.furnishLedger(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *house) furnishLedger(ctx context.Context) error {
	db, err := pg.Open(ctx, h.postgres.URL())
	if err != nil {
		return err
	}
	defer db.Close()
	if err := durable(ctx, db); err != nil {
		return err
	}
	if err := pg.Migrate(ctx, db, members.Schema(), payments.Schema()); err != nil {
		return err
	}
	people := members.New(db, nil, time.Now, nil)
	founded, err := people.Found(ctx, members.NewCooperative{Name: "Bank", Coordinator: members.NewPerson{Name: "Noor", Email: "noor@meent.example", Locale: members.Dutch}})
	if err != nil {
		return err
	}
	var list []payments.Entry
	for i := range payers {
		list = append(list, transfer(fmt.Sprint(started, i), "client:all", payer(i), purse))
	}
	_, err = payments.New(db, nil, nil, nil, time.Now, nil).Post(ctx, founded.ID, list...)
	return err
}

// durable: what is acknowledged is on the disk.
func durable(ctx context.Context, db *pgxpool.Pool) error {
	var fsync, commit string
	err := db.QueryRow(ctx, `SELECT current_setting('fsync'), current_setting('synchronous_commit')`).Scan(&fsync, &commit)
	if err == nil && (fsync != "on" || commit != "on") {
		err = fmt.Errorf("fsync is %s and synchronous_commit %s", fsync, commit)
	}
	return err
}

func payer(i int) payments.Account {
	return payments.Account(fmt.Sprintf("member:%d:payable", i))
}

func transfer(key string, from, to payments.Account, cents payments.Cents) payments.Entry {
	return payments.Entry{Key: key, Cause: payments.CauseTransfer, Postings: []payments.Posting{{Source: from, Destination: to, Amount: cents}}}
}

// books are a room's ledger.
type books struct {
	db   *pgxpool.Pool
	own  *payments.Service
	coop id.Cooperative
	sent int // transfers so far
}

// onBooks measures on a ledger of its own, all to one account where it is named, and
// looks at it afterwards.
func onBooks(work func(*books, context.Context, int) (float64, error), to payments.Account) func(context.Context, *room) (stand, error) {
	return func(ctx context.Context, r *room) (stand, error) {
		b, err := openBooks(ctx, r)
		return stand{
			work:  func(ctx context.Context, n int) (float64, error) { return work(b, ctx, n) },
			check: func(ctx context.Context) error { return b.check(ctx, b.sent, to) },
		}, err
	}
}

// onBare is onBooks without balances.
func onBare(ctx context.Context, r *room) (stand, error) {
	b, err := openBooks(ctx, r)
	if err != nil {
		return stand{}, err
	}
	_, err = b.db.Exec(ctx, `ALTER TABLE payments.posting DISABLE TRIGGER posting_keeps_balances`)
	return stand{b.insertBare, func(ctx context.Context) error { return b.checkPostings(ctx, b.sent) }}, err
}

func openBooks(ctx context.Context, r *room) (*books, error) {
	b := &books{db: r.db, own: payments.New(r.db, nil, nil, nil, time.Now, nil)}
	if err := r.db.QueryRow(ctx, `SELECT id FROM members.cooperative`).Scan(&b.coop); err != nil {
		return nil, err
	}
	return b, r.settle(ctx)
}

// each posts n transfers by so many at once, and gives how many that is a second.
func each(ctx context.Context, n, atOnce int, post func(ctx context.Context, r *rand.Rand, number int) error) (float64, error) {
	var last atomic.Int64
	begin := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for teller := range atOnce {
		group.Go(func() error {
			r := rand.New(rand.NewPCG(uint64(teller), 9))
			for number := int(last.Add(1)); number <= n; number = int(last.Add(1)) {
				if err := post(ctx, r, number); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := group.Wait()
	return float64(n) / time.Since(begin).Seconds(), err
}

// two are different numbers below payers.
func two(r *rand.Rand) (a, b int) {
	a = r.IntN(payers)
	return a, (a + 1 + r.IntN(payers-1)) % payers
}

// each is each that goes on counting where it was.
func (b *books) each(ctx context.Context, n int, post func(ctx context.Context, r *rand.Rand, key string) error) (float64, error) {
	before := b.sent
	b.sent += n
	return each(ctx, n, tellers, func(ctx context.Context, r *rand.Rand, number int) error {
		return post(ctx, r, fmt.Sprint("t:", before+number))
	})
}

func (b *books) postEach(ctx context.Context, n int) (float64, error) {
	return b.each(ctx, n, func(ctx context.Context, r *rand.Rand, key string) error {
		from, to := two(r)
		_, err := b.own.Post(ctx, b.coop, transfer(key, payer(from), payer(to), 1))
		return err
	})
}

func (b *books) postTo(ctx context.Context, n int, to payments.Account) (float64, error) {
	return b.each(ctx, n, func(ctx context.Context, r *rand.Rand, key string) error {
		_, err := b.own.Post(ctx, b.coop, transfer(key, payer(r.IntN(payers)), to, 1))
		return err
	})
}

func (b *books) postHot(ctx context.Context, n int) (float64, error) {
	return b.postTo(ctx, n, payments.Contribution)
}

func (b *books) postOneRow(ctx context.Context, n int) (float64, error) {
	return b.postTo(ctx, n, payments.Fund)
}

func (b *books) postBulk(ctx context.Context, n int) (float64, error) {
	before, statements := b.sent, max(n/bulk, 1)
	b.sent += statements * bulk
	rate, err := each(ctx, statements, bulkers, func(ctx context.Context, r *rand.Rand, number int) error {
		list := make([]payments.Entry, bulk)
		for i := range list {
			from, to := two(r)
			list[i] = transfer(fmt.Sprint("t:", before+number*bulk+i), payer(from), payer(to), 1)
		}
		_, err := b.own.Post(ctx, b.coop, list...)
		return err
	})
	return rate * bulk, err
}

// insertBare writes what the ledger writes in as many round trips, with the same look
// at the key, and keeps no balance.
func (b *books) insertBare(ctx context.Context, n int) (float64, error) {
	const insert = `
		WITH made AS (
			INSERT INTO payments.entry (id, cooperative_id, key, input_hash, cause, subject, posted_at, posted_by, approved_by)
			VALUES ($1, $2, $3, $4, 'transfer', NULL, $5, NULL, NULL)
			ON CONFLICT ON CONSTRAINT entry_once DO NOTHING RETURNING id
		)
		INSERT INTO payments.posting (cooperative_id, entry_id, number, source, destination, cents, posted_at)
		SELECT $2, made.id, 1, $6, $7, $8, $5 FROM made`
	return b.each(ctx, n, func(ctx context.Context, r *rand.Rand, key string) error {
		from, to := two(r)
		source, destination := string(payer(from)), string(payer(to))
		hash := sha256.Sum256(fmt.Appendf(nil, "transfer\n%s>%s:%d\n", source, destination, 1))
		tag, err := b.db.Exec(ctx, insert, id.New[payments.Entry](nil), b.coop, key, hash[:], time.Now(), source, destination, 1)
		if err == nil && tag.RowsAffected() != 1 {
			err = fmt.Errorf("the key %q was there", key)
		}
		return err
	})
}

// check holds the books against what was asked: so many cents moved, one a
// posting, all to one account where it is named; and against themselves.
func (b *books) check(ctx context.Context, n int, to payments.Account) error {
	if err := b.checkPostings(ctx, n); err != nil {
		return err
	}
	const query = `
		WITH moved AS (
			SELECT destination AS address, cents FROM payments.posting UNION ALL SELECT source, -cents FROM payments.posting
		), kept AS (
			SELECT address, sum(balance_cents) AS cents FROM payments.account GROUP BY address
		)
		SELECT (SELECT sum(cents) FROM kept)::bigint, (SELECT coalesce(sum(cents), 0) FROM kept WHERE address = $1)::bigint,
			(SELECT count(*) FROM kept FULL JOIN (SELECT address, sum(cents) AS cents FROM moved GROUP BY address) m USING (address) WHERE kept.cents IS DISTINCT FROM m.cents)`
	var sum, there, wrong int
	if err := b.db.QueryRow(ctx, query, string(to)).Scan(&sum, &there, &wrong); err != nil {
		return err
	}
	if sum != 0 || wrong != 0 || to != "" && there != n {
		return fmt.Errorf("all sums to %d, %d balances are not their postings, %d of %d cents are on %q", sum, wrong, there, n, to)
	}
	if faults, err := b.own.Audit(ctx); err != nil || len(faults) > 0 {
		return errors.Join(err, fmt.Errorf("the books are wrong: %v", faults))
	}
	return nil
}

func (b *books) checkPostings(ctx context.Context, n int) error {
	const query = `
		SELECT count(*), coalesce(sum(p.cents), 0)::bigint FROM payments.posting p
		JOIN payments.entry e ON e.cooperative_id = p.cooperative_id AND e.id = p.entry_id WHERE NOT starts_with(e.key, $1)`
	var count, moved int
	if err := b.db.QueryRow(ctx, query, started).Scan(&count, &moved); err != nil {
		return err
	}
	if count != n || moved != n {
		return fmt.Errorf("%d postings moved %d cents, %d were asked", count, moved, n)
	}
	return nil
}

// otherBooks are a ledger of pgledger in a room.
type otherBooks struct {
	db  *pgxpool.Pool
	ids []string // of accounts; the last is the hot one
}

func onOther(script string, work func(*otherBooks, context.Context, int) (float64, error)) func(context.Context, *room) (stand, error) {
	return func(ctx context.Context, r *room) (stand, error) {
		b := &otherBooks{db: r.db}
		if err := b.open(ctx, script); err != nil {
			return stand{}, fmt.Errorf("the script: %w", err)
		}
		return stand{func(ctx context.Context, n int) (float64, error) { return work(b, ctx, n) }, b.check}, r.settle(ctx)
	}
}

func (b *otherBooks) open(ctx context.Context, script string) error {
	if _, err := b.db.Exec(ctx, script, pgx.QueryExecModeSimpleProtocol); err != nil {
		return err
	}
	rows, err := b.db.Query(ctx, `SELECT (pgledger_create_account('account ' || i, 'EUR')).id FROM generate_series(0, $1) AS i`, payers)
	if err != nil {
		return err
	}
	b.ids, err = pgx.CollectRows(rows, pgx.RowTo[string])
	return err
}

func (b *otherBooks) post(ctx context.Context, from, to int) error {
	_, err := b.db.Exec(ctx, `SELECT pgledger_create_transfer($1, $2, 1)`, b.ids[from], b.ids[to])
	return err
}

func (b *otherBooks) postEach(ctx context.Context, n int) (float64, error) {
	return each(ctx, n, tellers, func(ctx context.Context, r *rand.Rand, _ int) error {
		from, to := two(r)
		return b.post(ctx, from, to)
	})
}

func (b *otherBooks) postHot(ctx context.Context, n int) (float64, error) {
	return each(ctx, n, tellers, func(ctx context.Context, r *rand.Rand, _ int) error { return b.post(ctx, r.IntN(payers), payers) })
}

func (b *otherBooks) postBulk(ctx context.Context, n int) (float64, error) {
	const query = `
		SELECT count(*) FROM pgledger_create_transfers(
			transfer_requests => ARRAY(SELECT (f, t, 1)::transfer_request FROM unnest($1::text[], $2::text[]) AS x (f, t)), event_at => now())`
	rate, err := each(ctx, max(n/bulk, 1), bulkers, func(ctx context.Context, r *rand.Rand, _ int) error {
		from, to := make([]string, bulk), make([]string, bulk)
		for i := range bulk {
			f, t := two(r)
			from[i], to[i] = b.ids[f], b.ids[t]
		}
		_, err := b.db.Exec(ctx, query, from, to)
		return err
	})
	return rate * bulk, err
}

// check: it sums to zero too, and its balances are its entries.
func (b *otherBooks) check(ctx context.Context) error {
	const query = `
		SELECT (SELECT sum(balance) FROM pgledger_accounts)::bigint, count(*) FILTER (WHERE a.balance <> coalesce(e.amount, 0))
		FROM pgledger_accounts a LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM pgledger_entries GROUP BY account_id) e ON e.account_id = a.id`
	var sum, wrong int
	if err := b.db.QueryRow(ctx, query).Scan(&sum, &wrong); err != nil {
		return err
	}
	if sum != 0 || wrong != 0 {
		return fmt.Errorf("pgledger sums to %d, %d balances are not their entries", sum, wrong)
	}
	return nil
}
