package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/check"
	"meent/internal/id"
)

const admissionColumns = `id, kind, name, to_char(valid_from, 'YYYY-MM-DD'), to_char(valid_until, 'YYYY-MM-DD'), number`

func scanAdmission(row pgx.CollectableRow) (a Admission, err error) {
	err = row.Scan(&a.ID, &a.Kind, &a.Name, &a.From, &a.Until, &a.Number)
	return a, err
}

func listAdmissions(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Admission, error) {
	const query = `
		SELECT ` + admissionColumns + ` FROM members.lender_admission
		WHERE cooperative_id = $1 AND ended_at IS NULL ORDER BY kind DESC, valid_until DESC, name, id`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanAdmission)
}

func insertAdmission(ctx context.Context, tx pgx.Tx, c id.Cooperative, a Admission, now time.Time) error {
	const query = `
		INSERT INTO members.lender_admission (id, cooperative_id, kind, name, number, valid_from, valid_until, added_at)
		VALUES ($1, $2, $3, $4, $5, $6::date, $7::date, $8)`
	_, err := tx.Exec(ctx, query, a.ID, c, string(a.Kind), a.Name, a.Number, string(a.From), string(a.Until), now)
	if broke(err, "admission_once") {
		return check.Problems{{Field: "number", Rule: "there_already"}}
	}
	return err
}

func endAdmission(ctx context.Context, tx pgx.Tx, c id.Cooperative, admission AdmissionID, now time.Time) (a Admission, err error) {
	const query = `
		UPDATE members.lender_admission SET ended_at = greatest(added_at, $3)
		WHERE cooperative_id = $1 AND id = $2 AND ended_at IS NULL RETURNING ` + admissionColumns
	rows, err := tx.Query(ctx, query, c, admission, now)
	if err != nil {
		return a, err
	}
	a, err = pgx.CollectExactlyOneRow(rows, scanAdmission)
	return a, notFound(err)
}

func findAdmitted(ctx context.Context, tx pgx.Tx, c id.Cooperative, kind LenderKind, day Day) (admitted bool, last Day, err error) {
	const query = `
		SELECT valid_until >= $3::date, to_char(valid_until, 'YYYY-MM-DD') FROM members.lender_admission
		WHERE cooperative_id = $1 AND kind = $2 AND ended_at IS NULL AND valid_from <= $3::date
		ORDER BY valid_until DESC LIMIT 1 FOR SHARE`
	err = tx.QueryRow(ctx, query, c, string(kind), string(day)).Scan(&admitted, &last)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, "", nil
	}
	return admitted, last, err
}
