package coaching_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
	"meent/members/coaching"
)

// office is a pair with its coordinator, and another cooperative with four people.
type office struct {
	*pair
	noor                            members.Actor
	farMember, farCoach, farOffices members.Actor
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{pair: newPair(t)}
	o.noor = o.actor(o.c, "ria", members.RoleCoordinator)
	far := o.cooperative("Noorderhand")
	o.farMember, o.farCoach = o.actor(far, "fm", members.RoleMember), o.actor(far, "fc", members.RoleCoach)
	o.farOffices = o.actor(far, "fo", members.RoleCoordinator)
	o.must(o.assign(far, o.farMember, o.farCoach))
	return o
}

func (o *office) ask(by members.Actor, text string) coaching.QuestionID {
	o.t.Helper()
	question, err := o.Ask(o.t.Context(), by, coaching.NewQuestion{Text: text, Page: "/gigs"})
	o.must(err)
	return question
}

func (o *office) reads(by members.Actor) string {
	o.t.Helper()
	list, err := o.Questions(o.t.Context(), by)
	o.must(err)
	waiting, err := o.Waiting(o.t.Context(), by)
	o.must(err)
	if waiting.Count != len(list) || len(list) > 0 && !waiting.Oldest.Equal(list[0].Asked) {
		o.t.Errorf("%d wait since %v, listed %+v", waiting.Count, waiting.Oldest, list)
	}
	var texts []string
	for _, q := range list {
		texts = append(texts, q.Text)
	}
	return strings.Join(texts, " ")
}

func (o *office) silent(question coaching.QuestionID) {
	o.t.Helper()
	o.must(pgx.BeginFunc(o.t.Context(), o.db, func(tx pgx.Tx) error {
		return o.SilentTx(o.t.Context(), tx, coaching.QuestionSilent{Question: question, Cooperative: o.c})
	}))
}

func (o *office) told(question coaching.QuestionID) string {
	o.t.Helper()
	list, err := o.Answerers(o.t.Context(), o.c, question)
	o.must(err)
	var names []string
	for _, p := range list {
		names = append(names, p.Name)
	}
	return strings.Join(names, " ")
}

func (o *office) number(query string, args ...any) (n int) {
	o.t.Helper()
	o.must(o.db.QueryRow(o.t.Context(), query, args...).Scan(&n))
	return n
}

func TestQuestionGoesToTheOwnCoachAndBack(t *testing.T) {
	o := newOffice(t)
	question := o.ask(o.anna, "  Mag ik later komen? ")
	if got := o.reads(o.els); got != "Mag ik later komen?" {
		t.Errorf("Els reads %q", got)
	}
	for name, by := range map[string]members.Actor{"another coach": o.bob, "the coordinator": o.noor, "a far coach": o.farCoach, "a far coordinator": o.farOffices, "the member": o.anna} {
		if got := o.reads(by); got != "" {
			t.Errorf("%s reads %q", name, got)
		}
		if err := o.Answer(t.Context(), by, question, "Ja."); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s answered: %v", name, err)
		}
	}
	if _, err := o.Asker(t.Context(), o.c, question); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("somebody is told of no answer: %v", err)
	}
	o.must(o.Answer(t.Context(), o.els, question, "Ja, dat mag."))
	if err := o.Answer(t.Context(), o.els, question, "Nee."); !errors.Is(err, coaching.ErrAnswered) {
		t.Errorf("a second answer gave %v", err)
	}
	list, err := o.Asked(t.Context(), o.anna, 5)
	if err != nil || len(list) != 1 || list[0].Answer != "Ja, dat mag." || list[0].By != "els" || list[0].Open() || list[0].Page != "/gigs" {
		t.Errorf("Anna reads %+v, %v", list, err)
	}
	if who, err := o.Asker(t.Context(), o.c, question); err != nil || who.Name != "anna" {
		t.Errorf("told is %+v, %v", who, err)
	}
	if list, err := o.Asked(t.Context(), o.farMember, 5); err != nil || len(list) != 0 {
		t.Errorf("a far member reads %+v, %v", list, err)
	}
	if n := o.number(`SELECT count(*) FROM members.audit WHERE what IN ('question_asked', 'question_answered') AND for_id = $1`, o.anna.Person); n != 2 {
		t.Errorf("%d deeds", n)
	}
}

