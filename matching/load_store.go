package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
	"meent/members/coaching"
)

// listCodes gives the codes of the skills and of their groups, in order.
func listCodes(ctx context.Context, tx pgx.Tx) (skills, groups []string, err error) {
	const query = `SELECT ARRAY(SELECT code FROM members.skill ORDER BY code COLLATE "C"), ARRAY(SELECT code FROM members.skill_group ORDER BY code COLLATE "C")`
	return skills, groups, tx.QueryRow(ctx, query).Scan(&skills, &groups)
}

// loading is a batch of questions about members, which goes to the database and back once:
// on a busy machine each way waits for its turn. Who is asked about comes first, then what
// else is known of them.
type loading struct {
	pgx.Batch
	only []members.MemberID
	list []engine.Member
	by   map[members.MemberID]*engine.Member
}

// each asks, and takes in each row of the answer.
func (q *loading) each(query string, with, row []any, do func() error) {
	q.Queue(query, with...).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, row, do)
		return err
	})
}

// queueMembers asks what stands with the member, and in the answers of the profile.
func (l *Loader) queueMembers(q *loading) {
	query := `
		SELECT m.id, m.state, p.lat, p.lon, m.reach_m,
			m.role_id IN (SELECT r.id FROM members.restriction x
				JOIN members.role r ON r.cooperative_id = x.cooperative_id AND r.person_id = x.person_id
				WHERE x.cooperative_id = $1 AND x.lifted_at IS NULL),
			coalesce((SELECT x.step FROM coaching.work_step x WHERE x.cooperative_id = m.cooperative_id AND x.member_id = m.id ORDER BY x.at DESC LIMIT 1), ''),
			coalesce(a.physical, 0), coalesce(a.sensory, 0), coalesce(a.mental, 0), coalesce(a.support, ''), coalesce(a.dutch, ''),
			coalesce(a.certificate = 'in_hand', false), coalesce(a.hours_most, 0), coalesce(a.hours_wanted, 0), coalesce(a.rest_days, 0),
			coalesce(a.room_cents, 0), a.room_cents IS NOT NULL, coalesce(a.most_offers, 0)
		FROM members.member m JOIN members.place p ON p.code = m.place_code
		LEFT JOIN members.member_profile a ON a.cooperative_id = m.cooperative_id AND a.member_id = m.id
		WHERE m.cooperative_id = $1 AND ` + pg.Only(`m.id`, `$2`, q.only != nil) + ` ORDER BY m.id`
	q.Queue(query, l.cooperative, q.only).Query(func(rows pgx.Rows) (err error) {
		if q.list, err = pgx.CollectRows(rows, memberOf); err != nil {
			return err
		}
		q.by = make(map[members.MemberID]*engine.Member, len(q.list))
		for i := range q.list {
			q.by[q.list[i].ID] = &q.list[i]
		}
		return nil
	})
}

func memberOf(row pgx.CollectableRow) (m engine.Member, err error) {
	var stands members.Membership
	var step coaching.WorkStep
	var support string
	var dutch members.LanguageLevel
	var most, wanted int
	err = row.Scan(&m.ID, &stands, &m.Home.Lat, &m.Home.Lon, &m.Reach, &m.Restricted, &step, &m.Bears[0], &m.Bears[1], &m.Bears[2],
		&support, &dutch, &m.Certificate, &most, &wanted, &m.RestDays, &m.Room, &m.HasRoom, &m.Pace)
	m.Works, m.Step, m.Dutch = stands.Works(), uint8(step.Rank()), dutchRank(dutch)
	m.Support = map[string]engine.Support{"start": engine.StartSupport, "always": engine.AlwaysSupport}[support]
	m.Most, m.Wanted = time.Duration(most)*time.Hour, time.Duration(wanted)*time.Hour
	return m, err
}

// dutchRank is the place of the level, from 1; 0 where nothing is said.
func dutchRank(l members.LanguageLevel) uint8 {
	return uint8(slices.Index(members.LanguageLevels(), l) + 1)
}

