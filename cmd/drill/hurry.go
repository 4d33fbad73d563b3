package main

import (
	"context"
	"errors"
	"net/http"

	"github.com/jackc/pgx/v5"
)

// hurry lets the simulator's events come again at once that found nobody at home: by
// itself it waits ever longer.
func (t *till) hurry(ctx context.Context) error {
	rows, err := t.there.Query(ctx, `SELECT id FROM stripesim.event WHERE due_at > $1 ORDER BY number LIMIT 100`, t.now())
	if err != nil {
		return err
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	for _, event := range list {
		_, failed := t.control(ctx, http.MethodPost, "/control/events/"+event, nil)
		err = errors.Join(err, failed)
	}
	return err
}
