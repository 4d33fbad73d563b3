package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// readSeats fills in what the seats of the shift are for.
func readSeats(ctx context.Context, tx pgx.Tx, w *Work) error {
	const query = `
		SELECT s.buddy_seats > 0, s.buddy_seats - (SELECT count(*) FROM jobs.engagement e
				WHERE e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND e.seat = 'buddy' AND ` + jobs.HoldsSeat + `),
			EXISTS (SELECT FROM jobs.gig_meeting d WHERE d.cooperative_id = s.cooperative_id AND d.gig_id = s.gig_id AND d.remote)
		FROM jobs.shift s WHERE s.cooperative_id = $1 AND s.id = $2`
	return tx.QueryRow(ctx, query, w.Cooperative, w.Shift).Scan(&w.Seats.Buddies, &w.Seats.BuddyFree, &w.Seats.Remote)
}

// readLearning fills in who learns all that they share with the work, where that
// makes a difference.
func readLearning(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID, found []Candidate) error {
	if !w.Seats.Buddies || len(w.Skills) == 0 {
		return nil
	}
	const query = `
		SELECT member_id FROM members.member_skill
		WHERE cooperative_id = $1 AND skill_code = ANY ($2) AND ($3::uuid[] IS NULL OR member_id = ANY ($3))
		GROUP BY member_id HAVING bool_and(level = 'learning')`
	rows, err := tx.Query(ctx, query, w.Cooperative, w.Skills, only)
	if err != nil {
		return err
	}
	learns := map[members.MemberID]bool{}
	var m members.MemberID
	if _, err := pgx.ForEachRow(rows, []any{&m}, func() error {
		learns[m] = true
		return nil
	}); err != nil {
		return err
	}
	for i := range found {
		found[i].Learns = learns[found[i].Member]
	}
	return nil
}
