package main

import (
	"testing"
)

// TestStory: every gig is posted, seen and counted, and what is there twice is
// found.
func TestStory(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds and starts the program")
	}
	p, err := startProgram(t.Context(), "MEENT_DEMO=people")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.close(); err != nil {
			t.Error(err)
		}
	})
	people, err := settle(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newStreet(t.Context(), people, 0, 20)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(s.visible) != 20 || len(s.posted) != 20 || s.left.doubled != 0 || s.left.tasks < 20*4 {
		t.Errorf("%d gigs were seen and %d posted, of 20; %+v", len(s.visible), len(s.posted), s.left)
	}
	const twice = `
		INSERT INTO mail.message (id, key, recipient, subject, text, html, sent_at)
		SELECT gen_random_uuid(), 'twice', recipient, subject, text, html, sent_at FROM mail.message LIMIT 1`
	if _, err := p.db.Exec(t.Context(), twice); err != nil {
		t.Fatal(err)
	}
	if err := s.count(t.Context()); err != nil || s.left.doubled != 1 {
		t.Errorf("a mail is there twice, and %d doubled effects are counted, %v", s.left.doubled, err)
	}
	for _, f := range judge(storyFigures([]*street{s}), storyGoals()) {
		if f.What == doubled && f.Verdict != failed {
			t.Errorf("a doubled effect is %s", f.Verdict)
		}
	}
}
