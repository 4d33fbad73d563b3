package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/photo"
	"meent/members"
)

// listPhotos gives them in the order in which they were added, without bytes.
func listPhotos(ctx context.Context, db querier, c id.Cooperative, gig GigID) ([]Photo, error) {
	const query = `
		SELECT id, alt, width, height FROM jobs.gig_photo
		WHERE cooperative_id = $1 AND gig_id = $2 ORDER BY added_at, id`
	rows, err := db.Query(ctx, query, c, gig)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Photo])
}

// hasPhoto reports whether the gig has it. Another gig's is members.ErrNotFound.
func hasPhoto(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, p PhotoID) (there bool, err error) {
	const query = `SELECT cooperative_id = $2 AND gig_id = $3 FROM jobs.gig_photo WHERE id = $1`
	err = tx.QueryRow(ctx, query, p, by.Cooperative, gig).Scan(&there)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err == nil && !there:
		return false, members.ErrNotFound
	}
	return there, err
}

func countPhotos(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (n int, err error) {
	const query = `SELECT count(*) FROM jobs.gig_photo WHERE cooperative_id = $1 AND gig_id = $2`
	return n, tx.QueryRow(ctx, query, by.Cooperative, gig).Scan(&n)
}

func insertPhoto(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, n NewPhoto, p photo.Photo, now time.Time) error {
	const query = `
		INSERT INTO jobs.gig_photo (id, cooperative_id, gig_id, alt, large, small, width, height, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	_, err := tx.Exec(ctx, query, n.ID, by.Cooperative, gig, n.Alt, p.Large, p.Small, p.Width, p.Height, now)
	return err
}

func copyPhoto(ctx context.Context, tx pgx.Tx, by members.Actor, from, to PhotoID, gig GigID, now time.Time) error {
	const query = `
		INSERT INTO jobs.gig_photo (id, cooperative_id, gig_id, alt, large, small, width, height, added_at)
		SELECT $1, cooperative_id, $2, alt, large, small, width, height, $5 FROM jobs.gig_photo WHERE cooperative_id = $3 AND id = $4`
	_, err := tx.Exec(ctx, query, to, gig, by.Cooperative, from, now)
	return err
}

func deletePhoto(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, p PhotoID) error {
	const query = `DELETE FROM jobs.gig_photo WHERE cooperative_id = $1 AND gig_id = $2 AND id = $3`
	tag, err := tx.Exec(ctx, query, by.Cooperative, gig, p)
	if err == nil && tag.RowsAffected() == 0 {
		return members.ErrNotFound
	}
	return err
}

func findPhoto(ctx context.Context, db *pgxpool.Pool, by members.Actor, gig GigID, p PhotoID, small bool) (data []byte, err error) {
	const query = `
		SELECT CASE WHEN $4 THEN small ELSE large END FROM jobs.gig_photo
		WHERE cooperative_id = $1 AND gig_id = $2 AND id = $3`
	err = db.QueryRow(ctx, query, by.Cooperative, gig, p, small).Scan(&data)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, members.ErrNotFound
	}
	return data, err
}

// deleteOldPhotos and deleteOldChanges go with what gigs that are emptied said; those
// are named old.
const (
	deleteOldPhotos  = `DELETE FROM jobs.gig_photo f USING old WHERE f.cooperative_id = old.cooperative_id AND f.gig_id = old.id`
	deleteOldChanges = `DELETE FROM jobs.gig_change h USING old WHERE h.cooperative_id = old.cooperative_id AND h.gig_id = old.id`
)
