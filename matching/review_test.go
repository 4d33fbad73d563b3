package matching_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/jobs"
	"meent/matching"
	"meent/members"
)

const reasoned = "Het werk is te ver weg. Ik heb het met de kaart nagerekend."

// whyNot asks a person about a shift.
func (h *house) whyNot(who members.Actor, shift jobs.ShiftID, words string, shows bool) matching.ReviewID {
	h.t.Helper()
	review, err := h.AskReview(h.t.Context(), who, matching.NewReview{Shift: shift, Words: words, Shows: shows})
	h.must(err)
	return review
}

// TestReview: a member asks why, a coordinator answers in time, and both hear of it.
func TestReview(t *testing.T) {
	h := newHouse(t)
	ctx, cas, noor := t.Context(), h.member("cas", "cooking-groups"), h.coordinator()
	_, shift := h.quiet(720*time.Hour, 1)
	const words = "Ik kan dit wel. Waarom niet ik?"
	review := h.whyNot(cas, shift, words, false)
	if again := h.whyNot(cas, shift, "", true); again != review {
		t.Error("asking again makes another")
	}
	h.run()
	if !slices.Equal(h.told, []string{"review asked"}) {
		t.Errorf("told were %v", h.told)
	}
	r, err := h.Review(ctx, noor, review)
	if err != nil || r.Words != words || r.Looks != noor.Name || len(r.Rules) != 0 || r.Late(h.now) || r.Alone {
		t.Fatalf("who looks reads %+v, %v", r, err)
	}
	if own, err := h.Review(ctx, cas, review); err != nil || !slices.Contains(own.Rules, matching.SkillRule) || own.Due.Sub(h.now) != 14*24*time.Hour {
		t.Errorf("the member reads %+v, %v", own, err)
	}
	for _, by := range []members.Actor{h.client, h.member("dirk", "weeding"), h.coach("els")} {
		if _, err := h.Review(ctx, by, review); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %s reads it: %v", by.Kind, err)
		}
		if err := h.AnswerReview(ctx, by, review, matching.Stands, reasoned); err == nil {
			t.Errorf("a %s answers it", by.Kind)
		}
	}
	if o, err := h.OpenReviews(ctx); err != nil || o != (members.OpenReviews{Count: 1, Oldest: h.now}) {
		t.Errorf("open are %+v, %v", o, err)
	}
	var problems check.Problems
	if err := h.AnswerReview(ctx, noor, review, matching.Stands, "Nee."); !errors.As(err, &problems) || !problems.At("answer") {
		t.Errorf("without reasons: %v", err)
	}
	h.must(h.AnswerReview(ctx, noor, review, matching.Stands, reasoned))
	h.run()
	own, err := h.Review(ctx, cas, review)
	if err != nil || own.Open() || own.Answer != reasoned || own.Outcome != matching.Stands || h.told[len(h.told)-1] != "review answered" {
		t.Errorf("the member reads %+v, %v, told %v", own, err, h.told)
	}
	if err := h.AnswerReview(ctx, noor, review, matching.Stands, reasoned); !errors.Is(err, matching.ErrDecided) {
		t.Errorf("twice: %v", err)
	}
	h.later(20 * 24 * time.Hour)
	if slices.Contains(h.told, "review late") {
		t.Errorf("answered, and late: %v", h.told)
	}
}

// TestReviewClock: who looks is reminded, all hear when it is late, and nothing is decided.
func TestReviewClock(t *testing.T) {
	h := newHouse(t)
	cas := h.member("cas", "cooking-groups")
	_, shift := h.quiet(720*time.Hour, 1)
	review := h.whyNot(cas, shift, "", false)
	h.run()
	for _, step := range []struct {
		days int
		told []string
	}{{9, []string{"review asked"}}, {2, []string{"review asked", "review reminded"}}, {2, []string{"review asked", "review reminded"}},
		{2, []string{"review asked", "review reminded", "review late"}}, {9, []string{"review asked", "review reminded", "review late"}}} {
		h.later(time.Duration(step.days) * 24 * time.Hour)
		if !slices.Equal(h.told, step.told) {
			t.Errorf("at %s told were %v, want %v", h.now, h.told, step.told)
		}
	}
	r, err := h.Review(t.Context(), cas, review)
	if err != nil || !r.Open() || !r.Late(h.now) {
		t.Errorf("after the time it is %+v, %v", r, err)
	}
	if o, err := h.OpenReviews(t.Context()); err != nil || o.Late != 1 || !o.Oldest.Equal(h.now.Add(-24*24*time.Hour)) {
		t.Errorf("open are %+v, %v", o, err)
	}
	h.must(h.AnswerReview(t.Context(), h.coordinator(), review, matching.Stands, reasoned)) // late is better than never
}

