package payments

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const wrong = "wrong_"

// errNoViews keeps books from being called sound because nobody looked.
var errNoViews = errors.New("payments: no view says what would be wrong")

func listWrongViews(ctx context.Context, db *pgxpool.Pool) ([]string, error) {
	const query = `SELECT viewname FROM pg_views WHERE schemaname = 'payments' AND starts_with(viewname, $1) ORDER BY 1`
	rows, err := db.Query(ctx, query, wrong)
	if err != nil {
		return nil, err
	}
	views, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err == nil && len(views) == 0 {
		err = errNoViews
	}
	return views, err
}

// countWrong asks all of them in one statement, which sees one moment.
func countWrong(ctx context.Context, db *pgxpool.Pool, views []string) (Faults, error) {
	counts := make([]string, len(views))
	for i, view := range views {
		counts[i] = fmt.Sprintf("(SELECT count(*) FROM %s)", pgx.Identifier{"payments", view}.Sanitize())
	}
	rows, err := db.Query(ctx, "SELECT unnest($1::text[]), unnest(ARRAY["+strings.Join(counts, ", ")+"])", views)
	if err != nil {
		return nil, err
	}
	faults := Faults{}
	var view string
	var count int
	_, err = pgx.ForEachRow(rows, []any{&view, &count}, func() error {
		faults[strings.TrimPrefix(view, wrong)] = count
		return nil
	})
	return faults, err
}
