package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// readOwn reads what needs no key: where the membership stands, the acting
// coach's last contact, and since when a question waits for an answer.
func readOwn(ctx context.Context, tx pgx.Tx, by members.Actor, of []members.MemberID, into sight) error {
	const query = `
		SELECT m.id, m.state, coalesce(to_char(m.trial_until, 'YYYY-MM-DD'), ''),
			(SELECT k.at FROM coaching.contact k WHERE k.cooperative_id = m.cooperative_id AND k.member_id = m.id AND k.coach_id = $2
				ORDER BY k.at DESC LIMIT 1),
			(SELECT q.asked_at FROM coaching.question q WHERE q.cooperative_id = m.cooperative_id AND q.member_id = m.id AND q.state = 'asked'
				ORDER BY q.asked_at LIMIT 1)
		FROM members.member m WHERE m.cooperative_id = $1 AND m.id = ANY ($3)`
	rows, err := tx.Query(ctx, query, by.Cooperative, by.Role, of)
	if err != nil {
		return err
	}
	var m members.MemberID
	var state members.Membership
	var until members.Day
	var contact, asked *time.Time
	_, err = pgx.ForEachRow(rows, []any{&m, &state, &until, &contact, &asked}, func() error {
		one := into[m]
		one.state, one.trialUntil, one.contact, one.asked = state, until, orZero(contact), orZero(asked)
		return nil
	})
	return err
}

func orZero(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}

// readFacts reads of each member what is asked with a key, few rows of an index
// for each kind: how long a member has been here does not matter.
func readFacts(ctx context.Context, tx pgx.Tx, c id.Cooperative, keys members.Keys, asks []ask, into sight) error {
	const query = `
		SELECT k.member, a.kind, f.at, f.minutes, a.last
		FROM unnest($2::uuid[], $3::text[]) AS k (member, scope)
		JOIN unnest($4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::int[], $9::bool[]) AS a (scope, kind, since, until, most, last) ON a.scope = k.scope
		CROSS JOIN LATERAL (SELECT f.at, f.minutes FROM coaching.fact f
			WHERE f.cooperative_id = $1 AND f.member_id = k.member AND f.kind = a.kind AND f.at >= a.since AND f.at < a.until
			ORDER BY f.at DESC LIMIT a.most) f`
	args := append([]any{c}, append(keyArgs(keys), askArgs(asks)...)...)
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	var f Fact
	var last bool
	_, err = pgx.ForEachRow(rows, []any{&f.Member, &f.Kind, &f.At, &f.Minutes, &last}, func() error {
		if one := into[f.Member]; last {
			one.lastShift = f.At
		} else {
			one.facts = append(one.facts, f)
		}
		return nil
	})
	return err
}

func keyArgs(keys members.Keys) []any {
	var of []members.MemberID
	var scopes []string
	for m, list := range keys {
		for _, scope := range list {
			of, scopes = append(of, m), append(scopes, string(scope))
		}
	}
	return []any{of, scopes}
}

func askArgs(asks []ask) []any {
	var scopes, kinds []string
	var from, until []time.Time
	var most []int32
	var last []bool
	for _, a := range asks {
		scopes, kinds = append(scopes, string(a.kind.Scope())), append(kinds, string(a.kind))
		from, until, most, last = append(from, a.from), append(until, a.until), append(most, int32(a.most)), append(last, a.last)
	}
	return []any{scopes, kinds, from, until, most, last}
}

// readScores reads the newest self-score of each, of the week of this Monday or a
// later one.
func readScores(ctx context.Context, tx pgx.Tx, c id.Cooperative, of []members.MemberID, since members.Day, into sight) error {
	if len(of) == 0 {
		return nil
	}
	const query = `
		SELECT DISTINCT ON (member_id) member_id, to_char(week, 'YYYY-MM-DD'), given_at, feel, work, next FROM coaching.self_score
		WHERE cooperative_id = $1 AND member_id = ANY ($2) AND week >= $3::date ORDER BY member_id, week DESC`
	rows, err := tx.Query(ctx, query, c, of, string(since))
	if err != nil {
		return err
	}
	var m members.MemberID
	var s SelfScore
	_, err = pgx.ForEachRow(rows, []any{&m, &s.Week, &s.Given, &s.Feel, &s.Work, &s.Next}, func() error {
		into[m].score = s
		return nil
	})
	return err
}

// readMost reads how long a member works in a week at the most: what they want,
// or, of those who are among agreed, the guard rail where that is less.
func readMost(ctx context.Context, tx pgx.Tx, c id.Cooperative, of, agreed []members.MemberID, into sight) error {
	if len(of) == 0 {
		return nil
	}
	const query = `
		SELECT k.member, least(p.hours_most * 60, g.minutes)
		FROM unnest($2::uuid[]) AS k (member)
		LEFT JOIN members.member_profile p ON p.cooperative_id = $1 AND p.member_id = k.member
		LEFT JOIN coaching.guard_rail g ON g.cooperative_id = $1 AND g.member_id = k.member AND g.kind = 'hours_week' AND g.state = 'agreed' AND k.member = ANY ($3)
		WHERE coalesce(p.hours_most, g.minutes) IS NOT NULL`
	rows, err := tx.Query(ctx, query, c, of, agreed)
	if err != nil {
		return err
	}
	var m members.MemberID
	var minutes int
	_, err = pgx.ForEachRow(rows, []any{&m, &minutes}, func() error {
		into[m].most = time.Duration(minutes) * time.Minute
		return nil
	})
	return err
}
