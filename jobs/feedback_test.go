package jobs_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
)

// agreedWork is an engagement of the member whose hours are agreed, an hour after its
// end.
func (h *house) agreedWork() jobs.EngagementID {
	h.t.Helper()
	e := h.engaged()
	h.now = h.now.Add(5 * time.Hour)
	if err := errors.Join(
		h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}),
		h.AgreeHours(h.ctx(), h.client, e),
	); err != nil {
		h.t.Fatal(err)
	}
	return e
}

// namesSkill lets the member name a skill at a level.
func (h *house) namesSkill(skill, level string) {
	h.t.Helper()
	h.sql(`INSERT INTO members.member_skill (cooperative_id, member_id, skill_code, level) VALUES ($1, $2, $3, $4)`,
		h.member.Cooperative, h.member.Member, skill, level)
}

func (h *house) sql(query string, args ...any) {
	h.t.Helper()
	if _, err := h.db.Exec(h.ctx(), query, args...); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) allRight(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) number(query string, args ...any) (n int) {
	h.t.Helper()
	h.allRight(h.db.QueryRow(h.ctx(), query, args...).Scan(&n))
	return n
}

// fixed does the task that lets what somebody said stand.
func (h *house) fixed(e jobs.EngagementID, by members.Actor) {
	h.t.Helper()
	p, err := h.FeedbackOn(h.ctx(), by, e)
	h.allRight(err)
	h.tx(func(tx pgx.Tx) error {
		return h.FeedbackFixedTx(h.ctx(), tx, jobs.FeedbackFixed{Feedback: p.Mine.ID, Cooperative: by.Cooperative})
	})
}

// TestFeedbackBothWays: each side says something once, changes it within a day,
// and answers the other.
func TestFeedbackBothWays(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	first := jobs.NewFeedback{Skills: map[string]jobs.SkillWord{"window-cleaning": jobs.Practise}, Sentence: "Het ging."}
	h.allRight(h.GiveFeedback(h.ctx(), h.client, e, first))
	h.allRight(h.GiveFeedback(h.ctx(), h.client, e, jobs.NewFeedback{Skills: map[string]jobs.SkillWord{"window-cleaning": jobs.WentWell}, Sentence: " Netjes gedaan. "}))
	h.allRight(h.GiveFeedback(h.ctx(), h.member, e, jobs.NewFeedback{Place: map[jobs.Aspect]jobs.PlaceWord{jobs.Welcome: jobs.WasGood, jobs.Pace: jobs.WasMixed}}))
	h.allRight(h.AnswerFeedback(h.ctx(), h.member, e, "Dank je wel."))
	p, err := h.FeedbackOn(h.ctx(), h.member, e)
	h.allRight(err)
	switch {
	case p.Mine == nil || p.Mine.Place[jobs.Welcome] != jobs.WasGood || p.Mine.Place[jobs.Pace] != jobs.WasMixed || len(p.Mine.Place) != 2:
		t.Errorf("the member said %+v", p.Mine)
	case p.Theirs == nil || p.Theirs.Sentence != "Netjes gedaan." || p.Theirs.Answer != "Dank je wel." || len(p.Theirs.Skills) != 1 || p.Theirs.Skills[0].Word != jobs.WentWell:
		t.Errorf("the client said %+v", p.Theirs)
	case len(p.Asked) != 1 || p.Asked[0].NL == "" || p.Theirs.By != "piet" || p.Theirs.Skills[0].NL == "":
		t.Errorf("asked are %+v, by %q", p.Asked, p.Theirs.By)
	}
	if err := h.GiveFeedback(h.ctx(), h.client, e, first); !errors.Is(err, jobs.ErrFeedbackFixed) {
		t.Errorf("once it is answered it is changed: %v", err)
	}
	if err := h.AnswerFeedback(h.ctx(), h.member, e, "Nog iets."); !errors.Is(err, jobs.ErrFeedbackFixed) {
		t.Errorf("a second answer: %v", err)
	}
	h.now = h.now.Add(24 * time.Hour)
	if err := h.GiveFeedback(h.ctx(), h.member, e, jobs.NewFeedback{Sentence: "Toch niet."}); !errors.Is(err, jobs.ErrFeedbackFixed) {
		t.Errorf("a day later it is changed: %v", err)
	}
	if told := h.number(`SELECT count(*) FROM tasks.task WHERE kind = 'jobs.feedback_told'`); told != 3 {
		t.Errorf("%d tasks tell of it, want one of each side and one of the answer", told)
	}
	if facts := h.number(`SELECT count(*) FROM coaching.fact WHERE kind = 'feedback' AND member_id = $1`, h.member.Member); facts != 1 {
		t.Errorf("%d facts", facts)
	}
}

