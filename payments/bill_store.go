package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func insertBill(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, w Work, total Cents, lines []Line, now time.Time) error {
	const query = `
		INSERT INTO payments.bill (id, cooperative_id, client_id, ref, title, language, worked_on, minutes, rate_cents, total_cents, state, billed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7::date, $8, $9, $10, 'due', $11)`
	_, err := tx.Exec(ctx, query, bill, c, w.Client, string(w.Ref), w.Title, string(w.Language), string(w.Day),
		int(w.Worked/time.Minute), w.Rate, total, now)
	if breaks(err, "bill_once") {
		return ErrBilled
	}
	for _, l := range lines {
		if err == nil {
			err = insertLine(ctx, tx, c, bill, l)
		}
	}
	return err
}

func insertLine(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, l Line) error {
	const query = `INSERT INTO payments.bill_line (id, cooperative_id, bill_id, kind, member_id, cents) VALUES ($1, $2, $3, $4, $5, $6)`
	_, err := tx.Exec(ctx, query, l.ID, c, bill, string(l.Kind), l.Member, l.Amount)
	return err
}

// breaks reports whether the error is about this constraint.
func breaks(err error, constraint string) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.ConstraintName == constraint
}

// billBack is what went back of a bill.
const billBack = `
		coalesce((SELECT sum(r.cents)::bigint FROM payments.refund r
			WHERE r.cooperative_id = b.cooperative_id AND r.bill_id = b.id AND r.state IN ('moving', 'done')), 0),
		EXISTS (SELECT FROM payments.dispute d WHERE d.cooperative_id = b.cooperative_id AND d.bill_id = b.id AND d.state = 'open'),
		coalesce((SELECT sum(d.lost_cents)::bigint FROM payments.dispute d WHERE d.cooperative_id = b.cooperative_id AND d.bill_id = b.id), 0)`

const selectBill = `
	SELECT b.id, c.name, b.ref, b.title, b.language, to_char(b.worked_on, 'YYYY-MM-DD'), b.minutes, b.rate_cents, b.total_cents, b.deposit_cents, b.state, b.billed_at,
		coalesce(b.paid_at, '0001-01-01 00:00:00Z'),` + billBack + `
	FROM payments.bill b
	JOIN members.client c ON c.cooperative_id = b.cooperative_id AND c.id = b.client_id
	WHERE b.cooperative_id = $1`

// theirs holds for the acting client's bills, and for a coordinator's all.
const theirs = ` AND (b.client_id = $2 OR $3 = 'coordinator')`

func scanBill(row pgx.CollectableRow) (b Bill, err error) {
	var minutes int
	err = row.Scan(&b.ID, &b.ClientName, &b.Ref, &b.Title, &b.Language, &b.Day, &minutes, &b.Rate, &b.Total, &b.Beforehand, &b.State, &b.BilledAt, &b.PaidAt, &b.Refunded, &b.Disputed, &b.Lost)
	b.Worked = time.Duration(minutes) * time.Minute
	return b, err
}

// mostBills is how many are listed at once.
const mostBills = 200

func listBills(ctx context.Context, db *pgxpool.Pool, by members.Actor) ([]Bill, error) {
	const query = selectBill + theirs + `
		ORDER BY b.state = 'paid', CASE WHEN b.state <> 'paid' THEN b.billed_at END, b.paid_at DESC, b.id LIMIT $4`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Client, string(by.Kind), mostBills)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanBill)
}

func findBill(ctx context.Context, db querier, by members.Actor, bill BillID) (Bill, error) {
	rows, err := db.Query(ctx, selectBill+theirs+` AND b.id = $4`, by.Cooperative, by.Client, string(by.Kind), bill)
	if err != nil {
		return Bill{}, err
	}
	return oneBill(rows)
}

func oneBill(rows pgx.Rows) (Bill, error) {
	b, err := pgx.CollectExactlyOneRow(rows, scanBill)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return b, err
}

// findAnyBill is for who acts for the cooperative itself.
func findAnyBill(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, bill BillID) (b Bill, client members.ClientID, err error) {
	rows, err := db.Query(ctx, selectBill+` AND b.id = $2`, c, bill)
	if err != nil {
		return b, client, err
	}
	if b, err = oneBill(rows); err != nil {
		return b, client, err
	}
	err = db.QueryRow(ctx, `SELECT client_id FROM payments.bill WHERE cooperative_id = $1 AND id = $2`, c, bill).Scan(&client)
	return b, client, err
}

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func listLines(ctx context.Context, db querier, c id.Cooperative, bill BillID) ([]Line, error) {
	const query = `
		SELECT id, kind, member_id, cents FROM payments.bill_line
		WHERE cooperative_id = $1 AND bill_id = $2 ORDER BY kind DESC, id`
	rows, err := db.Query(ctx, query, c, bill)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (l Line, err error) {
		err = row.Scan(&l.ID, &l.Kind, &l.Member, &l.Amount)
		return l, err
	})
}

func listContacts(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, client members.ClientID) ([]members.Person, error) {
	const query = `
		SELECT p.id, p.name, p.email, p.locale
		FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.client_id = $2 AND r.ended_at IS NULL ORDER BY p.id`
	rows, err := db.Query(ctx, query, c, client)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p members.Person, err error) {
		err = row.Scan(&p.ID, &p.Name, &p.Email, &p.Locale)
		return p, err
	})
}
