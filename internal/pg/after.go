package pg

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// AfterCommit lets do run as soon as the transaction has committed, and not when
// it is rolled back; of a savepoint it knows nothing. Asked twice under one key
// it runs once. It runs before the committer goes on, so it must be quick, and
// not at all when the process ends between the two: so it is for speed, never
// for what must happen. It reports false for a transaction of a pool that Open
// did not make.
func AfterCommit(tx pgx.Tx, key any, do func()) bool {
	list, ok := tx.Conn().PgConn().CustomData()[afterKey].(after)
	if ok {
		list[key] = do
	}
	return ok
}

const afterKey = "meent: after commit"

// after is what waits for the end of a connection's transaction.
type after map[any]func()

// watch makes a new connection keep such a list.
func watch(_ context.Context, conn *pgx.Conn) error {
	conn.PgConn().CustomData()[afterKey] = after{}
	return nil
}

// endings sees where a connection's transactions end.
type endings struct{}

// TraceQueryStart does nothing.
func (endings) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return ctx
}

// TraceQueryEnd empties the list when no transaction is open any more, whether
// that committed, was rolled back, or failed to commit.
func (endings) TraceQueryEnd(_ context.Context, conn *pgx.Conn, data pgx.TraceQueryEndData) {
	list, _ := conn.PgConn().CustomData()[afterKey].(after)
	if len(list) == 0 || conn.PgConn().TxStatus() != 'I' {
		return
	}
	committed := data.Err == nil && data.CommandTag.String() == "COMMIT"
	for key, do := range list {
		delete(list, key)
		if committed {
			do()
		}
	}
}