// TestReviewCorrects: a correction is something real, or is not said.
func TestReviewCorrects(t *testing.T) {
	h := newHouse(t)
	ctx, noor := t.Context(), h.coordinator()
	anna, cas := h.member("anna", "weeding"), h.member("cas", "cooking-groups")
	_, shift := h.quiet(720*time.Hour, 1)
	mine, his := h.whyNot(anna, shift, "", false), h.whyNot(cas, shift, "", true)
	if r, err := h.Review(ctx, noor, his); err != nil || !slices.Equal(r.Rules, []matching.Rule{matching.SkillRule}) {
		t.Errorf("what he lets read is %+v, %v", r, err)
	}
	if err := h.AnswerReview(ctx, noor, his, matching.Offered, reasoned); !errors.Is(err, matching.ErrCannotCome) {
		t.Errorf("offered against a rule: %v", err)
	}
	var problems check.Problems
	if err := h.AnswerReview(ctx, noor, his, matching.Mended, reasoned); !errors.As(err, &problems) || !problems.At("outcome") {
		t.Errorf("mended, and nothing changed: %v", err)
	}
	h.exec(`INSERT INTO members.member_skill (cooperative_id, member_id, skill_code, level) VALUES ($1, $2, 'weeding', 'can')`, cas.Cooperative, cas.Member)
	h.must(h.AnswerReview(ctx, noor, his, matching.Mended, reasoned))
	h.must(h.AnswerReview(ctx, noor, mine, matching.Offered, reasoned))
	list := h.offers(anna)
	if len(list) != 1 || list[0].State != matching.Sent || !list[0].Explanation.Chosen {
		t.Fatalf("anna has %+v", list)
	}
	if r, err := h.Review(ctx, anna, mine); err != nil || r.Offer != list[0].ID || r.Outcome != matching.Offered {
		t.Errorf("the review is %+v, %v", r, err)
	}
	if err := h.AnswerReview(ctx, noor, mine, matching.Offered, reasoned); !errors.Is(err, matching.ErrDecided) {
		t.Errorf("twice: %v", err)
	}
}

// TestWhoLooksIsNotWhoDecided: the coach who reads offers looks, but not at what they held back.
func TestWhoLooksIsNotWhoDecided(t *testing.T) {
	h := newHouse(t)
	ctx, noor := t.Context(), h.coordinator()
	anna, els, _ := h.coachFirst(members.OffersScope)
	h.seek(nil)
	held := h.waits(anna, els)
	h.must(h.HoldBack(ctx, els, held.ID, "Dit is te vroeg voor je."))
	r, err := h.Review(ctx, anna, h.whyNot(anna, held.Shift.ID, "", false))
	if err != nil || r.Looker != noor.Role || r.Offer != held.ID {
		t.Errorf("at what els held back %s looks, %v", r.Looks, err)
	}
	_, shift := h.quiet(720*time.Hour, 1)
	other := h.whyNot(anna, shift, "", false)
	if r, err = h.Review(ctx, els, other); err != nil || r.Looker != els.Role {
		t.Fatalf("at another %s looks, %v", r.Looks, err)
	}
	if err := h.TakeReview(ctx, noor, other); !errors.Is(err, matching.ErrDecided) {
		t.Errorf("taken in time: %v", err)
	}
	h.exec(`UPDATE members.access_grant SET revoked_at = $1 WHERE grantee_id = $2`, h.now, els.Role)
	if _, err := h.Review(ctx, els, other); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without the key: %v", err)
	}
	h.later(15 * 24 * time.Hour)
	h.must(h.TakeReview(ctx, noor, other))
	h.must(h.AnswerReview(ctx, noor, other, matching.Stands, reasoned))
}

// colleague is another coordinator.
func (h *house) colleague(name string) (who members.Actor) {
	h.t.Helper()
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
		if who.Person, err = h.people.EnsurePersonTx(h.t.Context(), tx, newPerson(name)); err != nil {
			return err
		}
		_, err = h.people.AddRoleTx(h.t.Context(), tx, members.NewRole{Person: who.Person, Cooperative: h.client.Cooperative, Kind: members.RoleCoordinator})
		return err
	}))
	who, err := h.people.Actor(h.t.Context(), who.Person, members.RoleID{})
	h.must(err)
	return who
}

