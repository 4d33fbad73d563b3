package jobs_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"meent/jobs"
	"meent/members"
)

// TestTemplates: each could be posted as it is, and reads easily.
func TestTemplates(t *testing.T) {
	templates, err := jobs.Templates()
	if err != nil || len(templates) < 10 {
		t.Fatalf("%d templates, %v", len(templates), err)
	}
	vocabulary, err := members.Skills()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, template := range templates {
		if seen[template.Code] || !slices.Contains(jobs.Loads(), template.Load) || len(template.Skills) > jobs.MostSkills {
			t.Errorf("%s stands twice, or has the load %q, or %d skills", template.Code, template.Load, len(template.Skills))
		}
		seen[template.Code] = true
		for _, code := range template.Skills {
			if !slices.ContainsFunc(vocabulary, func(s members.Skill) bool { return s.Code == code }) {
				t.Errorf("%s asks for %q", template.Code, code)
			}
		}
		for _, l := range []members.Locale{members.Dutch, members.English} {
			easy(t, template.Title(l), 80)
			easy(t, template.Description(l), 2000)
		}
	}
}

func easy(t *testing.T, text string, most int) {
	t.Helper()
	if text == "" || utf8.RuneCountInString(text) > most || strings.Contains(text, "!") {
		t.Errorf("%q is empty, too long or too loud", text)
	}
	for _, sentence := range regexp.MustCompile(`[.?:]\s`).Split(text, -1) {
		if len(strings.Fields(sentence)) > 15 {
			t.Errorf("a long sentence: %q", sentence)
		}
	}
}
