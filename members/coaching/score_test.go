package coaching_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"meent/internal/check"
	"meent/members"
	"meent/members/coaching"
)

func (o *office) scores(by members.Actor) string {
	o.t.Helper()
	text := ""
	for _, s := range o.progress(by).Scores {
		text += fmt.Sprintf("%s:%d%d%d ", s.Week, s.Feel, s.Work, s.Next)
	}
	return text
}

// TestOneScoreAWeek: until Sunday is over it changes, from Monday on it is another.
func TestOneScoreAWeek(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	give := func(at time.Time, feel, work, next int) {
		t.Helper()
		o.now = at
		o.must(o.GiveScore(ctx, o.anna, coaching.NewScore{Feel: feel, Work: work, Next: next}))
	}
	give(time.Date(2026, 10, 19, 9, 0, 0, 0, time.UTC), 3, 3, 3)
	give(time.Date(2026, 10, 25, 22, 59, 0, 0, time.UTC), 4, 4, 5) // the week of 25 hours on Sunday
	give(time.Date(2026, 10, 25, 23, 0, 0, 0, time.UTC), 1, 2, 1)  // Monday here
	if got := o.scores(o.anna); got != "2026-10-26:121 2026-10-19:445 " {
		t.Errorf("Anna reads %q", got)
	}
	if n := o.number(`SELECT count(*) FROM members.audit WHERE for_id = $1`, o.anna.Person); n != 0 {
		t.Errorf("%d deeds about scores", n)
	}
}

func TestScoresAreTheMembersOwn(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	o.must(o.GiveScore(ctx, o.anna, coaching.NewScore{Feel: 2, Work: 5, Next: 4}))
	o.must(o.grant(members.ProgressScope))
	if got := o.scores(o.els); got != "" {
		t.Errorf("with the grant for progress Els reads %q", got)
	}
	o.must(o.grant(members.SelfScoresScope))
	if got := o.scores(o.els); got != "2026-11-23:254 " {
		t.Errorf("Els reads %q", got)
	}
	for name, by := range map[string]members.Actor{"the coach": o.els, "the office": o.noor} {
		for what, err := range map[string]error{
			"gave":        o.GiveScore(ctx, by, coaching.NewScore{Feel: 1, Work: 1, Next: 1}),
			"removed":     o.RemoveScore(ctx, by, "2026-11-23"),
			"removed all": o.RemoveScores(ctx, by),
		} {
			if !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s %s: %v", name, what, err)
			}
		}
		if list, err := o.Scores(ctx, by); err != nil || len(list) > 0 {
			t.Errorf("%s lists %v, %v", name, list, err)
		}
	}
	if err := o.RemoveScore(ctx, o.farMember, "2026-11-23"); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a far member removed it: %v", err)
	}
	o.must(o.RemoveScores(ctx, o.farMember))
	for _, week := range []members.Day{"2026-11-16", "2026-11-24", "x", "", "2026-13-01"} {
		if err := o.RemoveScore(ctx, o.anna, week); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("week %q gave %v", week, err)
		}
	}
	o.must(o.RemoveScore(ctx, o.anna, "2026-11-23"))
	if got := o.scores(o.anna); got != "" {
		t.Errorf("after removing Anna reads %q", got)
	}
	o.must(o.GiveScore(ctx, o.anna, coaching.NewScore{Feel: 2, Work: 5, Next: 4}))
	o.now = o.now.Add(7 * 24 * time.Hour)
	o.must(o.GiveScore(ctx, o.anna, coaching.NewScore{Feel: 2, Work: 5, Next: 4}))
	o.must(o.RemoveScores(ctx, o.anna))
	if got := o.scores(o.anna); got != "" {
		t.Errorf("after removing all Anna reads %q", got)
	}
}

func TestScoresAreChecked(t *testing.T) {
	o := newOffice(t)
	for field, n := range map[string]coaching.NewScore{"feel": {Feel: 0, Work: 3, Next: 3}, "work": {Feel: 1, Work: 6, Next: 5}, "next": {Feel: 1, Work: 5, Next: -1}} {
		var p check.Problems
		if err := o.GiveScore(t.Context(), o.anna, n); !errors.As(err, &p) || !p.At(field) || len(p) != 1 {
			t.Errorf("%+v gave %v", n, err)
		}
	}
}

// TestProgressOverTime: each count with its own grant.
func TestProgressOverTime(t *testing.T) {
	o := newOffice(t)
	o.note(coaching.HoursAgreed, o.now.Add(-time.Hour), newRef())
	o.note(coaching.HoursAgreed, o.now.AddDate(0, -1, 0), newRef())
	o.note(coaching.HoursAgreed, o.now.AddDate(-2, 0, 0), newRef())
	o.note(coaching.Shift, o.now.Add(-time.Hour), newRef()) // 90 minutes: it goes on
	o.note(coaching.Shift, o.now.Add(-90*time.Minute), newRef())
	o.note(coaching.Shift, o.now.Add(time.Hour), newRef())
	last := func(months []coaching.Month) int {
		if len(months) == 0 {
			return -1
		}
		return months[len(months)-1].N
	}
	p := o.progress(o.anna)
	if last(p.Hours) != 90 || p.Hours[10].N != 90 || p.Hours[0].First != "2025-12-01" || last(p.Gigs) != 1 || last(p.Skills) != 0 || p.Hint.Why != "paid_coach" {
		t.Errorf("Anna sees %+v", p)
	}
	p = o.progress(o.els)
	if last(p.Hours) != -1 || last(p.Gigs) != -1 || last(p.Skills) != -1 || p.Hint.Step != 0 || p.Sees(members.HoursScope) {
		t.Errorf("without a grant Els sees %+v", p)
	}
	o.must(o.grant(members.ProgressScope))
	if p = o.progress(o.els); p.Hint.Step != 0 {
		t.Errorf("the hint tells of hours that are not granted: %+v", p.Hint)
	}
	o.must(o.grant(members.HoursScope))
	if p = o.progress(o.els); last(p.Hours) != 90 || last(p.Gigs) != -1 || p.Hint.Step != 5 {
		t.Errorf("with hours Els sees %+v", p)
	}
	o.must(o.grant(members.AgendaScope, members.ProfileScope))
	if p = o.progress(o.els); last(p.Gigs) != 1 || last(p.Skills) != 0 {
		t.Errorf("with all Els sees %+v", p)
	}
}