func (l *Loader) queueSkills(q *loading) {
	query := `SELECT member_id, skill_code, level FROM members.member_skill WHERE cooperative_id = $1 AND ` + pg.Only(`member_id`, `$2`, q.only != nil)
	var m members.MemberID
	var code string
	var level members.SkillLevel
	q.each(query, []any{l.cooperative, q.only}, []any{&m, &code, &level}, func() error {
		if one := q.by[m]; one != nil {
			one.Skills = append(one.Skills, engine.Skill{Number: l.numbers.skill(code), Level: uint8(level.Rank())})
		}
		return nil
	})
}

func (l *Loader) queueGoals(q *loading) {
	query := `SELECT member_id, skill_code FROM members.member_goal WHERE cooperative_id = $1 AND ` + pg.Only(`member_id`, `$2`, q.only != nil)
	var m members.MemberID
	var code string
	q.each(query, []any{l.cooperative, q.only}, []any{&m, &code}, func() error {
		if one := q.by[m]; one != nil {
			one.Goals = append(one.Goals, l.numbers.skill(code))
		}
		return nil
	})
}

// queueMusts fills in what the work must be like; what somebody prefers is no rule.
func (l *Loader) queueMusts(q *loading) {
	query := `
		SELECT x.member_id, a.bit FROM members.member_ability x JOIN members.ability a ON a.code = x.ability_code
		WHERE x.cooperative_id = $1 AND ` + pg.Only(`x.member_id`, `$2`, q.only != nil) + ` AND x.strength = 'must'`
	var m members.MemberID
	var bit int
	q.each(query, []any{l.cooperative, q.only}, []any{&m, &bit}, func() error {
		if one := q.by[m]; one != nil {
			one.Musts |= 1 << bit
		}
		return nil
	})
}

// queueBooked fills in the agreed work; of work that was stopped, until then, and
// nobody knows whether there was a break.
func (l *Loader) queueBooked(q *loading) {
	query := `
		SELECT e.member_id, e.shift_id, e.starts_at, ` + jobs.EndsAt + `, CASE WHEN e.stopped_at IS NULL THEN s.break_minutes ELSE 0 END, e.rate_cents
		FROM jobs.engagement e JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		WHERE e.cooperative_id = $1 AND ` + pg.Only(`e.member_id`, `$2`, q.only != nil) + ` AND e.starts_at >= $3
			AND e.stopped_at IS DISTINCT FROM e.starts_at AND ` + jobs.HoldsSeat
	var m members.MemberID
	var shift jobs.ShiftID
	var seat jobs.Seat
	var minutes int
	q.each(query, []any{l.cooperative, q.only, l.since}, []any{&m, &shift, &seat.Shift.Starts, &seat.Shift.Ends, &minutes, &seat.Rate}, func() error {
		seat.Shift.Break = time.Duration(minutes) * time.Minute
		if one := q.by[m]; one != nil {
			one.Booked = append(one.Booked, engine.Booking{Shift: shift, Starts: seat.Shift.Starts.UTC(), Ends: seat.Shift.Ends.UTC(),
				Break: seat.Shift.Break, Pay: int(seat.Pay())})
		}
		return nil
	})
}

// queueOffers fills in for what they were asked, or asked, and what still waits. What
// became of it is not read.
func (l *Loader) queueOffers(q *loading) {
	query := `
		SELECT o.member_id, o.shift_id, o.state IN ('sent', 'waiting_coach') AND o.until > $3, o.until, o.passed_on_at IS NOT NULL
		FROM matching.offer o JOIN jobs.shift s ON s.cooperative_id = o.cooperative_id AND s.id = o.shift_id
		WHERE o.cooperative_id = $1 AND ` + pg.Only(`o.member_id`, `$2`, q.only != nil) + ` AND s.starts_at >= $3`
	var m members.MemberID
	var shift jobs.ShiftID
	var waits, passed bool
	var until time.Time
	q.each(query, []any{l.cooperative, q.only, l.since}, []any{&m, &shift, &waits, &until, &passed}, func() error {
		one := q.by[m]
		if one == nil {
			return nil
		}
		one.Had = append(one.Had, shift)
		if waits {
			one.Waiting = append(one.Waiting, until.UTC())
		}
		if passed {
			one.PassedOn = append(one.PassedOn, shift)
		}
		return nil
	})
}
