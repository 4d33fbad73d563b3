package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func insertChange(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, change id.Of[Change], was Change) error {
	const query = `
		WITH gig AS (UPDATE jobs.gig SET changed_at = $4 WHERE cooperative_id = $2 AND id = $3)
		INSERT INTO jobs.gig_change (id, cooperative_id, gig_id, changed_at, title, description, rate_cents, photos, on_the_day, travel)
		VALUES ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''), nullif($7::bigint, 0), $8, $9, nullif($10, ''))`
	_, err := tx.Exec(ctx, query, change, by.Cooperative, gig, was.At, was.Title, was.Description, was.Rate, was.Photos, was.Day, string(was.Travel))
	return err
}

func listChanges(ctx context.Context, db *pgxpool.Pool, by members.Actor, gig GigID, most int) ([]Change, error) {
	const query = `
		SELECT changed_at, coalesce(title, ''), coalesce(description, ''), coalesce(rate_cents, 0), photos, on_the_day, coalesce(travel, '') FROM jobs.gig_change
		WHERE cooperative_id = $1 AND gig_id = $2 ORDER BY changed_at DESC, id LIMIT $3`
	rows, err := db.Query(ctx, query, by.Cooperative, gig, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Change])
}

// lockTold gives when the gig was changed and when that was told; of no gig neither.
func lockTold(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) (changed, told *time.Time, err error) {
	const query = `SELECT changed_at, told_at FROM jobs.gig WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	err = tx.QueryRow(ctx, query, c, gig).Scan(&changed, &told)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil, nil
	}
	return changed, told, err
}

func markTold(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.gig SET told_at = $3 WHERE cooperative_id = $1 AND id = $2`, c, gig, now)
	return err
}
