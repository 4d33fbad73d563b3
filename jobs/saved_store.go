package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// keptSearch is a search as its row has it.
type keptSearch struct {
	Saved
	wish []byte
}

// beginNews makes the member's row, or holds it until the transaction ends. Who
// saves a first search today may be told today.
func beginNews(ctx context.Context, tx pgx.Tx, by members.Actor, now time.Time) error {
	const query = `
		INSERT INTO jobs.search_news (cooperative_id, member_id, since, asked_day) VALUES ($1, $2, $3, $4::date - 1)
		ON CONFLICT (cooperative_id, member_id) DO UPDATE SET since = search_news.since`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Member, now, string(members.DayOf(now)))
	return err
}

// findMarked is the member's search with this mark, or the zero id, and how many
// they have.
func findMarked(ctx context.Context, tx pgx.Tx, by members.Actor, mark []byte) (same SearchID, count int, err error) {
	rows, err := tx.Query(ctx, `SELECT id, mark = $3 FROM jobs.saved_search WHERE cooperative_id = $1 AND member_id = $2`, by.Cooperative, by.Member, mark)
	if err != nil {
		return same, 0, err
	}
	var search SearchID
	var is bool
	_, err = pgx.ForEachRow(rows, []any{&search, &is}, func() error {
		count++
		if is {
			same = search
		}
		return nil
	})
	return same, count, err
}

func insertSearch(ctx context.Context, tx pgx.Tx, by members.Actor, search SearchID, mark, wish []byte, now time.Time) error {
	const query = `INSERT INTO jobs.saved_search (id, cooperative_id, member_id, mark, wish, saved_at) VALUES ($1, $2, $3, $4, $5, $6)`
	_, err := tx.Exec(ctx, query, search, by.Cooperative, by.Member, mark, wish, now)
	return err
}

func listSearches(ctx context.Context, db *pgxpool.Pool, by members.Actor) ([]keptSearch, error) {
	const query = `SELECT id, wish, saved_at FROM jobs.saved_search WHERE cooperative_id = $1 AND member_id = $2 ORDER BY saved_at, id`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (k keptSearch, err error) {
		return k, row.Scan(&k.ID, &k.wish, &k.At)
	})
}

func deleteSearch(ctx context.Context, tx pgx.Tx, by members.Actor, search SearchID) (bool, error) {
	tag, err := tx.Exec(ctx, `DELETE FROM jobs.saved_search WHERE cooperative_id = $1 AND member_id = $2 AND id = $3`, by.Cooperative, by.Member, search)
	return tag.RowsAffected() > 0, err
}

// findNewsMailed is true for who has no row: their first search is told of.
func findNewsMailed(ctx context.Context, db *pgxpool.Pool, by members.Actor) (mailed bool, err error) {
	err = db.QueryRow(ctx, `SELECT mailed FROM jobs.search_news WHERE cooperative_id = $1 AND member_id = $2`, by.Cooperative, by.Member).Scan(&mailed)
	if errors.Is(err, pgx.ErrNoRows) {
		return true, nil
	}
	return mailed, err
}

func setNewsMailed(ctx context.Context, tx pgx.Tx, by members.Actor, on bool, now time.Time) (bool, error) {
	const query = `
		UPDATE jobs.search_news SET mailed = $3, since = CASE WHEN $3 AND NOT mailed THEN $4 ELSE since END
		WHERE cooperative_id = $1 AND member_id = $2`
	tag, err := tx.Exec(ctx, query, by.Cooperative, by.Member, on, now)
	return tag.RowsAffected() > 0, err
}
