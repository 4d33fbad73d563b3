package coaching_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// refusals are what was tried in vain, of the member's access log.
func (p *pair) refusals() string {
	p.t.Helper()
	list, _, err := p.people.Reads(p.t.Context(), p.anna, time.Time{})
	p.must(err)
	var scopes []string
	for _, line := range list {
		if line.Refused {
			scopes = append(scopes, string(line.Scope))
		}
	}
	return strings.Join(scopes, " ")
}

// TestRefusalsStandInTheLog: whatever a coach tries without a key, the member
// reads it.
func TestRefusalsStandInTheLog(t *testing.T) {
	s := newSigning(t)
	ctx, m := t.Context(), s.anna.Member
	s.let(s.els.Role, members.ProgressScope)
	draft := s.begin(autumn())
	s.must(s.people.RevokeAll(ctx, s.anna, s.els.Role))
	rail, err := s.ProposeRail(ctx, s.anna, m, coaching.NewRail{Kind: coaching.NightRail, Review: "2027-05-24"})
	s.must(err)
	rung, err := s.ProposeRung(ctx, s.anna, m, 3)
	s.must(err)
	for _, try := range []struct {
		name string
		want members.Scope
		do   func() error
	}{
		{"profile", members.ProfileScope, func() error { _, _, err := s.Profile(ctx, s.els, m); return err }},
		{"confirming a skill", members.ProfileScope, func() error { return s.ConfirmSkill(ctx, s.els, m, "koken") }},
		{"a goal", members.ProgressScope, func() error {
			_, err := s.MakeGoal(ctx, s.els, m, coaching.NewGoal{Text: "Nieuw"})
			return err
		}},
		{"judging", members.ProgressScope, func() error { return s.JudgeGoal(ctx, s.els, m, s.goal, coaching.GoalOpen) }},
		{"a rung", members.ProgressScope, func() error { _, err := s.ProposeRung(ctx, s.els, m, 3); return err }},
		{"setting a rung", members.ProgressScope, func() error { return s.SettleRung(ctx, s.els, m, rung, coaching.RungSet) }},
		{"rails", members.ProgressScope, func() error { _, err := s.Rails(ctx, s.els, m); return err }},
		{"a rail", members.ProgressScope, func() error {
			_, err := s.ProposeRail(ctx, s.els, m, coaching.NewRail{Kind: coaching.AloneRail, Review: "2027-05-24"})
			return err
		}},
		{"answering a rail", members.ProgressScope, func() error { return s.AnswerRail(ctx, s.els, rail, true) }},
		{"ending a rail", members.ProgressScope, func() error { return s.EndRail(ctx, s.els, rail) }},
		{"a contact", members.SharedNotesScope, func() error { return s.log(s.els) }},
		{"contacts", members.SharedNotesScope, func() error { _, err := s.Contacts(ctx, s.els, m, coaching.ContactID{}); return err }},
		{"goals of a contact", members.SharedNotesScope, func() error { _, err := s.ContactGoals(ctx, s.els, m); return err }},
		{"a summary", members.ProgressScope, func() error { return s.Summarize(ctx, s.els, m, draft, "x") }},
		{"asking a client", members.HoursScope, func() error { return s.AskSatisfaction(ctx, s.els, m, draft, s.client) }},
		{"signing", members.ProgressScope, func() error { return s.SignStatement(ctx, s.els, m, draft, "") }},
		{"a release", members.ProfileScope, func() error {
			return s.AskToShow(ctx, s.els, m, coaching.NewRelease{Client: s.client, Until: "2027-05-24"})
		}},
		{"releases", members.ProfileScope, func() error { _, _, err := s.ReleasesOf(ctx, s.els, m); return err }},
		{"a key of a release", members.ProfileScope, func() error { return s.AgreeAsCoach(ctx, s.els, m, id.New[coaching.Release](nil)) }},
		{"acting", members.ActForMeScope, func() error { _, err := s.Act(ctx, s.els, m); return err }},
		{"a card", members.ActForMeScope, func() error { _, err := s.PrintCard(ctx, s.els, m); return err }},
	} {
		before := s.refusals()
		s.now = s.now.Add(time.Hour) // a line is of an hour
		if err := try.do(); !errors.Is(err, members.ErrNotGranted) {
			t.Errorf("%s gave %v", try.name, err)
		}
		if got, want := s.refusals(), strings.TrimSpace(string(try.want)+" "+before); got != want {
			t.Errorf("%s: the member reads %q, want %q", try.name, got, want)
		}
	}
}

// TestRefusedStatement: one that was frozen shows nothing to who may not read all
// of it, and the member reads that somebody tried.
func TestRefusedStatement(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	s.must(s.sign(s.anna, statement))
	s.must(s.people.RevokeAll(t.Context(), s.anna, s.els.Role))
	s.let(s.els.Role, members.ProgressScope)
	if _, err := s.StatementOf(t.Context(), s.els, s.anna.Member, statement); !errors.Is(err, members.ErrNotGranted) || s.refusals() == "" {
		t.Errorf("gave %v, the member reads %q", err, s.refusals())
	}
}

// TestAskingWhatIsOpenIsNoTry: pages made of parts show what is shared, and what
// is not is no try.
func TestAskingWhatIsOpenIsNoTry(t *testing.T) {
	s := newSigning(t)
	s.let(s.els.Role, members.ProgressScope)
	draft := s.begin(autumn())
	_, timeline := s.Timeline(t.Context(), s.els, s.anna.Member, coaching.FactID{})
	_, progress := s.Progress(t.Context(), s.els, s.anna.Member)
	_, caseload := s.Caseload(t.Context(), s.els)
	_, statement := s.StatementOf(t.Context(), s.els, s.anna.Member, draft)
	s.must(errors.Join(timeline, progress, caseload, statement))
	s.let(s.els.Role, members.SharedNotesScope)
	_, err := s.ContactGoals(t.Context(), s.els, s.anna.Member)
	s.must(err)
	if got := s.refusals(); got != "" {
		t.Errorf("the member reads that somebody tried %q", got)
	}
}
