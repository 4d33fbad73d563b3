package pgtest

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// longest is how long a transaction of another test may be under way.
const longest = time.Minute

// Settled waits until every transaction has ended that is under way now in another database
// of the server: of a test that runs beside this one. Who reads below pg_snapshot_xmin reads
// nothing that was written after such a one began.
func Settled(ctx context.Context, db *pgxpool.Pool) error {
	const running = `SELECT array_agg(backend_xid::text) FROM pg_stat_activity
		WHERE datname <> current_database() AND backend_xid IS NOT NULL AND ($1::text[] IS NULL OR backend_xid::text = ANY ($1))`
	var those []string
	for late := time.Now().Add(longest); ; time.Sleep(5 * time.Millisecond) {
		if err := db.QueryRow(ctx, running, those).Scan(&those); err != nil || those == nil {
			return err
		}
		if time.Now().After(late) {
			return fmt.Errorf("transactions of other tests do not end: %v", those)
		}
	}
}