func TestQuestionWithoutCoachGoesToTheOffice(t *testing.T) {
	o := newOffice(t)
	jan := o.actor(o.c, "jan", members.RoleMember)
	question := o.ask(jan, "Wie helpt mij?")
	if got := o.reads(o.noor); got != "Wie helpt mij?" || o.reads(o.els) != "" {
		t.Errorf("the office reads %q, Els %q", got, o.reads(o.els))
	}
	if got := o.told(question); !strings.Contains(got, "ria") || strings.Contains(got, "els") {
		t.Errorf("told are %q", got)
	}
	o.must(o.Answer(t.Context(), o.noor, question, "Wij."))
}

func TestSilenceTellsTheOthersOnce(t *testing.T) {
	o := newOffice(t)
	question := o.ask(o.anna, "Hallo?")
	if got := o.told(question); got != "els" {
		t.Errorf("told first are %q", got)
	}
	o.silent(question) // too early
	if got := o.reads(o.noor); got != "" {
		t.Errorf("too early the office reads %q", got)
	}
	o.now = o.now.Add(24 * time.Hour)
	o.must(o.assign(o.c, o.anna, o.bob)) // somebody else follows her meanwhile
	o.silent(question)
	o.silent(question)
	if got := o.told(question); !strings.Contains(got, "ria") || !strings.Contains(got, "bob") || strings.Contains(got, "els") {
		t.Errorf("told of the silence are %q", got)
	}
	if n := o.number(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.question_passed_on'`); n != 1 {
		t.Errorf("told %d times", n)
	}
	if got := o.reads(o.noor) + o.reads(o.bob) + o.reads(o.els); got != "Hallo?Hallo?" {
		t.Errorf("read is %q", got)
	}
	o.must(o.Answer(t.Context(), o.noor, question, "Hier."))
	if got := o.reads(o.bob) + o.told(question); got != "" {
		t.Errorf("after the answer there is %q", got)
	}
}

func TestAnsweredInTimeTellsNobody(t *testing.T) {
	o := newOffice(t)
	question := o.ask(o.anna, "Hallo?")
	o.must(o.Answer(t.Context(), o.els, question, "Hier."))
	o.now = o.now.Add(48 * time.Hour)
	o.silent(question)
	if n := o.number(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.question_passed_on'`); n != 0 {
		t.Errorf("told %d times", n)
	}
}

func TestQuestionsAreLimited(t *testing.T) {
	o := newOffice(t)
	for name, text := range map[string]string{"nothing": " \n", "too long": strings.Repeat("a", coaching.MostQuestion+1), "unreadable": "a\x00b"} {
		var problems check.Problems
		if _, err := o.Ask(t.Context(), o.anna, coaching.NewQuestion{Text: text}); !errors.As(err, &problems) || !problems.At("text") {
			t.Errorf("%s gave %v", name, err)
		}
	}
	if _, err := o.Ask(t.Context(), o.els, coaching.NewQuestion{Text: "Hallo?"}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a coach asked: %v", err)
	}
	question := o.ask(o.anna, strings.Repeat("é", coaching.MostQuestion))
	for range 9 {
		o.ask(o.anna, "Hallo?")
	}
	if _, err := o.Ask(t.Context(), o.anna, coaching.NewQuestion{Text: "Hallo?"}); !errors.Is(err, coaching.ErrManyQuestions) {
		t.Errorf("the eleventh gave %v", err)
	}
	var problems check.Problems
	if err := o.Answer(t.Context(), o.els, question, strings.Repeat("a", coaching.MostAnswer+1)); !errors.As(err, &problems) {
		t.Errorf("a long answer gave %v", err)
	}
}

func TestOneAnswerCounts(t *testing.T) {
	o := newOffice(t)
	question := o.ask(o.anna, "Hallo?")
	results := make([]error, 8)
	var wait sync.WaitGroup
	for i := range results {
		wait.Go(func() { results[i] = o.Answer(t.Context(), o.els, question, "Hier.") })
	}
	wait.Wait()
	good := 0
	for _, err := range results {
		if err == nil {
			good++
		} else if !errors.Is(err, coaching.ErrAnswered) {
			t.Error(err)
		}
	}
	if good != 1 || o.number(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.question_answered'`) != 1 {
		t.Errorf("%d answers counted", good)
	}
}
