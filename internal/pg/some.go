package pg

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Some is how many rows are taken away or changed at once, so that no
// transaction is huge.
const Some = 1000

// DeleteSome deletes at most Some rows of the table, and says whether there may
// be more. It passes over rows that somebody has locked. Table and where are
// parts of a statement: they never come from outside.
func DeleteSome(ctx context.Context, tx pgx.Tx, table, where string, args ...any) (more bool, err error) {
	query := `DELETE FROM ` + table + ` WHERE ctid = ANY (ARRAY(
		SELECT ctid FROM ` + table + ` WHERE ` + where + ` LIMIT ` + strconv.Itoa(Some) + ` FOR UPDATE SKIP LOCKED))`
	return Full(tx.Exec(ctx, query, args...))
}

// Full says whether a statement found as many rows as it may touch at once.
func Full(tag pgconn.CommandTag, err error) (bool, error) {
	return tag.RowsAffected() >= Some, err
}
