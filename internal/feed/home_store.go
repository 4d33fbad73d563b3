package feed

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// atHome reports whether changes can be written and read here: see feed.epoch.
func atHome(ctx context.Context, db reader) (home bool, err error) {
	return home, db.QueryRow(ctx, `SELECT feed.epoch() IS NOT NULL`).Scan(&home)
}

func lockHome(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `LOCK TABLE feed.home IN SHARE ROW EXCLUSIVE MODE`)
	return err
}

// beginEpoch draws its name by lot: a database that is put back twice to the same
// moment has two.
func beginEpoch(ctx context.Context, tx pgx.Tx) error {
	for _, query := range []string{
		`DELETE FROM feed.change`,
		`UPDATE feed.taken SET upto = '0'`,
		`INSERT INTO feed.home (epoch, cluster, timeline, database, feed) SELECT gen_random_uuid(), h.* FROM feed.here() h
			ON CONFLICT (only_row) DO UPDATE SET epoch = excluded.epoch, cluster = excluded.cluster, timeline = excluded.timeline,
				database = excluded.database, feed = excluded.feed, since = excluded.since`,
	} {
		if _, err := tx.Exec(ctx, query); err != nil {
			return err
		}
	}
	return nil
}
