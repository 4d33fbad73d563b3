package coaching_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"meent/members"
	"meent/members/coaching"
)

func asked(list []coaching.AskedOf, err error) string {
	if err != nil {
		return err.Error()
	}
	var words []string
	for _, one := range list {
		words = append(words, strings.TrimSpace(string(one.Kind)+" "+one.By))
	}
	return strings.Join(words, ", ")
}

// TestWhatWaitsForTheMember: each from when it is asked until it is answered.
func TestWhatWaitsForTheMember(t *testing.T) {
	s := newShop(t)
	ctx, m := t.Context(), s.anna.Member
	bea := s.actor(s.c, "bea", members.RoleMember)
	s.must(s.assign(s.c, bea, s.els))
	s.must(s.grant(members.ProgressScope, members.ProfileScope))
	now := func(want string) {
		t.Helper()
		if got := asked(s.AsksMember(ctx, s.anna)); got != want {
			t.Errorf("%q waits, want %q", got, want)
		}
	}
	now("")
	rail, err := s.ProposeRail(ctx, s.els, m, coaching.NewRail{Kind: coaching.NightRail, Review: "2027-05-24"})
	s.must(err)
	_, err = s.ProposeRail(ctx, s.els, m, coaching.NewRail{Kind: coaching.AloneRail, Review: "2027-05-24"})
	s.must(err)
	rung, err := s.ProposeRung(ctx, s.els, m, 3)
	s.must(err)
	s.must(s.ProposeBuddy(ctx, s.els, m, bea.Member))
	s.must(s.AskToShow(ctx, s.els, m, to(s.linde)))
	_, err = s.ProposeHandOver(ctx, s.noor, m, coaching.NewHandOver{To: s.bob.Role, Reason: coaching.EndReasons()[0], Day: "2026-12-01"})
	s.must(err)
	if got := asked(s.AsksMember(ctx, bea)); got != "buddy_of els" {
		t.Errorf("of Bea is asked %q", got)
	}
	now("rail els, rung els, handover ria, release els") // the buddy first
	offered, err := s.Buddies(ctx, bea)
	s.must(err)
	s.must(s.AnswerBuddy(ctx, bea, offered[0].ID, true))
	now("rail els, rung els, handover ria, release els, buddy els")
	s.must(s.AnswerRail(ctx, s.anna, rail, true))
	s.must(s.SettleRung(ctx, s.anna, m, rung, coaching.RungSet))
	s.must(s.StopShowing(ctx, s.anna, s.newest().ID))
	buddy, err := s.OwnBuddy(ctx, s.anna)
	s.must(err)
	s.must(s.AnswerBuddy(ctx, s.anna, buddy.ID, true))
	now("rail els, handover ria") // of two one is left
	helped := s.anna
	helped.Helper = members.Helper{Person: s.els.Person, Role: s.els.Role}
	for name, by := range map[string]members.Actor{"the coach": s.els, "who acts for them": helped, "somebody elsewhere": s.far} {
		if got := asked(s.AsksMember(ctx, by)); got != "" {
			t.Errorf("%s reads %q", name, got)
		}
	}
}

// TestScoreOfTheWeekIsAsked of who gave one before, or lets somebody read them.
func TestScoreOfTheWeekIsAsked(t *testing.T) {
	s := newSigning(t)
	now := func(want string) {
		t.Helper()
		if got := asked(s.AsksMember(t.Context(), s.anna)); got != want {
			t.Errorf("%q waits, want %q", got, want)
		}
	}
	now("")
	s.let(s.els.Role, members.SelfScoresScope)
	now("score")
	s.must(s.people.RevokeAll(t.Context(), s.anna, s.els.Role))
	now("")
	s.exec(`INSERT INTO coaching.self_score (cooperative_id, member_id, week, given_at, feel, work, next) VALUES ($1, $2, '2026-11-23', $3, 3, 3, 3)`, s.c, s.anna.Member, s.now)
	now("")
	s.now = s.now.Add(7 * 24 * time.Hour)
	now("score")
}

// TestStatementAsksTheMemberToSign when the coach has signed, and not before.
func TestStatementAsksTheMemberToSign(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	if got := asked(s.AsksMember(t.Context(), s.anna)); got != "" {
		t.Errorf("a draft asks %q", got)
	}
	s.must(s.sign(s.els, statement))
	if got := asked(s.AsksMember(t.Context(), s.anna)); got != "statement els" {
		t.Errorf("signed by the coach, %q waits", got)
	}
	s.must(s.sign(s.anna, statement))
	if got := asked(s.AsksMember(t.Context(), s.anna)); got != "" {
		t.Errorf("signed by both, %q waits", got)
	}
}

// TestWhatWaitsForTheCoach: where their key opens it.
func TestWhatWaitsForTheCoach(t *testing.T) {
	s := newShop(t)
	ctx, m := t.Context(), s.anna.Member
	_, err := s.ProposeRail(ctx, s.anna, m, coaching.NewRail{Kind: coaching.NightRail, Review: "2027-05-24"})
	s.must(err)
	_, err = s.ProposeRung(ctx, s.anna, m, 3)
	s.must(err)
	s.must(s.ShowTo(ctx, s.anna, to(s.linde)))
	alone := to(s.beuk)
	alone.Alone = true
	s.must(s.ShowTo(ctx, s.anna, alone))
	for _, step := range []struct {
		scopes []members.Scope
		want   string
	}{
		{nil, ""},
		{[]members.Scope{members.ProgressScope}, "rail anna, rung anna"},
		{[]members.Scope{members.ProfileScope}, "rail anna, rung anna, release anna"},
	} {
		if step.scopes != nil {
			s.must(s.grant(step.scopes...))
		}
		if got := asked(s.AsksCoach(ctx, s.els, m)); got != step.want {
			t.Errorf("with %v: %q waits, want %q", step.scopes, got, step.want)
		}
	}
	for name, by := range map[string]members.Actor{"another coach": s.bob, "a coach elsewhere": s.farCoach, "the member": s.anna, "the office": s.noor} {
		if _, err := s.AsksCoach(ctx, by, m); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	list, _, err := s.ShownTo(ctx, s.anna)
	s.must(err)
	for _, r := range list {
		if r.State == coaching.ReleaseAsked {
			s.must(s.AgreeAsCoach(ctx, s.els, m, r.ID))
		}
	}
	rails, err := s.Rails(ctx, s.els, m)
	s.must(err)
	s.must(s.AnswerRail(ctx, s.els, rails[0].ID, false))
	if got := asked(s.AsksCoach(ctx, s.els, m)); got != "rung anna" {
		t.Errorf("after two answers %q waits", got)
	}
}
