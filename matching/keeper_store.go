package matching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// pickMembers gives so many, from this id on and then from the first: ids are drawn
// by lot, so that each comes as often.
func pickMembers(ctx context.Context, tx pgx.Tx, c id.Cooperative, from members.MemberID, most int) ([]members.MemberID, error) {
	const query = `
		(SELECT id FROM members.member WHERE cooperative_id = $1 AND id >= $2 ORDER BY id LIMIT $3)
		UNION ALL
		(SELECT id FROM members.member WHERE cooperative_id = $1 AND id < $2 ORDER BY id LIMIT $3)
		LIMIT $3`
	rows, err := tx.Query(ctx, query, c, from, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[members.MemberID])
}

func keepKeeper(ctx context.Context, db *pgxpool.Pool, k id.Of[Keeper], h EngineHealth, now time.Time) error {
	const query = `
		INSERT INTO matching.keeper (id, seen_at, state, members, looked, wrong, faults, behind, age_seconds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, state = excluded.state, members = excluded.members, looked = excluded.looked,
			wrong = excluded.wrong, faults = excluded.faults, behind = excluded.behind, age_seconds = excluded.age_seconds`
	_, err := db.Exec(ctx, query, k, now, h.State, h.Members, h.Looked, h.Wrong, h.Faults, h.Behind, int64(h.Age.Seconds()))
	return err
}

func listKeepers(ctx context.Context, db *pgxpool.Pool, since time.Time) ([]EngineHealth, error) {
	const query = `
		SELECT state, members, looked, wrong, faults, behind, age_seconds FROM matching.keeper
		WHERE seen_at >= $1 AND state <> 'ended' ORDER BY seen_at DESC, id`
	rows, err := db.Query(ctx, query, since)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h EngineHealth, err error) {
		var seconds int64
		err = row.Scan(&h.State, &h.Members, &h.Looked, &h.Wrong, &h.Faults, &h.Behind, &seconds)
		h.Age = time.Duration(seconds) * time.Second
		return h, err
	})
}

// endKeeper leaves the row of who saved a file, which it opens.
func endKeeper(ctx context.Context, db *pgxpool.Pool, k id.Of[Keeper], now time.Time) error {
	_, err := db.Exec(ctx, `UPDATE matching.keeper SET state = 'ended', seen_at = $2 WHERE id = $1`, k, now)
	return err
}

// keepSecret notes by what the next file of a Keeper opens. What its former file
// opened by is gone with that.
func keepSecret(ctx context.Context, db *pgxpool.Pool, k id.Of[Keeper], secret []byte, now time.Time) error {
	const query = `
		INSERT INTO matching.keeper (id, seen_at, state, secret) VALUES ($1, $3, 'kept', $2)
		ON CONFLICT (id) DO UPDATE SET secret = excluded.secret, seen_at = excluded.seen_at`
	_, err := db.Exec(ctx, query, k, secret, now)
	return err
}

// findSecret gives by what the file of a Keeper opens; nothing where that is gone.
func findSecret(ctx context.Context, db *pgxpool.Pool, k id.Of[Keeper]) (secret []byte, err error) {
	err = db.QueryRow(ctx, `SELECT secret FROM matching.keeper WHERE id = $1`, k).Scan(&secret)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return secret, err
}

// dropSecret is for a file that is gone.
func dropSecret(ctx context.Context, db *pgxpool.Pool, k id.Of[Keeper]) error {
	_, err := db.Exec(ctx, `UPDATE matching.keeper SET secret = NULL WHERE id = $1`, k)
	return err
}

// dropSecrets lets no file be opened that was saved before: somebody in it is erased.
// Until the transaction ends nobody begins another one, who would not see that yet.
func dropSecrets(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `LOCK TABLE matching.keeper IN EXCLUSIVE MODE`); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE matching.keeper SET secret = NULL WHERE secret IS NOT NULL`)
	return err
}