// TestFeedbackIsForTheTwo: nobody else reads, says, answers or chooses.
func TestFeedbackIsForTheTwo(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.allRight(h.GiveFeedback(h.ctx(), h.client, e, jobs.NewFeedback{Sentence: "Netjes."}))
	for name, by := range map[string]members.Actor{"another client": h.rival, "the coach": h.coach, "the office": h.coordinator,
		"another cooperative": h.otherOffices, "nobody": {}} {
		_, look := h.FeedbackOn(h.ctx(), by, e)
		for what, err := range map[string]error{
			"looks": look, "says": h.GiveFeedback(h.ctx(), by, e, jobs.NewFeedback{Sentence: "x"}),
			"answers": h.AnswerFeedback(h.ctx(), by, e, "x"), "chooses": h.ChooseFeedback(h.ctx(), by, e, true),
		} {
			if !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s %s: %v", name, what, err)
			}
		}
	}
	helped := h.member
	helped.Helper = members.Helper{Role: h.coach.Role, Person: h.coach.Person}
	if err := h.GiveFeedback(h.ctx(), helped, e, jobs.NewFeedback{Sentence: "x"}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("who acts for the member says: %v", err)
	}
	if _, err := h.FeedbackAbout(h.ctx(), h.client, h.client.Client); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a client reads what all said: %v", err)
	}
}

func TestFeedbackThatCannotBe(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	for name, tt := range map[string]struct {
		by    members.Actor
		n     jobs.NewFeedback
		field string
	}{
		"nothing":              {h.client, jobs.NewFeedback{Sentence: " "}, "sentence"},
		"a long sentence":      {h.client, jobs.NewFeedback{Sentence: strings.Repeat("é", 301)}, "sentence"},
		"unreadable":           {h.member, jobs.NewFeedback{Sentence: "a\x00"}, "sentence"},
		"another skill":        {h.client, jobs.NewFeedback{Skills: map[string]jobs.SkillWord{"weeding": jobs.WentWell}}, "skills"},
		"no such word":         {h.client, jobs.NewFeedback{Skills: map[string]jobs.SkillWord{"window-cleaning": "five stars"}}, "skill-window-cleaning"},
		"a skill of a member":  {h.member, jobs.NewFeedback{Skills: map[string]jobs.SkillWord{"window-cleaning": jobs.WentWell}}, "skills"},
		"a place of a client":  {h.client, jobs.NewFeedback{Place: map[jobs.Aspect]jobs.PlaceWord{jobs.Safe: jobs.WasGood}}, "place"},
		"no such aspect":       {h.member, jobs.NewFeedback{Place: map[jobs.Aspect]jobs.PlaceWord{"coffee": jobs.WasGood}}, "place"},
		"no such word of them": {h.member, jobs.NewFeedback{Place: map[jobs.Aspect]jobs.PlaceWord{jobs.Safe: "1"}}, "place-safe"},
	} {
		var problems check.Problems
		if err := h.GiveFeedback(h.ctx(), tt.by, e, tt.n); !errors.As(err, &problems) || !problems.At(tt.field) {
			t.Errorf("%s: %v, want a problem at %s", name, err, tt.field)
		}
	}
	h.allRight(h.GiveFeedback(h.ctx(), h.client, e, jobs.NewFeedback{Sentence: strings.Repeat("é", 300)}))
	for name, answer := range map[string]string{"no answer": " ", "a long one": strings.Repeat("a", 301), "unreadable": "\xff"} {
		var problems check.Problems
		if err := h.AnswerFeedback(h.ctx(), h.member, e, answer); !errors.As(err, &problems) || !problems.At("answer") {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.allRight(h.AnswerFeedback(h.ctx(), h.member, e, strings.Repeat("é", 300)))
}

// TestNoFeedbackOnWhatWasNotWorked: before the hours are agreed, and on the part
// pay of work that was called off.
func TestNoFeedbackOnWhatWasNotWorked(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	if err := h.GiveFeedback(h.ctx(), h.client, e, jobs.NewFeedback{Sentence: "x"}); !errors.Is(err, jobs.ErrNoFeedback) {
		t.Errorf("before the work: %v", err)
	}
	h.now = h.now.Add(5 * time.Hour)
	h.allRight(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}))
	h.allRight(h.AgreeHours(h.ctx(), h.client, e))
	h.sql(`ALTER TABLE jobs.timesheet DISABLE TRIGGER USER`)
	h.sql(`UPDATE jobs.timesheet SET part_pay = true`)
	if err := h.GiveFeedback(h.ctx(), h.member, e, jobs.NewFeedback{Sentence: "x"}); !errors.Is(err, jobs.ErrNoFeedback) {
		t.Errorf("on part pay: %v", err)
	}
	h.sql(`UPDATE jobs.timesheet SET part_pay = false`)
	h.now = h.now.AddDate(0, 0, 31)
	if err := h.GiveFeedback(h.ctx(), h.member, e, jobs.NewFeedback{Sentence: "x"}); !errors.Is(err, jobs.ErrFeedbackClosed) {
		t.Errorf("a month later: %v", err)
	}
}

