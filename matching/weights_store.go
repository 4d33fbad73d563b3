package matching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/matching/engine"
	"meent/members"
)

// weightColumns are in the order of PointKinds.
const weightColumns = `w.version, w.fit, w.growth, w.near, w.calm, w.room, w.known, w.fair`

// columns are where those of a row go.
func columns(w *engine.Weights) []any {
	into := []any{&w.Version}
	for i := range w.Of {
		into = append(into, &w.Of[i])
	}
	return into
}

// findWeights gives those that hold now.
func findWeights(ctx context.Context, tx pgx.Tx, c id.Cooperative) (engine.Weights, error) {
	const query = `SELECT ` + weightColumns + ` FROM matching.weights w WHERE w.cooperative_id = $1 ORDER BY w.version DESC LIMIT 1`
	return scanWeights(tx.QueryRow(ctx, query, c))
}

// findVersion gives those of a version, whether they still hold or not. It returns
// members.ErrNotFound.
func findVersion(ctx context.Context, tx pgx.Tx, c id.Cooperative, version int) (engine.Weights, error) {
	const query = `SELECT ` + weightColumns + ` FROM matching.weights w WHERE w.cooperative_id = $1 AND w.version = $2`
	w, err := scanWeights(tx.QueryRow(ctx, query, c, version))
	if err == nil && w.Version != version {
		err = members.ErrNotFound
	}
	return w, err
}

// scanWeights: where a cooperative chose none, those of the house hold.
func scanWeights(row pgx.Row) (w engine.Weights, err error) {
	err = row.Scan(columns(&w)...)
	if errors.Is(err, pgx.ErrNoRows) {
		return HouseWeights(), nil
	}
	return w, err
}

func listWeights(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Weighing, error) {
	const query = `
		SELECT ` + weightColumns + `, w.since, p.name, w.why FROM matching.weights w
		JOIN members.role r ON r.cooperative_id = w.cooperative_id AND r.id = w.by_role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE w.cooperative_id = $1 ORDER BY w.version DESC`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (w Weighing, err error) {
		return w, row.Scan(append(columns(&w.Weights), &w.Since, &w.By, &w.Why)...)
	})
}

// insertWeights adds the version after the one that was looked at; false when there is
// a newer one already.
func insertWeights(ctx context.Context, tx pgx.Tx, by members.Actor, w engine.Weights, why string, now time.Time) (added bool, err error) {
	const query = `
		INSERT INTO matching.weights (cooperative_id, version, fit, growth, near, calm, room, known, fair, since, by_role_id, why)
		SELECT $1, $2 + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
		WHERE $2 = (SELECT coalesce(max(version), $13) FROM matching.weights WHERE cooperative_id = $1)
		ON CONFLICT (cooperative_id, version) DO NOTHING`
	args := []any{by.Cooperative, w.Version}
	for _, of := range w.Of {
		args = append(args, of)
	}
	tag, err := tx.Exec(ctx, query, append(args, now, by.Role, why, HouseWeights().Version)...)
	return tag.RowsAffected() == 1, err
}
