package feed

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Settle makes the feed whole where the database is another one than before: put
// back to an earlier moment, or moved. The numbers of transactions began anew there,
// so that old changes would be given too late or never, and cursors would stand in a
// future. All changes go, and a new epoch begins: who has a cursor of an earlier one
// hears ErrGone and loads anew. Who loads settles first, so that the changes that go
// are in what they load. At home it does nothing.
func Settle(ctx context.Context, db *pgxpool.Pool) error {
	if home, err := atHome(ctx, db); err != nil || home {
		return err
	}
	return settle(ctx, db, false)
}

// Begin begins a new epoch also at home: for an operator who put the database back in
// a way that leaves no trace.
func Begin(ctx context.Context, db *pgxpool.Pool) error { return settle(ctx, db, true) }

func settle(ctx context.Context, db *pgxpool.Pool, always bool) error {
	return pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		if err := lockHome(ctx, tx); err != nil {
			return err
		}
		if home, err := atHome(ctx, tx); err != nil || home && !always { // somebody else did it
			return err
		}
		return beginEpoch(ctx, tx)
	})
}
