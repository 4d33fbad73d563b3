package matching_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/matching"
	"meent/members"
)

// TestDecidesWhoLooks: who looks and decides the same afterwards does not answer about
// themselves while a coordinator can, and does when nobody is left.
func TestDecidesWhoLooks(t *testing.T) {
	h := newHouse(t)
	ctx, noor := t.Context(), h.coordinator()
	anna, els, _ := h.coachFirst(members.OffersScope)
	h.seek(nil)
	held := h.waits(anna, els)
	review := h.whyNot(anna, held.Shift.ID, "", true)
	able := func(want bool) {
		t.Helper()
		if r, err := h.Review(ctx, anna, review); err != nil || r.Looker != els.Role || r.Able != want || r.Free(h.now) == want {
			t.Errorf("%s looks, able %v, %v", r.Looks, r.Able, err)
		}
	}
	able(true)
	answers := func(want bool) {
		t.Helper()
		if r, err := h.Review(ctx, els, review); err != nil || r.Answers != want {
			t.Errorf("els may answer: %v, %v; want %v", r.Answers, err, want)
		}
		if r, err := h.Review(ctx, anna, review); err != nil || r.Answers || r.Takes {
			t.Errorf("the member may answer: %+v, %v", r, err)
		}
	}
	answers(true)
	if err := h.TakeReview(ctx, noor, review); !errors.Is(err, matching.ErrDecided) {
		t.Errorf("taken from who can look: %v", err)
	}
	h.must(h.HoldBack(ctx, els, held.ID, "Dit is te vroeg voor je."))
	able(false)
	answers(false)
	if r, err := h.Review(ctx, noor, review); err != nil || r.Answers || !r.Takes {
		t.Errorf("noor may answer: %v, take: %v, %v", r.Answers, r.Takes, err)
	}
	if err := h.AnswerReview(ctx, els, review, matching.Stands, reasoned); !errors.Is(err, members.ErrOwnDecision) {
		t.Errorf("els answers about what els held back: %v", err)
	}
	h.exec(`UPDATE members.role SET ended_at = $1 WHERE kind = 'coordinator'`, h.now)
	answers(true)
	h.must(h.AnswerReview(ctx, els, review, matching.Stands, reasoned))
	answers(false)
	if r, err := h.Review(ctx, anna, review); err != nil || !r.Alone || r.Answer != reasoned {
		t.Errorf("it is not said that els decided: %+v, %v", r, err)
	}
}

// TestOnlyWhoLooksReads: the words and the rules of a member are for the one who looks,
// not for every coordinator; and nobody can tell by a count what is kept from them.
func TestOnlyWhoLooksReads(t *testing.T) {
	h := newHouse(t)
	ctx, noor := t.Context(), h.coordinator()
	anna, els := h.followed("anna", members.OffersScope)
	_, shift := h.quiet(720*time.Hour, 1)
	h.exec(`DELETE FROM members.member_skill WHERE member_id = $1`, anna.Member)
	h.must(h.people.Block(ctx, anna, h.client.Client, "Geschreeuw."))
	const words = "Ik was ziek."
	review := h.whyNot(anna, shift, words, true)
	for _, tt := range []struct {
		by    members.Actor
		rules []matching.Rule
		words string
	}{
		{anna, []matching.Rule{matching.SkillRule, matching.BlockRule}, words},
		{els, []matching.Rule{matching.SkillRule}, words},
		{noor, nil, ""},
	} {
		r, err := h.Review(ctx, tt.by, review)
		slices.Sort(r.Rules)
		slices.Sort(tt.rules)
		if err != nil || !slices.Equal(r.Rules, tt.rules) || r.Words != tt.words {
			t.Errorf("a %s reads %v and %q, %v; want %v and %q", tt.by.Kind, r.Rules, r.Words, err, tt.rules, tt.words)
		}
	}
	open, _, err := h.Reviews(ctx, noor)
	if err != nil || len(open) != 1 || len(open[0].Rules) != 0 {
		t.Errorf("noor lists %+v, %v", open, err)
	}
}

