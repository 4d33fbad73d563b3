package matching

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

func findExplanation(ctx context.Context, tx pgx.Tx, offer OfferID) (c id.Cooperative, e Explanation, err error) {
	err = tx.QueryRow(ctx, `SELECT cooperative_id, explanation FROM matching.offer WHERE id = $1`, offer).Scan(&c, &e)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return c, e, err
}
