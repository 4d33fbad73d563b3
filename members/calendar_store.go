package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func upsertCalendar(ctx context.Context, tx pgx.Tx, by Actor, hash []byte, now time.Time) error {
	const query = `
		INSERT INTO members.calendar (cooperative_id, member_id, secret_hash, made_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (cooperative_id, member_id) DO UPDATE SET secret_hash = excluded.secret_hash, made_at = excluded.made_at`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Member, hash, now)
	return err
}

func deleteCalendar(ctx context.Context, tx pgx.Tx, by Actor) (ended bool, err error) {
	tag, err := tx.Exec(ctx, `DELETE FROM members.calendar WHERE cooperative_id = $1 AND member_id = $2`, by.Cooperative, by.Member)
	return tag.RowsAffected() > 0, err
}

func findCalendarMade(ctx context.Context, db *pgxpool.Pool, by Actor) (made time.Time, err error) {
	const query = `SELECT made_at FROM members.calendar WHERE cooperative_id = $1 AND member_id = $2`
	err = db.QueryRow(ctx, query, by.Cooperative, by.Member).Scan(&made)
	if errors.Is(err, pgx.ErrNoRows) {
		return time.Time{}, nil
	}
	return made, err
}

func findCalendar(ctx context.Context, db *pgxpool.Pool, hash []byte) (c Calendar, err error) {
	const query = `SELECT cooperative_id, member_id FROM members.calendar WHERE secret_hash = $1`
	err = db.QueryRow(ctx, query, hash).Scan(&c.Cooperative, &c.Member)
	return c, notFound(err)
}
