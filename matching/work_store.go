package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// workOf reads shifts of the cooperative ($1) as they are at this moment ($2):
// those, by their condition and that of the engagements on them; $3 is until when
// others can still come.
func workOf(those, engaged string) string {
	return `
	SELECT s.id, s.gig_id, s.starts_at, s.ends_at, s.break_minutes, g.state = 'open' AND coming.is, g.state = 'paused' AND coming.is,
		s.starts_at <= $2 AND coming.is, p.lat, p.lon, s.seats - coalesce(taken.seats, 0), s.buddy_seats > 0, s.buddy_seats - coalesce(taken.buddies, 0),
		EXISTS (SELECT FROM jobs.gig_meeting d WHERE d.cooperative_id = s.cooperative_id AND d.gig_id = s.gig_id AND d.remote),
		g.client_id, g.support_on_site, g.with_others, g.certificate, g.step, g.work_form, g.rate_cents,
		coalesce(g.physical, 0), coalesce(g.sensory, 0), coalesce(g.mental, 0), coalesce(g.dutch, ''),
		ARRAY(SELECT y.ability_code FROM jobs.gig_ability y WHERE y.cooperative_id = g.cooperative_id AND y.gig_id = g.id)
	FROM jobs.shift s
	JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
	JOIN members.place p ON p.code = g.place_code
	LEFT JOIN (SELECT e.shift_id, count(*) AS seats, count(*) FILTER (WHERE e.seat = 'buddy') AS buddies FROM jobs.engagement e
		WHERE e.cooperative_id = $1 AND ` + jobs.HoldsSeat + ` AND ` + engaged + ` GROUP BY e.shift_id) taken ON taken.shift_id = s.id
	CROSS JOIN LATERAL (SELECT s.called_off_at IS NULL AND (s.starts_at > $2 OR s.ends_at > $3 AND ` + jobs.FreedLate + `) AS is) coming
	WHERE s.cooperative_id = $1 AND ` + those
}

var (
	selectOneShift   = workOf(`s.id = $4`, `e.shift_id = $4`)
	selectOpenShifts = workOf(`s.starts_at > $2 AND s.called_off_at IS NULL AND g.state = 'open' AND s.seats > coalesce(taken.seats, 0)
		ORDER BY s.starts_at, s.id`, `e.starts_at > $2`)
	selectOfGig = workOf(`s.gig_id = $4 AND s.starts_at > $2 AND `+jobs.TakesPlace+` ORDER BY s.starts_at, s.id`,
		`e.shift_id IN (SELECT s.id FROM jobs.shift s WHERE s.cooperative_id = $1 AND s.gig_id = $4)`)
)

// selectWork finds a shift of the cooperative. It returns members.ErrNotFound.
func selectWork(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift jobs.ShiftID, now time.Time) (Work, error) {
	list, err := listWork(ctx, tx, c, selectOneShift, c, now, now.Add(jobs.RefillLeft), shift)
	if err == nil && len(list) == 0 {
		err = members.ErrNotFound
	}
	if err != nil {
		return Work{Cooperative: c, Shift: shift}, err
	}
	return list[0], nil
}

// listOpenWork reads each shift to come of an open gig that has a free seat.
func listOpenWork(ctx context.Context, tx pgx.Tx, c id.Cooperative, now time.Time) ([]Work, error) {
	return listWork(ctx, tx, c, selectOpenShifts, c, now, now.Add(jobs.RefillLeft))
}

func listWork(ctx context.Context, tx pgx.Tx, c id.Cooperative, query string, args ...any) ([]Work, error) {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Work, error) {
		w := Work{Cooperative: c}
		var minutes int
		var seat jobs.Seat
		err := row.Scan(&w.Shift, &w.Gig, &w.Starts, &w.Ends, &minutes, &w.Open, &w.Paused, &w.Begun, &w.Place.Lat, &w.Place.Lon, &w.Free,
			&w.Seats.Buddies, &w.Seats.BuddyFree, &w.Seats.Remote, &w.Client, &w.Support, &w.WithOthers, &w.Demands.Certificate, &w.Demands.Step, &w.Form, &seat.Rate,
			&w.Loads.Physical, &w.Loads.Sensory, &w.Loads.Mental, &w.Demands.Dutch, &w.Abilities)
		w.Break = time.Duration(minutes) * time.Minute
		seat.Shift = jobs.Shift{Starts: w.Starts, Ends: w.Ends, Break: w.Break}
		w.Pay = int(seat.Pay())
		return w, err
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, readSkills(ctx, tx, c, list)
}

// gigSkills is what a gig asks, in the order of the codes.
type gigSkills struct {
	codes, groups []string
	asked         []jobs.AskedSkill
}

// readSkills fills in what the gigs of the shifts ask. What is useful, at no level,
// needs no word.
func readSkills(ctx context.Context, tx pgx.Tx, c id.Cooperative, list []Work) error {
	const query = `
		SELECT k.gig_id, k.skill_code, q.group_code, k.need, k.level FROM jobs.gig_skill k JOIN members.skill q ON q.code = k.skill_code
		WHERE k.cooperative_id = $1 AND k.gig_id = ANY ($2) ORDER BY k.gig_id, k.skill_code`
	found := map[jobs.GigID]*gigSkills{}
	var gigs []jobs.GigID
	for _, w := range list {
		if found[w.Gig] == nil {
			found[w.Gig], gigs = &gigSkills{}, append(gigs, w.Gig)
		}
	}
	rows, err := tx.Query(ctx, query, c, gigs)
	if err != nil {
		return err
	}
	var gig jobs.GigID
	var group string
	var one jobs.AskedSkill
	if _, err := pgx.ForEachRow(rows, []any{&gig, &one.Code, &group, &one.Need, &one.Level}, func() error {
		found[gig].add(one, group)
		return nil
	}); err != nil {
		return err
	}
	for i := range list {
		asks := found[list[i].Gig]
		list[i].Skills, list[i].Groups, list[i].Asked = asks.codes, asks.groups, asks.asked
	}
	return nil
}

func (g *gigSkills) add(one jobs.AskedSkill, group string) {
	g.codes = append(g.codes, one.Code)
	if !slices.Contains(g.groups, group) {
		g.groups = append(g.groups, group)
	}
	if one.Need != jobs.Useful || one.Level != members.Can {
		g.asked = append(g.asked, one)
	}
}
