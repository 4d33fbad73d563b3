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

// lockSearcher lets nobody erase the acting member meanwhile: what would be written
// after that is never forgotten. It returns members.ErrNotFound for who is erased, or
// may not be offered work.
func lockSearcher(ctx context.Context, tx pgx.Tx, by members.Actor) error {
	const query = `
		SELECT p.id FROM members.person p
		JOIN members.role r ON r.cooperative_id = $1 AND r.person_id = p.id
		JOIN members.member m ON m.cooperative_id = r.cooperative_id AND m.role_id = r.id AND m.id = $2 AND m.state IN ('trial', 'member')
		WHERE p.id = $3 AND p.erased_at IS NULL FOR SHARE OF p`
	var found members.PersonID
	err := tx.QueryRow(ctx, query, by.Cooperative, by.Member, by.Person).Scan(&found)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return err
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

// deleteSearch also forgets of which gigs the member was told, with the last search:
// all that is told for another is posted later. Which mail was the last one stays, so
// that none comes twice a day.
func deleteSearch(ctx context.Context, tx pgx.Tx, by members.Actor, search SearchID) (bool, error) {
	tag, err := tx.Exec(ctx, `DELETE FROM jobs.saved_search WHERE cooperative_id = $1 AND member_id = $2 AND id = $3`, by.Cooperative, by.Member, search)
	if err != nil || tag.RowsAffected() == 0 {
		return false, err
	}
	const forget = `
		UPDATE jobs.search_news n SET told = '{}', told_at = NULL, mail_gigs = '{}', later = '{}', looked_at = NULL
		WHERE n.cooperative_id = $1 AND n.member_id = $2
			AND NOT EXISTS (SELECT FROM jobs.saved_search k WHERE k.cooperative_id = n.cooperative_id AND k.member_id = n.member_id)`
	_, err = tx.Exec(ctx, forget, by.Cooperative, by.Member)
	return true, err
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
