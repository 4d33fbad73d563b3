package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
	"meent/jobs"
	"meent/members"
)

// listSeekers reads every member of the cooperative, or only some: what is the same
// for all work.
func listSeekers(ctx context.Context, tx pgx.Tx, s scope, now time.Time) ([]*seeker, error) {
	query := `
		SELECT m.id, m.state, p.lat, p.lon, m.reach_m,
			ARRAY(SELECT k.skill_code FROM members.member_skill k WHERE k.cooperative_id = m.cooperative_id AND k.member_id = m.id),
			(SELECT count(*) FROM matching.offer o WHERE o.cooperative_id = m.cooperative_id AND o.member_id = m.id
				AND o.state IN ('sent', 'waiting_coach') AND o.until > $3),
			coalesce(a.most_offers, 0),
			m.role_id IN (SELECT r.id FROM members.restriction x
				JOIN members.role r ON r.cooperative_id = x.cooperative_id AND r.person_id = x.person_id
				WHERE x.cooperative_id = $1 AND x.lifted_at IS NULL),
			coalesce(a.certificate = 'in_hand', false),
			coalesce((SELECT x.step FROM coaching.work_step x WHERE x.cooperative_id = m.cooperative_id AND x.member_id = m.id ORDER BY x.at DESC LIMIT 1), ''),
			coalesce(a.physical, 0), coalesce(a.sensory, 0), coalesce(a.mental, 0), coalesce(a.support, ''), coalesce(a.dutch, ''),
			coalesce(a.hours_most, 0), coalesce(a.hours_wanted, 0), coalesce(a.rest_days, 0), coalesce(a.room_cents, 0), a.room_cents IS NOT NULL AND NOT a.room_withheld,
			ARRAY(SELECT y.ability_code FROM members.member_ability y WHERE y.cooperative_id = m.cooperative_id AND y.member_id = m.id AND y.strength = 'must'),
			ARRAY(SELECT y.skill_code FROM members.member_goal y WHERE y.cooperative_id = m.cooperative_id AND y.member_id = m.id)
		FROM members.member m JOIN members.place p ON p.code = m.place_code
		LEFT JOIN members.member_profile a ON a.cooperative_id = m.cooperative_id AND a.member_id = m.id
		WHERE m.cooperative_id = $1 AND ` + pg.Only(`m.id`, `$2`, s.only != nil)
	rows, err := tx.Query(ctx, query, s.cooperative, s.only, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (*seeker, error) {
		c := &seeker{}
		var stands members.Membership
		var most, wanted int
		err := row.Scan(&c.Member, &stands, &c.Home.Lat, &c.Home.Lon, &c.Reach, &c.Skills, &c.Waiting, &c.Pace, &c.Restricted,
			&c.Fitness.Certificate, &c.Fitness.Step, &c.Bears.Physical, &c.Bears.Sensory, &c.Bears.Mental, &c.Support, &c.Wishes.Dutch,
			&most, &wanted, &c.RestDays, &c.Room, &c.HasRoom, &c.Musts, &c.Goals)
		c.Works = stands.Works()
		c.Most, c.Wanted = time.Duration(most)*time.Hour, time.Duration(wanted)*time.Hour
		return c, err
	})
}

// readLevels fills in how well they do what is asked.
func readLevels(ctx context.Context, tx pgx.Tx, s scope, by map[members.MemberID]*seeker, _ time.Time) error {
	if len(s.skills) == 0 {
		return nil
	}
	query := `
		SELECT k.member_id, k.skill_code, k.level FROM members.member_skill k
		WHERE k.cooperative_id = $1 AND k.skill_code = ANY ($2) AND ` + pg.Only(`k.member_id`, `$3`, s.only != nil) + ` AND k.level <> 'can'`
	rows, err := tx.Query(ctx, query, s.cooperative, s.skills, s.only)
	if err != nil {
		return err
	}
	var member members.MemberID
	var code string
	var level members.SkillLevel
	_, err = pgx.ForEachRow(rows, []any{&member, &code, &level}, func() error {
		if one := by[member]; one != nil {
			if one.Levels == nil {
				one.Levels = map[string]members.SkillLevel{}
			}
			one.Levels[code] = level
		}
		return nil
	})
	return err
}

