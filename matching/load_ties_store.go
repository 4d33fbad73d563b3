package matching

import (
	"time"

	"meent/internal/pg"
	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
	"meent/members/coaching"
)

// queueTies fills in for whom they do not want to work, who would rather not have
// them, and where they were on trial. A trial to which nobody came was none.
func (l *Loader) queueTies(q *loading) {
	those := ` x.cooperative_id = $1 AND ` + pg.Only(`x.member_id`, `$2`, q.only != nil)
	query := `
		SELECT 'blocked', x.member_id, x.client_id, NULL::uuid, '' FROM members.client_block x WHERE` + those + `
		UNION ALL
		SELECT 'refused', x.member_id, x.client_id, NULL, to_char(x.until, 'YYYY-MM-DD') FROM members.client_refusal x
		WHERE` + those + ` AND x.ended_at IS NULL AND x.until >= $3::date
		UNION ALL
		SELECT 'tried', x.member_id, x.client_id, x.gig_id, '' FROM jobs.trial_placed x WHERE` + those + `
			AND NOT EXISTS (SELECT FROM jobs.trial_placed WHERE trial_placed.cooperative_id = x.cooperative_id AND trial_placed.member_id = x.member_id
				AND trial_placed.gig_id = x.gig_id AND ` + jobs.TrialMissed + `)`
	var kind string
	var m members.MemberID
	var client members.ClientID
	var gig *jobs.GigID
	var until members.Day
	q.each(query, []any{l.cooperative, q.only, string(members.DayOf(l.since))}, []any{&kind, &m, &client, &gig, &until}, func() error {
		one := q.by[m]
		if one == nil {
			return nil
		}
		switch tie := tieOf(one, client); kind {
		case "blocked":
			tie.Blocked = true
		case "refused":
			tie.Refused = until
		case "tried":
			tie.Tried = append(tie.Tried, *gig)
		}
		return nil
	})
}

// queueWorked fills in where they have, or had, work.
func (l *Loader) queueWorked(q *loading) {
	query := `
		SELECT e.member_id, g.client_id, g.id, min(e.starts_at), bool_or(` + worked + `), count(*) FILTER (WHERE ` + jobs.WasWorked + `)
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE e.cooperative_id = $1 AND ` + pg.Only(`e.member_id`, `$2`, q.only != nil) + ` AND ` + jobs.HoldsSeat + ` GROUP BY 1, 2, 3`
	var m members.MemberID
	var client members.ClientID
	var gig jobs.GigID
	var first time.Time
	var been bool
	var agreed int
	q.each(query, []any{l.cooperative, q.only}, []any{&m, &client, &gig, &first, &been, &agreed}, func() error {
		if one := q.by[m]; one != nil {
			tie := tieOf(one, client)
			tie.Gigs = append(tie.Gigs, engine.Earlier{Gig: gig, First: first.UTC()})
			tie.Been, tie.Agreed = tie.Been || been, tie.Agreed+agreed
		}
		return nil
	})
}

// queueRails fills in the guard rails, and until when a coach may read offers.
func (l *Loader) queueRails(q *loading) {
	query := `
		SELECT g.member_id, g.kind, coalesce(g.minutes, 0), coalesce(g.metres, 0), g.groups,
			coalesce((SELECT to_char(max(a.until), 'YYYY-MM-DD') FROM coaching.caseload l
				JOIN members.role r ON r.cooperative_id = l.cooperative_id AND r.id = l.coach_id AND r.ended_at IS NULL
				JOIN members.access_grant a ON a.cooperative_id = l.cooperative_id AND a.member_id = l.member_id AND a.grantee_id = l.coach_id
				WHERE g.kind = 'coach_first' AND l.cooperative_id = g.cooperative_id AND l.member_id = g.member_id
					AND a.scope = 'offers' AND a.revoked_at IS NULL), '')
		FROM coaching.guard_rail g
		WHERE g.cooperative_id = $1 AND g.state = 'agreed' AND ` + pg.Only(`g.member_id`, `$2`, q.only != nil)
	var m members.MemberID
	var kind coaching.RailKind
	var minutes, metres int
	var groups []string
	var coach members.Day
	q.each(query, []any{l.cooperative, q.only}, []any{&m, &kind, &minutes, &metres, &groups, &coach}, func() error {
		bits, err := l.numbers.bits(groups)
		if one := q.by[m]; one != nil {
			rail(&one.Rails, kind, minutes, metres, bits)
			one.Rails.Coach = max(one.Rails.Coach, coach)
		}
		groups = nil // the next row has its own
		return err
	})
}

// rail adds one to them.
func rail(r *engine.Rails, kind coaching.RailKind, minutes, metres int, groups uint64) {
	switch kind {
	case coaching.HoursDayRail:
		r.DayMinutes = minutes
	case coaching.HoursWeekRail:
		r.WeekMinutes = minutes
	case coaching.ReachRail:
		r.Metres = metres
	case coaching.NightRail:
		r.NoNights = true
	case coaching.AloneRail:
		r.NotAlone = true
	case coaching.FirstRail:
		r.First = true
	case coaching.CoachRail:
		r.CoachFirst = true
	case coaching.OnlyRail:
		r.Only = groups
	case coaching.NotRail:
		r.Not = groups
	}
}
