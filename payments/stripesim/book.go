package stripesim

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Book is all the money there is, in cents, for those who judge from outside.
type Book struct {
	Charged     int64
	Fees        int64
	Refunded    int64 // also what is on its way back; not what failed
	Disputed    int64 // withdrawn and not reinstated
	Transferred int64
	Reversed    int64 // of what was transferred
	OnTheWay    int64 // payouts that have not arrived
	PaidOut     int64 // payouts that arrived and did not fail later

	Platform int64            // the platform's balance, available or not
	Accounts map[string]int64 // the balance of each connected account
}

// Book adds up everything at one moment. It returns ErrUnbalanced, and the
// book, when a balance is not the sum of its balance transactions, when an
// object and its balance transaction differ, or when the whole does not add up.
func (s *Simulator) Book(ctx context.Context) (b Book, err error) {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, s.db, options, func(tx pgx.Tx) error {
		b, err = readBook(ctx, tx)
		if err != nil {
			return err
		}
		wrong, err := countWrong(ctx, tx)
		if err == nil && (wrong > 0 || b.off() != 0) {
			return ErrUnbalanced
		}
		return err
	})
	return b, err
}

// off is what came in, less what went out and what is still there.
func (b Book) off() int64 {
	off := b.Charged - b.Fees - b.Refunded - b.Disputed - b.OnTheWay - b.PaidOut - b.Platform
	for _, balance := range b.Accounts {
		off -= balance
	}
	return off
}
