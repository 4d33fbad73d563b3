package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

func findHolds(ctx context.Context, tx pgx.Tx, person members.PersonID, now time.Time) (holds []members.Hold, err error) {
	const query = `
		WITH mine AS (
			SELECT ` + EndsAt + ` > $2 AS coming FROM jobs.engagement e
			JOIN members.member m ON m.cooperative_id = e.cooperative_id AND m.id = e.member_id
			JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
			WHERE r.person_id = $1 AND ` + hoursOpen + `)
		SELECT EXISTS (SELECT FROM mine WHERE coming), EXISTS (SELECT FROM mine WHERE NOT coming),
			EXISTS (SELECT FROM jobs.gig g
				JOIN members.client cl ON cl.cooperative_id = g.cooperative_id AND cl.id = g.client_id
				JOIN jobs.shift s ON s.cooperative_id = g.cooperative_id AND s.gig_id = g.id
				WHERE ` + members.SoleContact + ` AND (g.state IN ('open', 'paused') AND s.ends_at > $2 AND ` + TakesPlace + `
					OR EXISTS (SELECT FROM jobs.engagement e WHERE e.cooperative_id = s.cooperative_id AND e.shift_id = s.id
						AND ` + hoursOpen + `)))`
	var coming, hours, gigs bool
	err = tx.QueryRow(ctx, query, person, now).Scan(&coming, &hours, &gigs)
	for _, one := range []struct {
		is   bool
		hold members.Hold
	}{{coming, members.WorkToCome}, {hours, members.HoursOpen}, {gigs, members.GigsOpen}} {
		if one.is {
			holds = append(holds, one.hold)
		}
	}
	return holds, err
}

// eraseWork leaves a sign where the database wants words. Why hours were changed
// nobody can read without the person's key.
func eraseWork(ctx context.Context, tx pgx.Tx, person members.PersonID) error {
	const query = `
		WITH old AS MATERIALIZED (SELECT g.cooperative_id, g.id FROM jobs.gig g JOIN members.client cl ON cl.cooperative_id = g.cooperative_id AND cl.id = g.client_id
			WHERE cl.kind = 'household' AND ` + members.SoleContact + `
		), photos AS (` + deleteOldPhotos + `), changes AS (` + deleteOldChanges + `)
		UPDATE jobs.gig SET address = '', description = '–' WHERE id IN (SELECT id FROM old)`
	if _, err := tx.Exec(ctx, query, person); err != nil {
		return err
	}
	const trials = `
		DELETE FROM jobs.trial_placed t WHERE (t.cooperative_id, t.member_id) IN (SELECT m.cooperative_id, m.id FROM members.member m
			JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id WHERE r.person_id = $1)`
	if _, err := tx.Exec(ctx, trials, person); err != nil {
		return err
	}
	return eraseMeetings(ctx, tx, person)
}