// readTies fills in for whom they do not want to work, who would rather not have
// them, where they were on trial, and, where trials matter, worked: each only of
// clients in the scope. A trial to which nobody came was none.
func readTies(ctx context.Context, tx pgx.Tx, s scope, by map[members.MemberID]*seeker, now time.Time) error {
	those := ` x.cooperative_id = $1 AND ($2::uuid IS NULL OR x.client_id = $2) AND ` + pg.Only(`x.member_id`, `$3`, s.only != nil)
	query := `
		SELECT 'blocked', x.member_id, x.client_id, NULL::uuid, NULL::timestamptz FROM members.client_block x WHERE` + those + `
		UNION ALL
		SELECT 'refused', x.member_id, x.client_id, NULL, NULL FROM members.client_refusal x WHERE` + those + ` AND x.ended_at IS NULL AND x.until >= $4::date
		UNION ALL
		SELECT 'tried', x.member_id, x.client_id, x.gig_id, NULL FROM jobs.trial_placed x WHERE` + those + `
			AND NOT EXISTS (SELECT FROM jobs.trial_placed WHERE trial_placed.cooperative_id = x.cooperative_id AND trial_placed.member_id = x.member_id
				AND trial_placed.gig_id = x.gig_id AND ` + jobs.TrialMissed + `)
		UNION ALL
		SELECT 'worked', e.member_id, g.client_id, g.id, min(e.starts_at) FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE $5 AND e.cooperative_id = $1 AND ($2::uuid IS NULL OR g.client_id = $2) AND ` + pg.Only(`e.member_id`, `$3`, s.only != nil) + ` AND ` + jobs.HoldsSeat + `
		GROUP BY 2, 3, 4`
	rows, err := tx.Query(ctx, query, s.cooperative, s.client, s.only, string(members.DayOf(now)), s.trials)
	if err != nil {
		return err
	}
	var kind string
	var member members.MemberID
	var client members.ClientID
	var gig *jobs.GigID
	var first *time.Time
	_, err = pgx.ForEachRow(rows, []any{&kind, &member, &client, &gig, &first}, func() error {
		if one := by[member]; one != nil {
			one.tie(kind, client, gig, first)
		}
		return nil
	})
	return err
}

func (s *seeker) tie(kind string, client members.ClientID, gig *jobs.GigID, first *time.Time) {
	switch kind {
	case "blocked":
		s.blocked = with(s.blocked, client, true)
	case "refused":
		s.refused = with(s.refused, client, true)
	case "tried":
		s.tried = with(s.tried, client, *gig)
	case "worked":
		s.earlier = with(s.earlier, client, append(s.earlier[client], earlier{*gig, *first}))
	}
}

func with[K comparable, V any](m map[K]V, key K, value V) map[K]V {
	if m == nil {
		m = map[K]V{}
	}
	m[key] = value
	return m
}

// worked holds for an engagement (e) to which the member came, or comes now.
const worked = `e.state <> 'confirmed' AND ` + jobs.HoldsSeat

// readBeen looks for which clients of the scope these members worked before, and
// which offers their coach passed on.
func readBeen(ctx context.Context, tx pgx.Tx, s scope, who []members.MemberID, by map[members.MemberID]*seeker) error {
	const query = `
		SELECT DISTINCT e.member_id, g.client_id, NULL::uuid
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE e.cooperative_id = $1 AND e.member_id = ANY ($2) AND ($3::uuid IS NULL OR g.client_id = $3)
			AND ` + worked + `
		UNION ALL
		SELECT o.member_id, NULL, o.shift_id FROM matching.offer o
		WHERE o.cooperative_id = $1 AND o.member_id = ANY ($2) AND o.passed_on_at IS NOT NULL`
	rows, err := tx.Query(ctx, query, s.cooperative, who, s.client)
	if err != nil {
		return err
	}
	var member members.MemberID
	var client *members.ClientID
	var shift *jobs.ShiftID
	_, err = pgx.ForEachRow(rows, []any{&member, &client, &shift}, func() error {
		one := by[member]
		if client != nil {
			one.been = with(one.been, *client, true)
		}
		if shift != nil {
			one.passed = with(one.passed, *shift, true)
		}
		return nil
	})
	return err
}