// TestCoachMayNotReadAnyMore: a coach whose key is gone lists and counts nothing of the
// member, and a coordinator need not wait until it is late.
func TestCoachMayNotReadAnyMore(t *testing.T) {
	for name, gone := range map[string]string{
		"revoked":  `UPDATE members.access_grant SET revoked_at = $1 WHERE grantee_id = $2`,
		"ran out":  `UPDATE members.access_grant SET granted_at = $1::timestamptz - interval '9 days', until = ($1::timestamptz - interval '1 day')::date WHERE grantee_id = $2`,
		"no coach": `DELETE FROM coaching.caseload WHERE coach_id = $2 AND $1::timestamptz IS NOT NULL`,
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			ctx, noor := t.Context(), h.coordinator()
			anna, els := h.followed("anna", members.OffersScope)
			_, shift := h.quiet(720*time.Hour, 1)
			review := h.whyNot(anna, shift, "", true)
			lists := func(want int) {
				t.Helper()
				open, _, err := h.Reviews(ctx, els)
				o, err2 := h.WaitingReviews(ctx, els)
				if err != nil || err2 != nil || len(open) != want || o.Count != want {
					t.Errorf("els lists %d and counts %+v, %v, %v; want %d", len(open), o, err, err2, want)
				}
			}
			lists(1)
			h.exec(gone, h.now, els.Role)
			lists(0)
			if err := h.AnswerReview(ctx, els, review, matching.Stands, reasoned); err == nil {
				t.Error("els answers")
			}
			h.must(h.TakeReview(ctx, noor, review))
			h.must(h.AnswerReview(ctx, noor, review, matching.Stands, reasoned))
		})
	}
}

// TestNewsWhenNobodyCanLook: what who looks would have heard, all coordinators hear
// when that one is restricted.
func TestNewsWhenNobodyCanLook(t *testing.T) {
	h := newHouse(t)
	ctx, noor := t.Context(), h.coordinator()
	anna, els := h.followed("anna", members.OffersScope)
	_, shift := h.quiet(720*time.Hour, 1)
	review := h.whyNot(anna, shift, "", true)
	hears := func(want ...members.PersonID) {
		t.Helper()
		_, who, err := h.ToldReview(ctx, matching.ReviewTold{Review: review, Cooperative: anna.Cooperative, News: matching.ReviewReminded})
		var got []members.PersonID
		for _, p := range who {
			got = append(got, p.ID)
		}
		for _, p := range want {
			if !slices.Contains(got, p) {
				t.Errorf("%v do not hear it: %v", p, err)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d hear it, want %d", len(got), len(want))
		}
	}
	hears(els.Person)
	h.restrict(els)
	hears(els.Person, noor.Person)
	h.must(h.TakeReview(ctx, noor, review))
	hears(noor.Person)
}

// TestClockMeetsTake: the clock that waits for who takes a review over tells the one
// who looks then, and goes on.
func TestClockMeetsTake(t *testing.T) {
	h := newHouse(t)
	ctx, noor, kim := t.Context(), h.coordinator(), h.colleague("kim")
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(720*time.Hour, 1)
	review := h.whyNot(anna, shift, "", false)
	h.run()
	r, err := h.Review(ctx, anna, review)
	h.must(err)
	taker := noor
	if r.Looker == noor.Role {
		taker = kim
	}
	h.exec(`UPDATE members.role SET ended_at = $1 WHERE id = $2`, h.now, r.Looker)
	tx, err := h.db.Begin(ctx)
	h.must(err)
	_, err = tx.Exec(ctx, `UPDATE matching.review SET looker_id = $2 WHERE id = $1`, review, taker.Role) // a take that has not ended
	h.must(err)
	h.now = h.now.Add(10*24*time.Hour + time.Minute)
	done := make(chan error)
	go func() {
		done <- pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) error {
			return h.ReviewClockTx(ctx, tx, matching.ReviewClock{Review: review, Cooperative: anna.Cooperative})
		})
	}()
	for waits := false; !waits; {
		h.must(h.db.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')`).Scan(&waits))
	}
	h.must(tx.Commit(ctx))
	h.must(<-done)
	var reminded *time.Time
	h.must(h.db.QueryRow(ctx, `SELECT reminded_at FROM matching.review WHERE id = $1`, review).Scan(&reminded))
	if reminded == nil {
		t.Error("the clock did nothing")
	}
	h.later(20 * 24 * time.Hour)
	if !slices.Contains(h.told, "review late") {
		t.Errorf("the clock did not go on: %v", h.told)
	}
}
