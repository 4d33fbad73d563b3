package main

import (
	"context"
	"errors"
	"time"
)

// calm waits until nothing is left to do at once.
func (p *program) calm(ctx context.Context) error {
	const busy = `SELECT count(*) FROM tasks.task WHERE state IN ('sent', 'running') OR state = 'waiting' AND due_at <= now()`
	for late := time.Now().Add(longest); time.Now().Before(late); {
		var left int
		if err := p.db.QueryRow(ctx, busy).Scan(&left); err != nil || left == 0 {
			return err
		}
		if err := sleepUntil(ctx, time.Now().Add(50*time.Millisecond)); err != nil {
			return err
		}
	}
	return errors.New("meent does not come to rest")
}

// counts is what a run left in the database.
type counts struct{ tasks, doubled int }

// count waits for rest, and looks at the run's tasks and at what must not be
// there twice. A wave for one seat has three offers.
func (s *street) count(ctx context.Context) error {
	if err := s.program.calm(ctx); err != nil {
		return err
	}
	const query = `
		WITH gig AS (SELECT * FROM jobs.gig WHERE posted_at >= $1),
		offer AS (SELECT o.* FROM matching.offer o JOIN jobs.shift s ON s.id = o.shift_id WHERE s.gig_id IN (SELECT id FROM gig))
		SELECT (SELECT count(*) FROM tasks.task WHERE state = 'done' AND ended_at >= $1),
			(SELECT count(*) - count(DISTINCT title) FROM gig)
			+ (SELECT coalesce(sum(n - 3), 0) FROM (SELECT count(*) AS n FROM offer GROUP BY shift_id) w WHERE n > 3)
			+ (SELECT count(*) - count(DISTINCT (shift_id, member_id)) FROM offer)
			+ (SELECT count(*) FROM tasks.task WHERE ended_at >= $1 AND tries > 1 AND failures = 0)
			+ (SELECT count(*) FROM (SELECT FROM mail.message GROUP BY recipient, subject, text HAVING count(*) > 1) m)`
	return s.program.db.QueryRow(ctx, query, s.began).Scan(&s.left.tasks, &s.left.doubled)
}
