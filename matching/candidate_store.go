package matching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// selectWork finds a shift of the cooperative. It returns members.ErrNotFound.
func selectWork(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift jobs.ShiftID, now time.Time) (Work, error) {
	const query = `
		SELECT s.starts_at, s.ends_at, g.state = 'open' AND coming.is, g.state = 'paused' AND coming.is, s.starts_at <= $3 AND coming.is, p.lat, p.lon,
			s.seats - (SELECT count(*) FROM jobs.engagement e
				WHERE e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + jobs.HoldsSeat + `),
			ARRAY(SELECT k.skill_code FROM jobs.gig_skill k WHERE k.cooperative_id = g.cooperative_id AND k.gig_id = g.id ORDER BY 1),
			ARRAY(SELECT DISTINCT q.group_code FROM jobs.gig_skill k JOIN members.skill q ON q.code = k.skill_code
				WHERE k.cooperative_id = g.cooperative_id AND k.gig_id = g.id ORDER BY 1),
			g.client_id, g.support_on_site, g.with_others, s.break_minutes
		FROM jobs.shift s
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.place p ON p.code = g.place_code
		CROSS JOIN LATERAL (SELECT s.called_off_at IS NULL AND (s.starts_at > $3 OR s.ends_at > $4 AND ` + jobs.FreedLate + `) AS is) coming
		WHERE s.cooperative_id = $1 AND s.id = $2`
	w := Work{Cooperative: c, Shift: shift}
	var minutes int
	err := tx.QueryRow(ctx, query, c, shift, now, now.Add(jobs.RefillLeft)).Scan(&w.Starts, &w.Ends, &w.Open, &w.Paused, &w.Begun, &w.Place.Lat, &w.Place.Lon, &w.Free, &w.Skills,
		&w.Groups, &w.Client, &w.Support, &w.WithOthers, &minutes)
	w.Break = time.Duration(minutes) * time.Minute
	if errors.Is(err, pgx.ErrNoRows) {
		return w, members.ErrNotFound
	}
	if err != nil {
		return w, err
	}
	if err := readSeats(ctx, tx, &w); err != nil {
		return w, err
	}
	return w, readDemands(ctx, tx, &w)
}

// received counts four weeks before and after the shift.
const received = 28 * 24 * time.Hour

// selectCandidates reads every member of the cooperative, or only some.
func selectCandidates(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID, now time.Time) ([]Candidate, error) {
	const query = `
		SELECT m.id, m.state, p.lat, p.lon, m.reach_m,
			ARRAY(SELECT k.skill_code FROM members.member_skill k WHERE k.cooperative_id = m.cooperative_id AND k.member_id = m.id),
			EXISTS (SELECT FROM jobs.engagement e WHERE e.cooperative_id = m.cooperative_id AND e.member_id = m.id
				AND e.starts_at < $4 AND e.ends_at > $3 AND ` + jobs.HoldsSeat + `),
			EXISTS (SELECT FROM matching.offer o WHERE o.shift_id = $2 AND o.member_id = m.id),
			(SELECT count(*) FROM matching.offer o WHERE o.cooperative_id = m.cooperative_id AND o.member_id = m.id
				AND o.state IN ('sent', 'waiting_coach') AND o.until > $8),
			coalesce((SELECT a.most_offers FROM members.member_profile a WHERE a.cooperative_id = m.cooperative_id AND a.member_id = m.id), 0),
			coalesce((SELECT sum(extract(epoch FROM e.ends_at - e.starts_at))::bigint FROM jobs.engagement e
				WHERE e.cooperative_id = m.cooperative_id AND e.member_id = m.id AND e.starts_at BETWEEN $5 AND $6
				AND ` + jobs.HoldsSeat + `), 0),
			(SELECT count(*) FROM jobs.engagement e
				JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
				JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
				WHERE e.cooperative_id = m.cooperative_id AND e.member_id = m.id AND ` + jobs.WasWorked + `
				AND g.client_id = (SELECT h.client_id FROM jobs.shift t
					JOIN jobs.gig h ON h.cooperative_id = t.cooperative_id AND h.id = t.gig_id
					WHERE t.cooperative_id = $1 AND t.id = $2)),
			m.role_id IN (SELECT r.id FROM members.restriction x
				JOIN members.role r ON r.cooperative_id = x.cooperative_id AND r.person_id = x.person_id
				WHERE x.cooperative_id = $1 AND x.lifted_at IS NULL),
			EXISTS (SELECT FROM members.client_block b WHERE b.cooperative_id = m.cooperative_id AND b.member_id = m.id
				AND b.client_id = (SELECT h.client_id FROM jobs.shift t
					JOIN jobs.gig h ON h.cooperative_id = t.cooperative_id AND h.id = t.gig_id
					WHERE t.cooperative_id = $1 AND t.id = $2))
		FROM members.member m JOIN members.place p ON p.code = m.place_code
		WHERE m.cooperative_id = $1 AND ($7::uuid[] IS NULL OR m.id = ANY ($7))`
	rows, err := tx.Query(ctx, query, w.Cooperative, w.Shift, w.Starts, w.Ends, w.Starts.Add(-received), w.Starts.Add(received), only, now)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c Candidate, err error) {
		var seconds int64
		var stands members.Membership
		err = row.Scan(&c.Member, &stands, &c.Home.Lat, &c.Home.Lon, &c.Reach, &c.Skills, &c.Busy, &c.Asked, &c.Waiting, &c.Pace, &seconds, &c.Known, &c.Restricted, &c.Blocked)
		c.Works = stands.Works()
		c.Received = time.Duration(seconds) * time.Second
		return c, err
	})
	if err != nil {
		return nil, err
	}
	if err := readAvailability(ctx, tx, w, only, found); err != nil {
		return nil, err
	}
	if err := readLearning(ctx, tx, w, only, found); err != nil {
		return nil, err
	}
	if err := readWorktime(ctx, tx, w, only, found); err != nil {
		return nil, err
	}
	if err := readFitness(ctx, tx, w, only, found); err != nil {
		return nil, err
	}
	if err := readRefused(ctx, tx, w, only, found, now); err != nil {
		return nil, err
	}
	return found, readRails(ctx, tx, w, only, found, now)
}

// readAvailability fills in what the candidates told of when they can work.
func readAvailability(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID, found []Candidate) error {
	told, err := members.AvailabilityTx(ctx, tx, w.Cooperative, only, w.Starts, w.Ends)
	if err != nil {
		return err
	}
	for i := range found {
		if a, ok := told[found[i].Member]; ok {
			found[i].Told, found[i].Away = a.Week != nil, !a.Covers(w.Starts, w.Ends)
		}
	}
	return nil
}
