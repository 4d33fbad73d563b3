package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// readRails fills in which guard rails hold, and what they are held against. It
// asks once who has any, and once a sort about those alone.
func readRails(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID, found []Candidate, now time.Time) error {
	agreed, err := coaching.RailsTx(ctx, tx, w.Cooperative, only, now)
	if err != nil || len(agreed) == 0 {
		return err
	}
	var hours, first []members.MemberID
	for i := range found {
		a, has := agreed[found[i].Member]
		if !has {
			continue
		}
		found[i].Rails.AgreedRails = a
		if a.DayMinutes > 0 || a.WeekMinutes > 0 {
			hours = append(hours, found[i].Member)
		}
		if a.First {
			first = append(first, found[i].Member)
		}
	}
	if err := readWorked(ctx, tx, w, hours, found); err != nil {
		return err
	}
	return readBeen(ctx, tx, w, first, found)
}

// readWorked adds up the work of those whose hours are agreed.
func readWorked(ctx context.Context, tx pgx.Tx, w Work, who []members.MemberID, found []Candidate) error {
	if len(who) == 0 {
		return nil
	}
	days, weeks := daysOf(w.Starts, w.Ends), weeksOf(w.Starts, w.Ends)
	const query = `
		SELECT e.member_id, e.starts_at, e.ends_at FROM jobs.engagement e
		WHERE e.cooperative_id = $1 AND e.member_id = ANY ($2) AND e.shift_id <> $3 AND ` + jobs.HoldsSeat + `
			AND e.starts_at > $4::timestamptz - interval '12 hours' AND e.starts_at < $5 AND e.ends_at > $4`
	rows, err := tx.Query(ctx, query, w.Cooperative, who, w.Shift, weeks[0].from, weeks[len(weeks)-1].until)
	if err != nil {
		return err
	}
	worked := map[members.MemberID][]span{}
	var m members.MemberID
	var at span
	if _, err := pgx.ForEachRow(rows, []any{&m, &at.starts, &at.ends}, func() error {
		worked[m] = append(worked[m], at)
		return nil
	}); err != nil {
		return err
	}
	for i := range found {
		others := worked[found[i].Member]
		found[i].Rails.DayWork = fullest(days, span{w.Starts, w.Ends}, others)
		found[i].Rails.WeekWork = fullest(weeks, span{w.Starts, w.Ends}, others)
	}
	return nil
}

// readBeen looks who of those whom somebody accompanies the first time worked
// for the client before, or whose coach passed this shift on.
func readBeen(ctx context.Context, tx pgx.Tx, w Work, who []members.MemberID, found []Candidate) error {
	if len(who) == 0 {
		return nil
	}
	const query = `
		SELECT m.id,
			EXISTS (SELECT FROM jobs.engagement e
				JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
				JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
				WHERE e.cooperative_id = m.cooperative_id AND e.member_id = m.id AND g.client_id = $4
					AND e.state <> 'confirmed' AND ` + jobs.HoldsSeat + `),
			EXISTS (SELECT FROM matching.offer o WHERE o.shift_id = $3 AND o.member_id = m.id AND o.passed_on_at IS NOT NULL)
		FROM members.member m WHERE m.cooperative_id = $1 AND m.id = ANY ($2)`
	rows, err := tx.Query(ctx, query, w.Cooperative, who, w.Shift, w.Client)
	if err != nil {
		return err
	}
	type first struct{ been, passedOn bool }
	looked := map[members.MemberID]first{}
	var m members.MemberID
	var f first
	if _, err := pgx.ForEachRow(rows, []any{&m, &f.been, &f.passedOn}, func() error {
		looked[m] = f
		return nil
	}); err != nil {
		return err
	}
	for i := range found {
		f := looked[found[i].Member]
		found[i].Rails.Been, found[i].Rails.PassedOn = f.been, f.passedOn
	}
	return nil
}