// TestTakenOverFromTheCoach: who decided takes a late review over when no other
// coordinator can look, and only then; that they decided is said, until another takes it.
func TestTakenOverFromTheCoach(t *testing.T) {
	h := newHouse(t)
	ctx, noor := t.Context(), h.coordinator()
	anna, els := h.followed("anna", members.OffersScope)
	_, shift := h.quiet(720*time.Hour, 1)
	h.must(h.OfferTo(ctx, noor, shift, anna.Member, "Zij wil graag bij deze klant beginnen."))
	review := h.whyNot(anna, shift, "", false)
	alone := func(who members.Actor, want bool) {
		t.Helper()
		if r, err := h.Review(ctx, anna, review); err != nil || r.Looker != who.Role || r.Alone != want {
			t.Errorf("%s looks, alone %v, %v", r.Looks, r.Alone, err)
		}
	}
	alone(els, false)
	kim := h.colleague("kim")
	takes := func(who members.Actor, want bool) {
		t.Helper()
		if r, err := h.Review(ctx, who, review); err != nil || r.Takes != want {
			t.Errorf("%s may take it: %v, %v", who.Role, r.Takes, err)
		}
	}
	takes(kim, false) // it is not late
	h.later(15 * 24 * time.Hour)
	takes(noor, false)
	takes(kim, true)
	takes(els, false)
	takes(anna, false)
	if err := h.TakeReview(ctx, noor, review); !errors.Is(err, members.ErrOwnDecision) {
		t.Errorf("who decided, with a colleague there: %v", err)
	}
	h.exec(`UPDATE members.role SET ended_at = $1 WHERE id = $2`, h.now, kim.Role)
	takes(noor, true)
	h.must(h.TakeReview(ctx, noor, review))
	alone(noor, true)
	takes(noor, false)
	h.exec(`UPDATE members.role SET ended_at = NULL WHERE id = $1`, kim.Role)
	h.must(h.TakeReview(ctx, kim, review))
	alone(kim, false)
	if err := h.TakeReview(ctx, noor, review); !errors.Is(err, members.ErrOwnDecision) {
		t.Errorf("who decided takes it back: %v", err)
	}
}

// TestNobodyLooks: a cooperative whose only coordinator left has nobody to ask.
func TestNobodyLooks(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(720*time.Hour, 1)
	h.exec(`UPDATE members.role SET ended_at = $1 WHERE kind = 'coordinator'`, h.now)
	if _, err := h.AskReview(t.Context(), anna, matching.NewReview{Shift: shift}); !errors.Is(err, matching.ErrNobodyLooks) {
		t.Errorf("nobody is there: %v", err)
	}
	if open, _, err := h.Reviews(t.Context(), anna); err != nil || len(open) != 0 {
		t.Errorf("and %d wait, %v", len(open), err)
	}
}

// TestListOfReviews: who looks reads in the list, too, only the rules that they may, and
// counts what the list has; late is at the moment itself.
func TestListOfReviews(t *testing.T) {
	h := newHouse(t)
	ctx, noor := t.Context(), h.coordinator()
	cas := h.member("cas", "cooking-groups")
	_, shift := h.quiet(720*time.Hour, 1)
	review := h.whyNot(cas, shift, "", false)
	counts := func(by members.Actor, open, late int) {
		t.Helper()
		if o, err := h.WaitingReviews(ctx, by); err != nil || o.Count != open || o.Late != late {
			t.Errorf("for a %s wait %+v, %v", by.Kind, o, err)
		}
	}
	lists := func(answered bool) {
		t.Helper()
		for _, tt := range []struct {
			by    members.Actor
			rules int
		}{{noor, 0}, {cas, 1}} {
			open, done, err := h.Reviews(ctx, tt.by)
			list := open
			if answered {
				list = done
			}
			if err != nil || len(open)+len(done) != 1 || len(list) != 1 || len(list[0].Rules) != tt.rules {
				t.Errorf("a %s lists %+v, %+v, %v", tt.by.Kind, open, done, err)
			}
		}
	}
	lists(false)
	counts(noor, 1, 0)
	counts(cas, 1, 0)
	counts(h.coach("els"), 0, 0)
	if _, err := h.WaitingReviews(ctx, h.client); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a client counts them: %v", err)
	}
	h.now = h.now.Add(14 * 24 * time.Hour)
	counts(noor, 1, 1)
	if o, err := h.OpenReviews(ctx); err != nil || o.Late != 1 {
		t.Errorf("due at this moment: %+v, %v", o, err)
	}
	h.must(h.AnswerReview(ctx, noor, review, matching.Stands, reasoned))
	lists(true)
	counts(noor, 0, 0)
}
