package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// selectFavourites are the favourites of the client of a shift of which nobody was
// asked yet; none after that.
func selectFavourites(ctx context.Context, tx pgx.Tx, w Work) (map[members.MemberID]bool, error) {
	const query = `
		SELECT f.member_id FROM jobs.favourite f
		WHERE f.cooperative_id = $1 AND f.client_id = $2 AND f.state = 'on'
			AND NOT EXISTS (SELECT FROM matching.offer o WHERE o.cooperative_id = $1 AND o.shift_id = $3 AND NOT o.asked)`
	rows, err := tx.Query(ctx, query, w.Cooperative, w.Client, w.Shift)
	if err != nil {
		return nil, err
	}
	found := map[members.MemberID]bool{}
	var m members.MemberID
	_, err = pgx.ForEachRow(rows, []any{&m}, func() error {
		found[m] = true
		return nil
	})
	return found, err
}
