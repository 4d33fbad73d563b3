package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// upsertFigure writes what the program brings, which counts at once, and leaves
// alone what people added.
func upsertFigure(ctx context.Context, tx pgx.Tx, f Figure, now time.Time) error {
	const query = `
		INSERT INTO payments.legal_figure (id, kind, cents, valid_from, valid_until, source, example, added_at, state)
		VALUES ($1, $2, $3, $4::date, $5::date, $6, $7, $8, 'approved')
		ON CONFLICT (kind, valid_from, example) WHERE state = 'approved' DO UPDATE
			SET cents = excluded.cents, valid_until = excluded.valid_until, source = excluded.source
			WHERE legal_figure.added_by IS NULL`
	_, err := tx.Exec(ctx, query, f.ID, f.Kind, f.Amount, string(f.From), string(f.Until), f.Source, f.Example, now)
	return err
}

// findFigure takes law before example, and the newest row of either; only what
// is approved counts.
func findFigure(ctx context.Context, tx pgx.Tx, kind FigureKind, day Day) (Cents, error) {
	const query = `
		SELECT cents FROM payments.legal_figure
		WHERE kind = $1 AND state = 'approved' AND valid_from <= $2::date AND valid_until >= $2::date
		ORDER BY example, valid_from DESC LIMIT 1`
	var amount Cents
	err := tx.QueryRow(ctx, query, kind, string(day)).Scan(&amount)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, &NoFigure{Kind: kind, Day: day}
	}
	return amount, err
}
