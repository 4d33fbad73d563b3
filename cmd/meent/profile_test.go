package main

import (
	"errors"
	"testing"

	"github.com/chromedp/chromedp"

	"meent/members"
	"meent/members/coaching"
)

// tellProfile lets the first member tell part of their profile, and the first of
// the first coach's all of it; the coach has seen a skill.
func (h *testHouse) tellProfile(t *testing.T) {
	t.Helper()
	people := members.New(h.db, nil, h.now, nil, h.keyring)
	coaches := coaching.New(h.db, nil, people, h.now, nil)
	coach := h.as(t, people, h.someone(t, members.RoleCoach))
	list := caseloadByName(t, coaches, coach)
	var week members.Week
	week.Add(0, members.Span{From: 36, Until: 68})
	week.Add(0, members.Span{From: 76, Until: 84})
	week.Add(4, members.Span{From: 88, Until: 8})
	first := h.as(t, people, h.someone(t, members.RoleMember))
	h.tell(t, people, first, week, members.Skilled{"mopping", "weeding", "window-cleaning"}, members.OwnName{Name: first.Name}, members.Hours{Wanted: 12, Most: 16})
	today := members.DayOf(h.now())
	err := errors.Join(people.Skip(t.Context(), first, members.TravelQuestion), people.WeekOff(t.Context(), first, today.Add(7-today.Weekday()), true),
		people.ExtraTime(t.Context(), first, today.Add(3), members.Span{From: 40, Until: 60}))
	if err != nil {
		t.Fatal(err)
	}
	theirs := members.Actor{Cooperative: coach.Cooperative, Member: list[0].Member, Person: h.personOf(t, list[0].Member)}
	h.tell(t, people, theirs, week, members.Skilled{"mopping", "weeding"}, members.Levels{"mopping": members.CanWell},
		members.Goals{Skills: []string{"forklift"}, Text: "Ik wil leren lassen."}, members.Abilities{"quiet-place": members.Must, "one-task": members.Prefer},
		members.Load{Physical: 4, Sensory: 2, Mental: 3}, members.StartSupport, members.Room{Cents: 45000},
		members.ContactWays{Channel: members.ByMail, Phone: "06 12 34 56 78", MostOffers: 2}, members.Note{Text: "Bel mij liever niet."})
	if err := coaches.ConfirmSkill(t.Context(), coach, list[0].Member, "mopping"); err != nil {
		t.Fatal(err)
	}
}

func (h *testHouse) tell(t *testing.T, people *members.Service, by members.Actor, answers ...members.Answer) {
	t.Helper()
	for _, a := range answers {
		if err := people.Answer(t.Context(), by, a); err != nil {
			t.Fatal(err)
		}
	}
}

func (h *testHouse) personOf(t *testing.T, m members.MemberID) (person members.PersonID) {
	t.Helper()
	const query = `SELECT r.person_id FROM members.member m JOIN members.role r ON r.id = m.role_id WHERE m.id = $1`
	if err := h.db.QueryRow(t.Context(), query, m).Scan(&person); err != nil {
		t.Fatal(err)
	}
	return person
}

// lookAtQuestions looks at each question of the profile on a small phone, a
// phone and a desktop.
func (v *visitor) lookAtQuestions() {
	v.t.Helper()
	for _, q := range members.Questions() {
		v.run(chromedp.Navigate(v.house.config.URL + "/profile/" + string(q)))
		v.lookAround("question "+string(q), looks())
	}
}
