package jobs_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

func skill(code string, need jobs.Need, level members.SkillLevel) jobs.AskedSkill {
	return jobs.AskedSkill{Skill: members.Skill{Code: code}, Need: need, Level: level}
}

// TestEnough: a required skill is had at its level or higher; a useful one counts
// for who is learning, unless more than can is asked.
func TestEnough(t *testing.T) {
	for i, asked := range members.SkillLevels() {
		for k, have := range members.SkillLevels() {
			if got := skill("a", jobs.Required, asked).Enough(have); got != (k >= i) {
				t.Errorf("required at %s, had at %s: %v", asked, have, got)
			}
			if got := skill("a", jobs.Useful, asked).Enough(have); got != (k >= i || i <= 1) {
				t.Errorf("useful at %s, had at %s: %v", asked, have, got)
			}
		}
	}
}

func TestGigKeepsWhatItAsks(t *testing.T) {
	h := newHouse(t)
	gig := h.gig()
	gig.Skills = []string{"mopping", "weeding"}
	gig.Needs = jobs.Asks{
		Skills:    []jobs.AskedSkill{skill("forklift", jobs.Required, members.CanWell), skill("weeding", jobs.Useful, members.Learning)},
		Abilities: []string{"one-task", "quiet-place"}, Loads: members.Load{Physical: 2, Sensory: 3, Mental: 1}, Dutch: "little",
		Certificate: true, Step: coaching.AccompaniedStep,
	}
	got, err := h.Gig(t.Context(), h.member, h.post(h.client, gig))
	if err != nil {
		t.Fatal(err)
	}
	var skills []string
	for _, s := range got.Needs.Skills {
		skills = append(skills, s.Code+" "+string(s.Need)+" "+string(s.Level))
	}
	if diff := cmp.Diff([]string{"forklift required well", "mopping useful can", "weeding useful learning"}, sorted(skills)); diff != "" {
		t.Errorf("the skills: %s", diff)
	}
	got.Needs.Skills, gig.Needs.Skills = nil, nil
	if diff := cmp.Diff(gig.Needs.Step, got.Needs.Step); diff != "" || got.Needs.Loads != gig.Needs.Loads || !got.Needs.Certificate || got.Needs.Dutch != "little" {
		t.Errorf("it asks %+v", got.Needs)
	}
	if diff := cmp.Diff([]string{"one-task", "quiet-place"}, sorted(got.Needs.Abilities)); diff != "" {
		t.Errorf("the work is like: %s", diff)
	}
	if len(got.Skills) != 3 || got.Needs.Of(jobs.Required) != nil {
		t.Errorf("%d skills", len(got.Skills))
	}
}

// TestGigAsksAsBefore: who says no more than before asks no more than before.
func TestGigAsksAsBefore(t *testing.T) {
	h := newHouse(t)
	gig := h.gig()
	gig.Skills = []string{"mopping", "mopping"}
	got, err := h.Gig(t.Context(), h.member, h.post(h.client, gig))
	if err != nil || len(got.Needs.Skills) != 1 {
		t.Fatalf("%+v, %v", got.Needs, err)
	}
	if s := got.Needs.Skills[0]; s.Need != jobs.Useful || s.Level != members.Can || got.Needs.Step != coaching.SoloStep || got.Needs.Certificate || got.Form != members.MemberEntrepreneur {
		t.Errorf("it asks %+v as %s", got.Needs, got.Form)
	}
}

func TestAsksAreRefused(t *testing.T) {
	h := newHouse(t)
	many := []jobs.AskedSkill{skill("mopping", jobs.Required, ""), skill("weeding", jobs.Required, ""), skill("forklift", jobs.Required, ""), skill("vacuuming", jobs.Required, "")}
	for _, tt := range []struct {
		name, field, rule string
		asks              jobs.Asks
	}{
		{"no such need", "need-mopping", "not_a_choice", jobs.Asks{Skills: []jobs.AskedSkill{skill("mopping", "wanted", "")}}},
		{"no such level", "level-mopping", "not_a_choice", jobs.Asks{Skills: []jobs.AskedSkill{skill("mopping", "", "best")}}},
		{"no such skill", "skills", "not_a_choice", jobs.Asks{Skills: []jobs.AskedSkill{skill("magic", jobs.Required, "")}}},
		{"a NUL", "skills", "unreadable", jobs.Asks{Skills: []jobs.AskedSkill{skill("mop\x00ping", jobs.Required, "")}}},
		{"four required", "skills", "too_many_required", jobs.Asks{Skills: many}},
		{"half a load", "sensory", "out_of_range", jobs.Asks{Loads: members.Load{Physical: 3}}},
		{"a load of six", "mental", "out_of_range", jobs.Asks{Loads: members.Load{Physical: 1, Sensory: 1, Mental: 6}}},
		{"another language level", "dutch", "not_a_choice", jobs.Asks{Dutch: "native"}},
		{"no such step", "ladder", "not_a_choice", jobs.Asks{Step: "director"}},
		{"an ability that is none", "abilities", "not_a_choice", jobs.Asks{Abilities: []string{"autism"}}},
	} {
		gig := h.gig()
		gig.Needs = tt.asks
		_, err := h.Post(t.Context(), h.client, gig)
		var problems check.Problems
		if !errors.As(err, &problems) || problems[0].Field != tt.field {
			t.Errorf("%s: %v, want %s at %s", tt.name, err, tt.rule, tt.field)
		} else if problems[0].Rule != tt.rule {
			t.Errorf("%s: rule %s, want %s", tt.name, problems[0].Rule, tt.rule)
		}
	}
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
