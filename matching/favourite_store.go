package matching

import (
	"context"
	"time"

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

// readRefused fills in whom the client of the shift would rather not have. Only
// the member and those who help them ever read that rule.
func readRefused(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID, found []Candidate, now time.Time) error {
	const query = `
		SELECT member_id FROM members.client_refusal
		WHERE cooperative_id = $1 AND client_id = $2 AND ended_at IS NULL AND until >= $3::date AND ($4::uuid[] IS NULL OR member_id = ANY ($4))`
	rows, err := tx.Query(ctx, query, w.Cooperative, w.Client, string(members.DayOf(now)), only)
	if err != nil {
		return err
	}
	refused := map[members.MemberID]bool{}
	var m members.MemberID
	if _, err := pgx.ForEachRow(rows, []any{&m}, func() error {
		refused[m] = true
		return nil
	}); err != nil {
		return err
	}
	for i := range found {
		found[i].Refused = refused[found[i].Member]
	}
	return nil
}