// TestPraiseConfirmsSkills: when the day is over, of skills that the member names,
// and not above what they say themselves.
func TestPraiseConfirmsSkills(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.namesSkill("window-cleaning", "can")
	praise := jobs.NewFeedback{Skills: map[string]jobs.SkillWord{"window-cleaning": jobs.WentWell}}
	h.allRight(h.GiveFeedback(h.ctx(), h.client, e, praise))
	seen := func() int {
		return h.number(`SELECT count(*) FROM members.skill_evidence WHERE member_id = $1 AND by_role_id = $2 AND level = 'can'`, h.member.Member, h.client.Role)
	}
	h.fixed(e, h.client)
	if n := seen(); n != 0 {
		t.Errorf("confirmed within the day: %d", n)
	}
	h.now = h.now.Add(24 * time.Hour)
	h.fixed(e, h.client)
	h.fixed(e, h.client)
	if n := seen(); n != 1 {
		t.Errorf("%d are confirmed, want 1", n)
	}
	if facts := h.number(`SELECT count(*) FROM coaching.fact WHERE kind = 'skill_confirmed' AND member_id = $1`, h.member.Member); facts != 1 {
		t.Errorf("%d facts, want 1", facts)
	}
	if deeds := h.number(`SELECT count(*) FROM members.audit WHERE what = 'skill_confirmed' AND by_id = $1`, h.client.Person); deeds != 1 {
		t.Errorf("%d deeds, want 1", deeds)
	}
}

// TestPraiseOfWhatNobodyNames tells the client nothing, and changes nothing.
func TestPraiseOfWhatNobodyNames(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.allRight(h.GiveFeedback(h.ctx(), h.client, e, jobs.NewFeedback{Skills: map[string]jobs.SkillWord{"window-cleaning": jobs.WentWell}}))
	h.now = h.now.Add(24 * time.Hour)
	h.fixed(e, h.client)
	if n := h.number(`SELECT count(*) FROM members.skill_evidence`); n != 0 {
		t.Errorf("%d are confirmed", n)
	}
}

// TestChosenFeedback: the member chooses which sentences stand with what they did;
// a sentence that is changed is another.
func TestChosenFeedback(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	if err := h.ChooseFeedback(h.ctx(), h.member, e, true); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("what is not there: %v", err)
	}
	h.allRight(h.GiveFeedback(h.ctx(), h.client, e, jobs.NewFeedback{Sentence: "Netjes."}))
	h.allRight(h.ChooseFeedback(h.ctx(), h.member, e, true))
	chosen := func() bool {
		on, err := h.FeedbackOn(h.ctx(), h.member, e)
		h.allRight(err)
		if on.Theirs == nil || on.Theirs.Sentence == "" {
			t.Fatalf("the client said %+v", on.Theirs)
		}
		return on.Theirs.Chosen
	}
	if !chosen() {
		t.Error("it is not chosen")
	}
	h.allRight(h.GiveFeedback(h.ctx(), h.client, e, jobs.NewFeedback{Sentence: "Te traag."}))
	if chosen() {
		t.Error("another sentence is chosen")
	}
	h.allRight(h.ChooseFeedback(h.ctx(), h.member, e, true))
	h.allRight(h.ChooseFeedback(h.ctx(), h.member, e, false))
	if chosen() {
		t.Error("it is still chosen")
	}
}

// TestOfficeReadsAboutAClient what members said, and nothing of another's.
func TestOfficeReadsAboutAClient(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.allRight(h.GiveFeedback(h.ctx(), h.member, e, jobs.NewFeedback{Place: map[jobs.Aspect]jobs.PlaceWord{jobs.Safe: jobs.WasNot}, Sentence: "De ladder wiebelt."}))
	h.allRight(h.GiveFeedback(h.ctx(), h.client, e, jobs.NewFeedback{Sentence: "Netjes."}))
	list, err := h.FeedbackAbout(h.ctx(), h.coordinator, h.client.Client)
	if err != nil || len(list) != 1 || list[0].Sentence != "De ladder wiebelt." || list[0].Place[jobs.Safe] != jobs.WasNot {
		t.Errorf("the office reads %+v, %v", list, err)
	}
	for name, list := range map[string]func() ([]jobs.Feedback, error){
		"another client's":    func() ([]jobs.Feedback, error) { return h.FeedbackAbout(h.ctx(), h.coordinator, h.rival.Client) },
		"another cooperative": func() ([]jobs.Feedback, error) { return h.FeedbackAbout(h.ctx(), h.otherOffices, h.client.Client) },
	} {
		if found, err := list(); err != nil || len(found) != 0 {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
}

// TestFeedbackReachesTheOther: who hears of it, and of the answer.
func TestFeedbackReachesTheOther(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.allRight(h.GiveFeedback(h.ctx(), h.client, e, jobs.NewFeedback{Sentence: "Netjes."}))
	p, err := h.FeedbackOn(h.ctx(), h.client, e)
	h.allRight(err)
	for answer, name := range map[bool]string{false: "anna", true: "piet"} {
		told := jobs.FeedbackTold{Feedback: p.Mine.ID, Cooperative: h.client.Cooperative, Answer: answer}
		work, _, people, err := h.ToldFeedback(h.ctx(), told)
		if err != nil || work != e || len(people) != 1 || people[0].Name != name {
			t.Errorf("an answer is %v: %v hear, %v", answer, people, err)
		}
		told.Cooperative = h.otherOffices.Cooperative
		if _, _, _, err := h.ToldFeedback(h.ctx(), told); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("another cooperative: %v", err)
		}
	}
}
