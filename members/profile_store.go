package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// batcher is a pool or a transaction.
type batcher interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// findProfile reads all parts on one way to the database and back.
func findProfile(ctx context.Context, db batcher, c id.Cooperative, m MemberID, today Day) (Profile, error) {
	f := Profile{Abilities: Abilities{}, Progress: Progress{}}
	batch := &pgx.Batch{}
	queueAnswers(batch, &f, c, m)
	queueSkills(batch, &f, c, m)
	queueGoals(batch, &f, c, m)
	queueAbilities(batch, &f, c, m)
	queueExceptions(batch, c, m, today, "", func(e Exception) { f.Exceptions = append(f.Exceptions, e) })
	queueProgress(batch, &f, c, m)
	return f, notFound(db.SendBatch(ctx, batch).Close())
}

func queueAnswers(batch *pgx.Batch, f *Profile, c id.Cooperative, m MemberID) {
	const query = `
		SELECT p.name, p.email, m.place_code, pl.name, m.reach_m, m.travel,
			coalesce(a.physical, 0), coalesce(a.sensory, 0), coalesce(a.mental, 0), coalesce(a.support, ''), a.week,
			coalesce(a.hours_wanted, 0), coalesce(a.hours_most, 0), a.room_cents, coalesce(a.room_withheld, false),
			coalesce(a.dutch, ''), coalesce(a.english, ''), coalesce(a.channel, ''), a.quiet_from, a.quiet_until,
			coalesce(a.most_offers, 0), coalesce(a.rest_days, 0), coalesce(a.certificate, '')
		FROM members.member m
		JOIN members.place pl ON pl.code = m.place_code
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		LEFT JOIN members.member_profile a ON a.cooperative_id = m.cooperative_id AND a.member_id = m.id
		WHERE m.cooperative_id = $1 AND m.id = $2`
	batch.Queue(query, c, m).QueryRow(func(row pgx.Row) error {
		var week []byte
		var cents, from, until *int
		var withheld bool
		err := row.Scan(&f.Name, &f.Email, &f.PlaceCode, &f.PlaceName, &f.ReachMetres, &f.Travel,
			&f.Load.Physical, &f.Load.Sensory, &f.Load.Mental, &f.Support, &week, &f.Hours.Wanted, &f.Hours.Most, &cents, &withheld,
			&f.Languages.Dutch, &f.Languages.English, &f.ContactWays.Channel, &from, &until, &f.ContactWays.MostOffers, &f.ContactWays.RestDays, &f.Certificate)
		f.Week, f.Room, f.ContactWays.Quiet = weekOf(week), roomOf(cents, withheld), spanOf(from, until)
		return err
	})
}

func weekOf(stored []byte) *Week {
	if stored == nil {
		return nil
	}
	var w Week
	copy(w[:], stored)
	return &w
}

func roomOf(cents *int, withheld bool) *Room {
	switch {
	case withheld:
		return &Room{Withheld: true}
	case cents != nil:
		return &Room{Cents: *cents}
	default:
		return nil
	}
}

func spanOf(from, until *int) *Span {
	if from == nil || until == nil {
		return nil
	}
	return &Span{From: *from, Until: *until}
}

// queueSkills gives a row for each skill and each who saw it at its level.
func queueSkills(batch *pgx.Batch, f *Profile, c id.Cooperative, m MemberID) {
	const query = `
		SELECT s.code, s.group_code, s.nl, s.en, ms.level, e.by_role_id, coalesce(p.name, ''), coalesce(r.kind, ''), coalesce(e.at, 'epoch')
		FROM members.member_skill ms
		JOIN members.skill s ON s.code = ms.skill_code
		LEFT JOIN members.skill_evidence e ON e.cooperative_id = ms.cooperative_id AND e.member_id = ms.member_id AND e.skill_code = ms.skill_code
			AND array_position($3::text[], e.level) >= array_position($3::text[], ms.level)
		LEFT JOIN members.role r ON r.cooperative_id = e.cooperative_id AND r.id = e.by_role_id
		LEFT JOIN members.person p ON p.id = r.person_id
		WHERE ms.cooperative_id = $1 AND ms.member_id = $2 ORDER BY s.nl, e.at, e.by_role_id`
	batch.Queue(query, c, m, SkillLevels()).Query(func(rows pgx.Rows) error {
		var s OwnSkill
		var e Evidence
		_, err := pgx.ForEachRow(rows, []any{&s.Code, &s.GroupCode, &s.NL, &s.EN, &s.Level, &e.By, &e.Name, &e.Kind, &e.At}, func() error {
			if last := len(f.Skills) - 1; last < 0 || f.Skills[last].Code != s.Code {
				f.Skills = append(f.Skills, s)
			}
			if last := len(f.Skills) - 1; !e.By.IsZero() {
				f.Skills[last].Seen = append(f.Skills[last].Seen, e)
			}
			return nil
		})
		return err
	})
}

