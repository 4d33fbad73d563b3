package stripesim

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// kind is one sort of object: where it is stored and how Stripe calls it.
type kind struct {
	table string
	noun  string
	owned bool // it belongs to one account and is not seen from others
}

func accountKind() kind  { return kind{table: "account", noun: "account"} }
func sessionKind() kind  { return kind{table: "session", noun: "checkout.session"} }
func intentKind() kind   { return kind{table: "intent", noun: "payment_intent"} }
func chargeKind() kind   { return kind{table: "charge", noun: "charge"} }
func refundKind() kind   { return kind{table: "refund", noun: "refund"} }
func transferKind() kind { return kind{table: "transfer", noun: "transfer"} }
func payoutKind() kind   { return kind{table: "payout", noun: "payout", owned: true} }
func txnKind() kind      { return kind{table: "txn", noun: "balance_transaction", owned: true} }
func disputeKind() kind  { return kind{table: "dispute", noun: "dispute"} }
func reversalKind() kind { return kind{table: "reversal", noun: "transfer_reversal"} }
func bankKind() kind     { return kind{table: "bank", noun: "external account"} }
func linkKind() kind     { return kind{table: "link", noun: "account link"} }
func eventKind() kind    { return kind{table: "event", noun: "event", owned: true} }

// pageTail ends the query of each list; pageArgs are its arguments, which come
// first.
const pageTail = ` AND number < $1 AND created_at >= $2 AND created_at < $3 ORDER BY number DESC LIMIT $4`

func (p page) args(more ...any) []any {
	return append([]any{p.number, p.from, p.until, p.limit + 1}, more...)
}

// findNumber is the place in its list of the object that a page starts after.
func findNumber(ctx context.Context, tx pgx.Tx, k kind, id, account string) (number int64, err error) {
	if !isID(id) {
		return 0, missing(k.noun, id, "starting_after")
	}
	query, args := `SELECT number FROM stripesim.`+k.table+` WHERE id = $1`, []any{id}
	if k.owned {
		query, args = query+` AND account = $2`, append(args, account)
	}
	err = tx.QueryRow(ctx, query, args...).Scan(&number)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, missing(k.noun, id, "starting_after")
	}
	return number, err
}

func collect[T any](ctx context.Context, tx pgx.Tx, query string, args ...any) ([]T, error) {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[T])
}

// collectOne says that the object is missing when there is no row. param is
// where its id was read, "" for the path.
func collectOne[T any](ctx context.Context, tx pgx.Tx, k kind, param, query, id string, args ...any) (T, error) {
	var none T
	if !isID(id) {
		return none, missing(k.noun, id, param)
	}
	rows, err := tx.Query(ctx, query, append([]any{id}, args...)...)
	if err != nil {
		return none, err
	}
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[T])
	if errors.Is(err, pgx.ErrNoRows) {
		return none, missing(k.noun, id, param)
	}
	return found, err
}
