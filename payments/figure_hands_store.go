package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// insertProposal returns check.Problems where a figure counts, or is proposed,
// from the same day.
func insertProposal(ctx context.Context, tx pgx.Tx, f Figure, now time.Time) error {
	const query = `
		INSERT INTO payments.legal_figure (id, kind, cents, valid_from, valid_until, source, example, added_at, state, added_by)
		SELECT $1, $2, $3, $4::date, $5::date, $6, false, $7, 'proposed', $8
		WHERE NOT EXISTS (
			SELECT FROM payments.legal_figure WHERE kind = $2 AND valid_from = $4::date AND state = 'approved' AND NOT example)`
	tag, err := tx.Exec(ctx, query, f.ID, string(f.Kind), int64(f.Amount), string(f.From), string(f.Until), f.Source, now, f.AddedBy)
	switch {
	case breaks(err, "legal_figure_proposed_once"):
		return check.Problems{{Field: "from", Rule: "figure_proposed"}}
	case err == nil && tag.RowsAffected() == 0:
		return check.Problems{{Field: "from", Rule: "figure_there"}}
	}
	return err
}

const figureColumns = `
	SELECT f.id, f.kind, f.cents, to_char(f.valid_from, 'YYYY-MM-DD'), to_char(f.valid_until, 'YYYY-MM-DD'), f.source, f.example,
		f.state, f.added_by, coalesce(a.name, ''), f.approved_by, coalesce(b.name, '')
	FROM payments.legal_figure f
	LEFT JOIN members.person a ON a.id = f.added_by
	LEFT JOIN members.person b ON b.id = f.approved_by `

func scanFigure(row pgx.Row) (f Figure, err error) {
	err = row.Scan(&f.ID, &f.Kind, &f.Amount, &f.From, &f.Until, &f.Source, &f.Example,
		&f.State, &f.AddedBy, &f.AddedName, &f.ApprovedBy, &f.ApprovedName)
	if errors.Is(err, pgx.ErrNoRows) {
		return f, members.ErrNotFound
	}
	return f, err
}

func lockFigure(ctx context.Context, tx pgx.Tx, figure FigureID) (Figure, error) {
	return scanFigure(tx.QueryRow(ctx, figureColumns+`WHERE f.id = $1 FOR UPDATE OF f`, figure))
}

// listOwnOffice lists who coordinates the cooperative, or did: none while there is
// no other cooperative to ask.
func listOwnOffice(ctx context.Context, db members.Querier, c id.Cooperative) ([]members.PersonID, error) {
	const query = `
		SELECT person_id FROM members.role
		WHERE cooperative_id = $1 AND kind = 'coordinator' AND EXISTS (SELECT FROM members.cooperative WHERE id <> $1)`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[members.PersonID])
}

func approveFigure(ctx context.Context, tx pgx.Tx, figure FigureID, by members.PersonID, now time.Time) error {
	const query = `UPDATE payments.legal_figure SET state = 'approved', approved_by = $2, approved_at = $3 WHERE id = $1`
	_, err := tx.Exec(ctx, query, figure, by, now)
	if breaks(err, "legal_figure_from_unique") {
		return ErrFigureThere
	}
	return err
}

func takeFigureBack(ctx context.Context, tx pgx.Tx, figure FigureID) error {
	_, err := tx.Exec(ctx, `UPDATE payments.legal_figure SET state = 'taken_back' WHERE id = $1`, figure)
	return err
}

func listFigures(ctx context.Context, db *pgxpool.Pool) ([]Figure, error) {
	const query = figureColumns + `
		WHERE f.state IN ('proposed', 'approved')
		ORDER BY f.state = 'approved', f.kind, f.valid_from DESC, f.example, f.id`
	rows, err := db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Figure, error) { return scanFigure(row) })
}