func queueGoals(batch *pgx.Batch, f *Profile, c id.Cooperative, m MemberID) {
	const query = `
		SELECT s.code, s.group_code, s.nl, s.en
		FROM members.member_goal g JOIN members.skill s ON s.code = g.skill_code
		WHERE g.cooperative_id = $1 AND g.member_id = $2 ORDER BY s.nl`
	batch.Queue(query, c, m).Query(func(rows pgx.Rows) error {
		var s Skill
		_, err := pgx.ForEachRow(rows, []any{&s.Code, &s.GroupCode, &s.NL, &s.EN}, func() error {
			f.Goals = append(f.Goals, s)
			return nil
		})
		return err
	})
}

func queueAbilities(batch *pgx.Batch, f *Profile, c id.Cooperative, m MemberID) {
	const query = `SELECT ability_code, strength FROM members.member_ability WHERE cooperative_id = $1 AND member_id = $2`
	batch.Queue(query, c, m).Query(func(rows pgx.Rows) error {
		var code string
		var strength Strength
		_, err := pgx.ForEachRow(rows, []any{&code, &strength}, func() error { f.Abilities[code] = strength; return nil })
		return err
	})
}

func queueProgress(batch *pgx.Batch, f *Profile, c id.Cooperative, m MemberID) {
	const query = `SELECT question, state FROM members.member_answer WHERE cooperative_id = $1 AND member_id = $2`
	batch.Queue(query, c, m).Query(func(rows pgx.Rows) error {
		var q Question
		var state AnswerState
		_, err := pgx.ForEachRow(rows, []any{&q, &state}, func() error { f.Progress[q] = state; return nil })
		return err
	})
}

// queueExceptions gives the dates from one on that are not as the week says; an
// empty last one means all.
func queueExceptions(batch *pgx.Batch, c id.Cooperative, m MemberID, first, last Day, each func(Exception)) {
	const query = `
		SELECT to_char(day, 'YYYY-MM-DD'), off, extra FROM members.member_day
		WHERE cooperative_id = $1 AND member_id = $2 AND day >= $3::date AND ($4 = '' OR day <= nullif($4, '')::date) ORDER BY day`
	batch.Queue(query, c, m, string(first), string(last)).Query(func(rows pgx.Rows) error {
		var e Exception
		var extra []byte
		_, err := pgx.ForEachRow(rows, []any{&e.Day, &e.Off, &extra}, func() error {
			copy(e.Extra[:], extra)
			each(e)
			return nil
		})
		return err
	})
}

func findPersonOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID) (person PersonID, err error) {
	const query = `
		SELECT r.person_id FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE m.cooperative_id = $1 AND m.id = $2`
	return person, notFound(tx.QueryRow(ctx, query, c, m).Scan(&person))
}

// deleteProfile deletes from each table that holds answers.
func deleteProfile(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID) error {
	person, err := findPersonOf(ctx, tx, c, m)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM members.sealed WHERE person_id = $1 AND cooperative_id = $2`, person, c); err != nil {
		return err
	}
	for _, table := range []string{"member_skill", "member_goal", "member_ability", "member_day", "member_answer", "member_profile"} {
		if _, err := tx.Exec(ctx, `DELETE FROM members.`+table+` WHERE cooperative_id = $1 AND member_id = $2`, c, m); err != nil {
			return err
		}
	}
	return nil
}

// findPlaceTx gives the code of the place with this name or code, or nothing.
// Of places that share a name the first by code wins; pages offer names with
// the municipality where that matters.
func findPlaceTx(ctx context.Context, tx pgx.Tx, text string) (string, error) {
	const query = `
		SELECT code FROM members.place
		WHERE code = $1 OR lower(name) = lower($1) ORDER BY code <> $1, code LIMIT 1`
	var code string
	err := tx.QueryRow(ctx, query, text).Scan(&code)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return code, err
}
