package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func noteIndexCheck(ctx context.Context, tx pgx.Tx, d Drift, now time.Time) error {
	const query = `
		INSERT INTO jobs.index_check AS c (checked_at, held, missing, surplus, stale, repaired) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (only_row) DO UPDATE SET checked_at = $1, held = $2, missing = $3, surplus = $4, stale = $5, repaired = c.repaired + $6`
	_, err := tx.Exec(ctx, query, now, d.Held, len(d.Missing), len(d.Surplus), len(d.Stale), len(d.All()))
	return err
}

func findIndexCheck(ctx context.Context, db *pgxpool.Pool) (c IndexChecked, err error) {
	const query = `SELECT checked_at, held, missing, surplus, stale, repaired FROM jobs.index_check`
	err = db.QueryRow(ctx, query).Scan(&c.At, &c.Held, &c.Missing, &c.Surplus, &c.Stale, &c.Repaired)
	if errors.Is(err, pgx.ErrNoRows) {
		return IndexChecked{}, nil
	}
	return c, err
}

// listHousesOf gives the cooperative of each gig that is there: the index is of all.
func listHousesOf(ctx context.Context, db *pgxpool.Pool, gigs []GigID) (map[GigID]id.Cooperative, error) {
	rows, err := db.Query(ctx, `SELECT id, cooperative_id FROM jobs.gig WHERE id = ANY ($1::uuid[])`, gigs)
	if err != nil {
		return nil, err
	}
	houses, gig, c := map[GigID]id.Cooperative{}, GigID{}, id.Cooperative{}
	_, err = pgx.ForEachRow(rows, []any{&gig, &c}, func() error {
		houses[gig] = c
		return nil
	})
	return houses, err
}
